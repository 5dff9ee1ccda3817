import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AD_STATUSES, BREAKDOWNS, INSIGHTS_LEVELS } from '../../../src/generated/vocabulary.ts';
import { ConnectorError } from '../../../src/protocol/connector-error.ts';
import { propertiesOf } from '../../../src/streams/cast-row.ts';
import { nameCustomStream } from '../../../src/streams/insights/custom-stream-name.ts';
import { listInsightsDefinitions } from '../../../src/streams/insights/list-insights-definitions.ts';
import { customReport, settingsFor } from './insights-fixtures.ts';

function faultOf(...items: object[]): string {
  try {
    listInsightsDefinitions(settingsFor({ custom_insights: items }));
  } catch (error) {
    if (error instanceof ConnectorError && error.failureType === 'config_error') return error.message;
    throw error;
  }
  return 'accepted';
}

describe('nameCustomStream', () => {
  it.each([
    ['my_report', 'custommy_report'],
    ['MyReport', 'custom_my_report'],
    ['SpendByDMA', 'custom_spend_by_dma'],
    ['SKANReport2Week', 'custom_skan_report2_week'],
    ['My Report', 'custom_my _report'],
    ['', 'custom'],
  ])('calls %j %s', (name, stream) => {
    expect(nameCustomStream(name)).toBe(stream);
  });
});

