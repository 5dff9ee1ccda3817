import type { JsonObject } from '../../src/protocol/messages.ts';

const SERVICE = { auth_type: 'Service', access_token: 'EAABsecret-of-the-service' };
const CLIENT = { auth_type: 'Client', client_id: '119211728144504', client_secret: 'secret-of-the-app' };
const CREDENTIALS = { credentials: SERVICE };
const REPORTS = [
  { name: 'a', action_report_time: 'impression', level: 'ad' },
  { name: 'b', fields: ['spend'] },
];

export interface OldConfig {
  readonly title: string;
  readonly config: JsonObject;
  /** Whether a platform has a new config to keep. */
  readonly isRenewed: boolean;
}

/** Configs in every form that Airbyte's connector has had, alone and together, and such that only look like one. */
export const OLD_CONFIGS: readonly OldConfig[] = [
  { title: 'one account', config: { account_id: '1', ...CREDENTIALS }, isRenewed: true },
  { title: 'one account beside a list', config: { account_id: '1', account_ids: ['2'], ...CREDENTIALS }, isRenewed: false },
  { title: 'include_deleted', config: { account_ids: ['1'], include_deleted: true, ...CREDENTIALS }, isRenewed: true },
  { title: 'include_deleted off', config: { account_ids: ['1'], include_deleted: false, ...CREDENTIALS }, isRenewed: false },
  {
    title: 'include_deleted with empty statuses',
    config: { account_ids: ['1'], include_deleted: true, ad_statuses: [], campaign_statuses: ['ACTIVE'], ...CREDENTIALS },
    isRenewed: true,
  },
  {
    title: 'include_deleted with statuses',
    config: { account_ids: ['1'], include_deleted: true, ad_statuses: ['ACTIVE'], ...CREDENTIALS },
    isRenewed: false,
  },
  { title: 'a token outside the credentials', config: { account_ids: ['1'], access_token: 'EAABold-token' }, isRenewed: true },
  {
    title: 'a token and an app outside the credentials',
    config: { account_ids: ['1'], access_token: 'EAABold-token', client_id: '5', client_secret: 'secret-of-the-app' },
    isRenewed: true,
  },
  {
    title: 'a token outside credentials that have none',
    config: { account_ids: ['1'], access_token: 'EAABold-token', credentials: CLIENT },
    isRenewed: true,
  },
  {
    title: 'an app outside the credentials',
    config: { account_ids: ['1'], client_id: '5', client_secret: 'secret-of-the-app', ...CREDENTIALS },
    isRenewed: true,
  },
  {
    title: 'a password that a browser has filled in',
    config: { account_ids: ['1'], access_token: 'autofilled-password', ...CREDENTIALS },
    isRenewed: false,
  },
  {
    title: 'a password of a browser, and an app outside the credentials',
    config: { account_ids: ['1'], access_token: 'autofilled-password', client_id: '5', client_secret: 'secret', ...CREDENTIALS },
    isRenewed: true,
  },
  { title: 'action_report_time', config: { account_ids: ['1'], custom_insights: REPORTS, ...CREDENTIALS }, isRenewed: true },
  { title: 'no action breakdowns', config: { account_ids: ['1'], ...CREDENTIALS }, isRenewed: false },
  {
    title: 'an empty list of action breakdowns',
    config: { account_id: '1', default_ads_insights_action_breakdowns: [], ...CREDENTIALS },
    isRenewed: true,
  },
  {
    title: 'everything old at once, with keys of nobody',
    config: {
      account_id: '1',
      include_deleted: true,
      access_token: 'EAABold-token',
      client_id: '5',
      client_secret: 'secret-of-the-app',
      custom_insights: REPORTS,
      start_date: '2026-01-01T00:00:00Z',
      max_batch_size: 50,
    },
    isRenewed: true,
  },
];
