import { describe, expect, it } from 'vitest';
import { createEmulator } from '../../src/emulator/emulator.ts';
import type { EmulatorOptions } from '../../src/emulator/options.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { keyOfRow, listInsightsTruth, sumRows } from '../support/insights-truth.ts';
import { openReader, type StreamResult } from '../support/read-streams.ts';

const WORLD: Partial<EmulatorOptions> = {
  accounts: 2,
  campaignsPerAccount: 3,
  adSetsPerCampaign: 2,
  adsPerAdSet: 3,
  timeZones: ['UTC'],
  reportDelayMs: 8_000,
  attributionDays: 0,
};
const START = '2026-10-01';
/** The day before the clock's: the numbers of a day under way change while they are read. */
const END = '2026-11-20';
const CONFIG = { start_date: `${START}T00:00:00Z`, end_date: `${END}T00:00:00Z` };
const METRICS = ['spend', 'impressions', 'clicks'];

const PRESETS: Readonly<Record<string, readonly string[]>> = {
  ads_insights: [],
  ads_insights_age_and_gender: ['age', 'gender'],
  ads_insights_country: ['country'],
  ads_insights_region: ['region'],
  ads_insights_comscore_market: ['comscore_market'],
  ads_insights_platform_and_device: ['publisher_platform', 'platform_position', 'impression_device'],
  ads_insights_action_type: [],
  ads_insights_action_carousel_card: [],
  ads_insights_action_conversion_device: ['device_platform'],
  ads_insights_action_product_id: ['product_id'],
  ads_insights_action_reaction: [],
  ads_insights_action_video_sound: [],
  ads_insights_action_video_type: [],
  ads_insights_delivery_device: ['device_platform'],
  ads_insights_delivery_platform: ['publisher_platform'],
  ads_insights_delivery_platform_and_device_platform: ['publisher_platform', 'device_platform'],
  ads_insights_demographics_age: ['age'],
  ads_insights_demographics_country: ['country'],
  ads_insights_demographics_comscore_market_region: ['comscore_market'],
  ads_insights_demographics_gender: ['gender'],
};

interface Comparison {
  readonly options?: Partial<EmulatorOptions>;
  readonly config?: object;
  readonly stream?: string;
  readonly breakdowns?: readonly string[];
}

/** Reads one stream and compares its rows with the truth: the same keys, each once, and the same sums. */
async function expectTruth(comparison: Comparison = {}): Promise<StreamResult & { readonly hours: number }> {
  const { options = {}, config = {}, stream = 'ads_insights', breakdowns = [] } = comparison;
  const clock = new FakeClock({ auto: true });
  const emulator = createEmulator({ ...WORLD, ...options }, clock);
  const startMs = clock.now();
  const reader = await openReader(emulator, { clock, config: { ...CONFIG, ...config } });
  const columns = ['date_start', 'account_id', 'ad_id', ...breakdowns];
  const result = await reader.read(stream, { fields: [...columns, ...METRICS] });
  const truth = listInsightsTruth(emulator, { level: 'ad', breakdowns, columns, since: START, until: END, increment: 1 });
  expect(result.failures).toEqual([]);
  expect(result.rows.map((row) => keyOfRow(row, columns)).sort()).toEqual(truth.map((row) => keyOfRow(row, columns)).sort());
  expect(sumRows(result.rows)).toEqual(sumRows(truth));
  expect(truth.length).toBeGreaterThan(0);
  return { ...result, hours: (clock.now() - startMs) / 3_600_000 };
}

describe('the preset insights', () => {
  it.each(Object.entries(PRESETS))('%s gives every row once, and the sums of the truth', async (stream, breakdowns) => {
    await expectTruth({ stream, breakdowns });
  });

  it('cost at most twelve calls for 29 days, beside the pages of results', async () => {
    const clock = new FakeClock({ auto: true });
    const emulator = createEmulator({ ...WORLD, accounts: 1 }, clock);
    const reader = await openReader(emulator, { clock, config: { start_date: '2026-10-24T00:00:00Z' } });
    const { rows, cost } = await reader.read('ads_insights');
    expect(new Set(rows.map((row) => row['date_start'])).size).toBe(29);
    expect(cost.calls - emulator.counters.reports.resultPages).toBeLessThanOrEqual(12);
  });
});

