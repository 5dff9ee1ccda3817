import { describe, expect, it } from 'vitest';
import { AD_SET_STATUSES, AD_STATUSES, CAMPAIGN_STATUSES } from '../../src/generated/vocabulary.ts';
import { migrateConfig, renewConfig } from '../../src/source/migrate-config.ts';

const CREDENTIALS = { auth_type: 'Service', access_token: 'SECRET' };
const CONFIG = { account_ids: ['1'], credentials: CREDENTIALS };
const DEFAULT_ACTION_BREAKDOWNS = {
  default_ads_insights_action_breakdowns: ['action_type', 'action_target_id', 'action_destination'],
};

describe('renewConfig', () => {
  it.each([
    ["today's", CONFIG],
    ['one that lacks a default', { ...CONFIG, page_size: 50 }],
    ['one that left deleted objects out', { ...CONFIG, include_deleted: false }],
    ['one with statuses of its own', { ...CONFIG, include_deleted: true, ad_statuses: ['ACTIVE'] }],
    ['one that a browser has put a password into', { ...CONFIG, access_token: 'AUTOFILLED' }],
    ['one with half an app outside the credentials', { ...CONFIG, client_id: 'app' }],
    ['one with both forms of accounts', { ...CONFIG, account_id: '2' }],
    ['one with nulls for what is absent', { ...CONFIG, account_id: null, custom_insights: null, end_date: null }],
  ])('leaves a config as it is: %s', (_, config) => {
    expect(renewConfig(config)).toBeUndefined();
    expect(migrateConfig(config)).toBe(config);
  });

  it('gives the whole config, what it does not know included, with the default that later versions write down', () => {
    expect(renewConfig({ account_id: '5', credentials: CREDENTIALS, page_size: 7, own: { of: 'others' } })).toEqual({
      account_id: '5',
      account_ids: ['5'],
      credentials: CREDENTIALS,
      page_size: 7,
      own: { of: 'others' },
      ...DEFAULT_ACTION_BREAKDOWNS,
    });
  });

  it('keeps action breakdowns that are chosen, none included', () => {
    const config = { account_id: '5', credentials: CREDENTIALS, default_ads_insights_action_breakdowns: [] };
    expect(renewConfig(config)).toEqual({ ...config, account_ids: ['5'] });
  });

  it('names every status in place of include_deleted', () => {
    expect(renewConfig({ ...CONFIG, include_deleted: true, ad_statuses: [] })).toEqual({
      ...CONFIG,
      include_deleted: true,
      ad_statuses: AD_STATUSES,
      adset_statuses: AD_SET_STATUSES,
      campaign_statuses: CAMPAIGN_STATUSES,
      ...DEFAULT_ACTION_BREAKDOWNS,
    });
  });

  it.each([
    ['a token', { access_token: 'T' }, { auth_type: 'Service', access_token: 'T' }],
    [
      'a token and an app',
      { access_token: 'T', client_id: 'I', client_secret: 'S' },
      { auth_type: 'Client', access_token: 'T', client_id: 'I', client_secret: 'S' },
    ],
    [
      'an app, beside a token in its place',
      { credentials: CREDENTIALS, client_id: 'I', client_secret: 'S' },
      { auth_type: 'Client', access_token: 'SECRET', client_id: 'I', client_secret: 'S' },
    ],
    [
      'an id, whose secret is in its place',
      { credentials: { auth_type: 'Client', access_token: 'T', client_id: 'OLD', client_secret: 'S' }, client_id: 'I' },
      { auth_type: 'Client', access_token: 'T', client_id: 'I', client_secret: 'S' },
    ],
    [
      'a token for credentials without one',
      { credentials: { auth_type: 'Client', client_id: 'I', client_secret: 'S' }, access_token: 'T' },
      { auth_type: 'Client', access_token: 'T', client_id: 'I', client_secret: 'S' },
    ],
  ])('moves %s into the credentials', (_, secrets, credentials) => {
    expect(renewConfig({ account_ids: ['1'], ...secrets })).toEqual({
      account_ids: ['1'],
      credentials,
      ...DEFAULT_ACTION_BREAKDOWNS,
    });
  });

  it('drops action_report_time from custom reports', () => {
    const custom_insights = [{ name: 'a', action_report_time: 'impression', level: 'ad' }, { name: 'b' }];
    expect(renewConfig({ ...CONFIG, custom_insights })).toMatchObject({
      custom_insights: [{ name: 'a', level: 'ad' }, { name: 'b' }],
    });
  });

  it.each([
    { account_id: '5', access_token: 'T', include_deleted: true, custom_insights: [{ name: 'a', action_report_time: 'mixed' }] },
    { account_ids: ['1'], credentials: CREDENTIALS, client_id: 'I', client_secret: 'S', access_token: 'AUTOFILLED' },
  ])('has nothing more to do to what it gave', (config) => {
    const renewed = renewConfig(config);
    expect(renewed).toBeDefined();
    expect(renewConfig(renewed ?? {})).toBeUndefined();
  });
});
