import { describe, expect, test } from 'vitest';
import { validateSourceConfig } from '../../src/generated/validate-source-config.js';
import type { JsonObject } from '../../src/protocol/messages.ts';

const SERVICE = { auth_type: 'Service', access_token: 'token' };
const MINIMAL = { account_ids: ['1'], credentials: SERVICE };

describe('the validator of the source', () => {
  test.each<[string, JsonObject]>([
    ['the least there can be', {}],
    ['a login through an app', { credentials: { auth_type: 'Client', client_id: '1', client_secret: 's', access_token: 't' } }],
    ['a login that is not complete yet', { credentials: { auth_type: 'Client', client_id: '1', client_secret: 's' } }],
    ['a job timeout below the ten minutes that a report gets', { insights_job_timeout: 5 }],
    ['an empty end date', { end_date: '' }],
    ['both dates', { start_date: '2024-01-01T00:00:00Z', end_date: '2024-02-01T00:00:00Z' }],
    ['no action breakdowns', { default_ads_insights_action_breakdowns: [], action_breakdowns_allow_empty: false }],
    [
      'what was left from older configs',
      { account_id: '1', include_deleted: true, access_token: 't', client_id: '1', client_secret: 's' },
    ],
    ['keys it does not know', { __injected_declarative_manifest: {}, note: 'mine' }],
    ['a report by name only', { custom_insights: [{ name: 'x' }] }],
    [
      'a report with everything the existing connector knows',
      {
        custom_insights: [
          {
            name: 'x',
            level: 'campaign',
            fields: ['spend', 'video_6_sec_watched_actions'],
            breakdowns: ['zip', 'user_segment_key'],
            action_breakdowns: ['is_business_ai_assisted'],
            action_report_time: 'impression',
            time_increment: 89,
            time_increment_period: 'weekly',
            start_date: '2024-01-01T00:00:00Z',
            end_date: '2024-02-01T00:00:00Z',
            insights_lookback_window: 28,
            insights_job_timeout: 1,
            include_incrementality: true,
            include_engaged_view: true,
          },
        ],
      },
    ],
    [
      'a report with what is new',
      {
        custom_insights: [
          {
            name: 'x',
            time_increment_period: 'all_days',
            action_attribution_windows: ['7d_click', 'skan_view'],
            use_account_attribution_setting: true,
            filtering: [{ field: 'ad.impressions', operator: 'GREATER_THAN', value: '0' }],
          },
        ],
      },
    ],
    ['an app secret and a hint for concurrency', { app_secret: 's', concurrency: 50 }],
  ])('accepts %s', (_, config) => {
    validateSourceConfig({ ...MINIMAL, ...config });
    expect(validateSourceConfig.errors).toBeNull();
  });

  test.each<[string, JsonObject, string, string]>([
    ['no account', { account_ids: [] }, '/account_ids', 'minItems'],
    ['an account twice', { account_ids: ['1', '1'] }, '/account_ids', 'uniqueItems'],
    ['an account with its prefix', { account_ids: ['act_1'] }, '/account_ids/0', 'pattern'],
    ['credentials without a token', { credentials: { auth_type: 'Service' } }, '/credentials', 'required'],
    ['a login without its app', { credentials: { auth_type: 'Client', client_id: '1' } }, '/credentials', 'required'],
    ['an unknown way to authenticate', { credentials: { auth_type: 'Magic' } }, '/credentials', 'discriminator'],
    ['a start date without a time', { start_date: '2024-01-01' }, '/start_date', 'pattern'],
    ['an unknown status', { campaign_statuses: ['GONE'] }, '/campaign_statuses/0', 'enum'],
    ['an empty page', { page_size: 0 }, '/page_size', 'minimum'],
    ['a lookback window beyond what Meta restates', { insights_lookback_window: 29 }, '/insights_lookback_window', 'maximum'],
    [
      'a withdrawn breakdown',
      { custom_insights: [{ name: 'x', breakdowns: ['dma'] }] },
      '/custom_insights/0/breakdowns/0',
      'enum',
    ],
    ['a report without a name', { custom_insights: [{}] }, '/custom_insights/0', 'required'],
    ['rows of 90 days', { custom_insights: [{ name: 'x', time_increment: 90 }] }, '/custom_insights/0/time_increment', 'maximum'],
  ])('refuses %s, and names place and rule', (_, config, instancePath, keyword) => {
    expect(validateSourceConfig({ ...MINIMAL, ...config })).toBe(false);
    expect(validateSourceConfig.errors).toEqual([expect.objectContaining({ instancePath, keyword })]);
  });

  test('names every problem at once', () => {
    validateSourceConfig({ page_size: 0 });
    expect(validateSourceConfig.errors?.map(({ keyword }) => keyword).sort()).toEqual(['minimum', 'required', 'required']);
  });

  test('repeats no secret in its problems', () => {
    validateSourceConfig({
      ...MINIMAL,
      app_secret: { value: 'hidden-one' },
      credentials: { auth_type: 'Service', access_token: ['hidden-two'] },
    });
    expect(validateSourceConfig.errors).toHaveLength(2);
    expect(JSON.stringify(validateSourceConfig.errors)).not.toContain('hidden');
  });
});