describe('reports that do not behave', () => {
  const KNOBS: Readonly<Record<string, Partial<EmulatorOptions>>> = {
    'stall at 0 %': { reportStallAtZeroEvery: 3 },
    'stall at 37 %': { reportStallAt37Every: 3 },
    'linger at 100 %': { reportLingerMs: 60_000 },
    'can not be read at first': { reportUnreadableReads: 2 },
    'can not be read for long, 100/33': { reportUnreadableReads: 8, reportUnreadableError: '33' },
    'can not be read, for a summary': { reportUnreadableReads: 2, reportUnreadableError: 'summary' },
    'do not tell their status': { reportStatusMissingEvery: 2 },
    'fail the first time': { reportFailFirstEvery: 1 },
    'are skipped': { reportSkippedEvery: 2 },
    'are too large': { maxReportRows: 60 },
    'are too large for a single day': { maxReportRows: 4 },
    'are refused as too large': { maxReportRows: 60, maxReportRowsFailure: '100/1487534' },
    'time out by rows': { maxReportRows: 60, maxReportRowsFailure: '2/1504038' },
    'break off between pages': { reportBreakEvery: 2, reportBreakPage: 2 },
    'have ids beyond 2^53': { bareReportRunIds: true },
    'are limited in number': { maxRunningReports: 2 },
    'meet faults at every other call': { faults: { rate: 0.2, kinds: 'transient' } },
    'page oddly': { pageStyle: 'empty_pages' },
  };

  it.each(Object.entries(KNOBS))('lose nothing when they %s', async (_, options) => {
    const { hours } = await expectTruth({ options });
    expect(hours).toBeLessThan(48);
  });

  it('lose nothing when everything goes wrong together', async () => {
    await expectTruth({
      options: {
        reportStallAtZeroEvery: 11,
        reportUnreadableReads: 1,
        reportStatusMissingEvery: 5,
        reportFailFirstEvery: 4,
        reportSkippedEvery: 7,
        maxReportRows: 20,
        reportBreakEvery: 9,
        bareReportRunIds: true,
        faults: { rate: 0.05, kinds: 'transient' },
      },
    });
  });

  it('lose one field of a poisoned cell, and say which', async () => {
    const clock = new FakeClock({ auto: true });
    const emulator = createEmulator({ ...WORLD, accounts: 1 }, clock);
    const [account = ''] = emulator.truth.accounts();
    const columns = ['date_start', 'account_id', 'ad_id'];
    const truth = listInsightsTruth(emulator, { level: 'ad', columns, since: START, until: END, increment: 1 });
    const [victim] = truth.filter((row) => row['date_start'] === '2026-10-20');
    emulator.configure({ poisonCells: [{ adId: String(victim?.['ad_id']), day: '2026-10-20', field: 'clicks' }] });
    const reader = await openReader(emulator, { clock, config: CONFIG });
    const { rows, changes, failures } = await reader.read('ads_insights', { fields: [...columns, ...METRICS] });
    expect(failures).toEqual([]);
    expect(rows.map((row) => keyOfRow(row, columns)).sort()).toEqual(truth.map((row) => keyOfRow(row, columns)).sort());
    expect(changes).toEqual([{ field: 'clicks', change: 'NULLED', reason: 'SOURCE_RETRIEVAL_ERROR' }]);
    const hit = rows.find((row) => keyOfRow(row, columns) === keyOfRow(victim ?? {}, columns));
    expect(hit).not.toHaveProperty('clicks');
    expect(sumRows(rows).spend).toBe(sumRows(truth).spend);
    expect(emulator.truth.accounts()).toEqual([account]);
  });

  it('lose nothing when a single day of a single ad is too much for all fields at once', async () => {
    const clock = new FakeClock({ auto: true });
    const emulator = createEmulator({ ...WORLD, accounts: 1, campaignsPerAccount: 2, maxReportRowsFields: 4 }, clock);
    const reader = await openReader(emulator, { clock, config: { ...CONFIG, start_date: '2026-11-18T00:00:00Z' } });
    const columns = ['date_start', 'account_id', 'ad_id'];
    const { rows, failures, changes } = await reader.read('ads_insights', { fields: [...columns, ...METRICS] });
    const truth = listInsightsTruth(emulator, { level: 'ad', columns, since: '2026-11-18', until: END, increment: 1 });
    expect(failures).toEqual([]);
    expect(changes).toEqual([]);
    expect(rows.map((row) => keyOfRow(row, columns)).sort()).toEqual(truth.map((row) => keyOfRow(row, columns)).sort());
    expect(sumRows(rows)).toEqual(sumRows(truth));
  });
});

describe('streams that ask for the same', () => {
  it('share their reports', async () => {
    const clock = new FakeClock({ auto: true });
    const emulator = createEmulator({ ...WORLD, accounts: 1 }, clock);
    const reader = await openReader(emulator, { clock, config: { start_date: '2026-11-01T00:00:00Z' } });
    const names = ['ads_insights_action_conversion_device', 'ads_insights_delivery_device'];
    const [first, second] = await Promise.all(names.map((name) => reader.read(name)));
    expect(emulator.counters.reports.created).toBe(1);
    expect(first?.rows.length).toBeGreaterThan(0);
    expect(second?.rows).toEqual(first?.rows);
  });
});