describe('a custom report', () => {
  it('has its defaults', () => {
    const report = customReport({});
    expect(report).toMatchObject({
      name: 'custom_one',
      primaryKey: ['date_start', 'account_id', 'ad_id'],
      lookbackDays: 28,
      jobTimeoutMs: 3_600_000,
      order: 'oldest_first',
      query: {
        level: 'ad',
        breakdowns: [],
        actionBreakdowns: ['action_type', 'action_target_id', 'action_destination'],
        actionAttributionWindows: ['1d_click', '7d_click', '28d_click', '1d_view'],
        useAccountAttributionSetting: false,
        increment: { unit: 'day', count: 1 },
        filtering: [{ field: 'ad.effective_status', operator: 'IN', value: AD_STATUSES }],
      },
    });
    expect(report.fields).toEqual(expect.arrayContaining(['spend', 'results', 'actions']));
    expect(report).not.toHaveProperty('startMs');
  });

  it('has its own fields, dates and keys as columns, and asks for the fields', () => {
    const report = customReport({
      level: 'campaign',
      fields: ['spend', 'campaign_id', 'date_stop', 'wish_bid'],
    });
    expect(report.fields).toEqual(['spend']);
    expect(Object.keys(propertiesOf(report.schema)).sort()).toEqual(
      ['account_id', 'campaign_id', 'date_start', 'date_stop', 'spend', 'wish_bid'].sort(),
    );
  });

  it('has keys of its level and breakdowns, all of them columns', () => {
    fc.assert(
      fc.property(fc.constantFrom(...INSIGHTS_LEVELS), fc.subarray([...BREAKDOWNS], { maxLength: 4 }), (level, breakdowns) => {
        const { primaryKey, schema, query } = customReport({ level, breakdowns, fields: ['spend'] });
        const own = level === 'account' ? [] : [`${level}_id`];
        const keys = breakdowns.map((name) => (/_asset$/.test(name) && name !== 'ad_format_asset' ? `${name}_id` : name));
        expect(primaryKey).toEqual(['date_start', 'account_id', ...own, ...keys]);
        const columns = propertiesOf(schema);
        expect(primaryKey.map((column) => columns[column]?.['type'])).toEqual(primaryKey.map(() => ['null', 'string']));
        expect(query.keyFields).toEqual(['account_id', ...own]);
      }),
    );
  });

  it.each([
    [{ time_increment: 7 }, { unit: 'day', count: 7 }],
    [{ time_increment_period: 'daily' }, { unit: 'day', count: 1 }],
    [{ time_increment_period: 'weekly', time_increment: 1 }, { unit: 'week' }],
    [{ time_increment_period: 'monthly' }, { unit: 'month' }],
    [{ time_increment_period: 'all_days' }, { unit: 'all_days' }],
  ])('gathers days by %j', (item, increment) => {
    expect(customReport(item).query.increment).toEqual(increment);
  });

  it('takes what is null for absent', () => {
    const report = customReport({ time_increment_period: null, start_date: null, action_breakdowns: null, time_increment: 3 });
    expect(report.query.increment).toEqual({ unit: 'day', count: 3 });
  });

  it.each([
    [{}, {}, 3],
    [{ action_breakdowns: [] }, {}, 3],
    [{}, { action_breakdowns_allow_empty: true }, 0],
    [{ action_breakdowns: [] }, { action_breakdowns_allow_empty: true }, 0],
    [{ action_breakdowns: [] }, { action_breakdowns_allow_empty: false }, 3],
    [{ action_breakdowns: ['action_device'] }, {}, 1],
  ])('with %j under %j has action breakdowns: %i', (item, config, count) => {
    expect(customReport(item, config).query.actionBreakdowns).toHaveLength(count);
  });

  it.each([
    [{ include_engaged_view: true }, ['1d_click', '7d_click', '28d_click', '1d_view', '1d_ev']],
    [{ action_attribution_windows: ['dda', '1d_ev'], include_engaged_view: true }, ['dda', '1d_ev']],
    [
      { action_attribution_windows: [], include_incrementality: true },
      ['1d_click', '7d_click', '28d_click', '1d_view', 'incrementality'],
    ],
    [{ use_account_attribution_setting: true }, []],
    [{ use_account_attribution_setting: true, action_attribution_windows: ['7d_click'] }, ['7d_click']],
  ])('with %j asks for the windows %j', (item, windows) => {
    expect(customReport(item).query.actionAttributionWindows).toEqual(windows);
  });

  it('has its own dates, lookback and timeout', () => {
    const own = { start_date: '2026-01-02T00:00:00Z', end_date: '2026-02-03T00:00:00Z', insights_lookback_window: 7 };
    expect(customReport({ ...own, insights_job_timeout: 9 })).toMatchObject({
      startMs: Date.UTC(2026, 0, 2),
      endMs: Date.UTC(2026, 1, 3),
      lookbackDays: 7,
      jobTimeoutMs: 600_000,
    });
    expect(customReport({ end_date: '' })).not.toHaveProperty('endMs');
  });

  it('asks for ads of every status beside its own conditions, unless these choose statuses', () => {
    const filtering = [
      { field: 'ad.impressions', operator: 'greater_than', value: '0' },
      { field: 'campaign.name', operator: 'CONTAIN', value: '2026' },
      { field: 'campaign.id', operator: 'IN', value: '["1", 23843211234567890]' },
    ];
    expect(customReport({ filtering }).query.filtering).toEqual([
      { field: 'ad.impressions', operator: 'GREATER_THAN', value: 0 },
      { field: 'campaign.name', operator: 'CONTAIN', value: '2026' },
      { field: 'campaign.id', operator: 'IN', value: ['1', '23843211234567890'] },
      { field: 'ad.effective_status', operator: 'IN', value: AD_STATUSES },
    ]);
    const chosen = { field: 'ad.effective_status', operator: 'IN', value: '["ACTIVE"]' };
    expect(customReport({ filtering: [chosen] }).query.filtering).toEqual([{ ...chosen, value: ['ACTIVE'] }]);
  });

  it.each([
    [
      'two increments',
      [{ name: 'One', time_increment: 2, time_increment_period: 'weekly' }],
      'custom_one has a Time Increment of 2',
    ],
    [
      'days beside a period of days',
      [{ name: 'One', time_increment: 2, time_increment_period: 'daily' }],
      'leave one of them out',
    ],
    [
      'refused fields',
      [{ name: 'One', fields: ['spend', 'unique_ctr', 'unique_clicks'] }],
      'custom_one asks for unique_ctr, unique_clicks',
    ],
    [
      'a list that is none',
      [{ name: 'One', filtering: [{ field: 'ad.id', operator: 'IN', value: 'ACTIVE' }] }],
      'a filter ad.id IN',
    ],
    ['a day that no calendar has', [{ name: 'One', start_date: '2026-13-01T00:00:00Z' }], 'start_date of the report custom_one'],
  ])('is refused by name: %s', (_, items, words) => {
    expect(faultOf(...items)).toContain(words);
  });
});
