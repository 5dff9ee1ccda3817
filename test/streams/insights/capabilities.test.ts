import { describe, expect, it } from 'vitest';
import type { InsightsQuery } from '../../../src/insights/query.ts';
import { judgeQuery } from '../../../src/streams/insights/capabilities.ts';
import { createInsightsQuery } from '../../../src/streams/insights/insights-definition.ts';
import { listPresets } from '../../../src/streams/insights/presets.ts';
import { settingsFor } from './insights-fixtures.ts';

const NOW = { nowMs: Date.UTC(2026, 10, 21) };
const QUERY: InsightsQuery = {
  level: 'ad',
  keyFields: ['account_id', 'ad_id'],
  fields: ['spend'],
  breakdowns: [],
  actionBreakdowns: [],
  actionAttributionWindows: ['7d_click'],
  useAccountAttributionSetting: false,
  increment: { unit: 'day', count: 1 },
  filtering: [],
};

function warningsFor(
  changes: Partial<InsightsQuery>,
  options: { readonly nowMs: number; readonly startMs?: number } = NOW,
): string {
  return judgeQuery({ ...QUERY, ...changes }, options).warnings.join('\n');
}

describe('judgeQuery', () => {
  it('has nothing to say of a plain query', () => {
    expect(judgeQuery(QUERY, { ...NOW, startMs: Date.UTC(2026, 0, 1) })).toEqual({
      warnings: [],
      retentionMonths: 37,
      fieldRetentionMonths: new Map(),
    });
  });

  it.each([
    ['dma', { breakdowns: ['dma'] }, '2026-06-21', '2026-06-22', 'use comscore_market in its place'],
    ['7d_view', { actionAttributionWindows: ['7d_view'] }, '2026-01-11', '2026-01-12', 'attribution window 7d_view'],
    ['impression_device', { breakdowns: ['impression_device'] }, '2026-08-05', '2026-08-06', 'admitted accounts only'],
  ])('warns of %s from its day on', (_, changes, before, since, words) => {
    expect(warningsFor(changes, { nowMs: Date.parse(before) })).toBe('');
    expect(warningsFor(changes, { nowMs: Date.parse(since) })).toContain(words);
  });

  it.each([
    ['retired fields', { fields: ['labels', 'spend'] }, 'Expect no values of labels: Meta has retired them.'],
    ['videos by region', { breakdowns: ['region'], fields: ['video_p25_watched_actions'] }, 'does not split them by region'],
    ['reach by the hour', { breakdowns: ['hourly_stats_aggregated_by_advertiser_time_zone'], fields: ['reach'] }, 'answers 0'],
    ['frequencies of anything but reach', { breakdowns: ['frequency_value'] }, 'fills in reach alone'],
    ['media types above the ad', { level: 'campaign', fields: ['creative_media_type'] }, 'counts only some of the ads'],
    ['breakdowns that are not documented together', { breakdowns: ['age', 'country'] }, 'age + country together'],
  ] as const)('warns of %s', (_, changes, words) => {
    expect(warningsFor(changes)).toContain(words);
  });

  it('takes media types of single ads as they are', () => {
    expect(warningsFor({ fields: ['creative_media_type'] })).toBe('');
  });

  it.each([
    [['age'], 37],
    [['hourly_stats_aggregated_by_audience_time_zone'], 13],
    [['frequency_value'], 6],
  ])('knows how long rows by %j are kept: %i months', (breakdowns, months) => {
    expect(judgeQuery({ ...QUERY, breakdowns }, NOW).retentionMonths).toBe(months);
  });

  it('knows which fields are kept for less time than their rows', () => {
    const fields = ['spend', 'reach', 'frequency', 'cpp', 'unique_actions', 'cost_per_unique_click'];
    const shortOf = (breakdowns: readonly string[]) => [
      ...judgeQuery({ ...QUERY, fields, breakdowns }, NOW).fieldRetentionMonths.keys(),
    ];
    expect(shortOf([])).toEqual(['unique_actions', 'cost_per_unique_click']);
    expect(shortOf(['age'])).toEqual(['reach', 'frequency', 'cpp', 'unique_actions', 'cost_per_unique_click']);
    expect(shortOf(['frequency_value'])).toEqual([]);
  });

  it('warns of a start beyond what Meta keeps, to the day', () => {
    const hourly = { breakdowns: ['hourly_stats_aggregated_by_advertiser_time_zone'] };
    expect(warningsFor(hourly, { ...NOW, startMs: Date.UTC(2025, 9, 21) })).toBe('');
    expect(warningsFor(hourly, { ...NOW, startMs: Date.UTC(2025, 9, 20) })).toContain('for 13 months');
    expect(warningsFor({ fields: ['unique_actions'] }, { ...NOW, startMs: Date.UTC(2025, 9, 20) })).toContain(
      'keeps unique_actions',
    );
  });

  it('lets every preset pass without a word but on the opt-in breakdown', () => {
    const told = listPresets(settingsFor()).filter(
      (preset) => judgeQuery(createInsightsQuery(preset, ['spend', 'actions']), NOW).warnings.length > 0,
    );
    expect(told.map(({ name }) => name)).toEqual(['ads_insights_platform_and_device']);
  });
});
