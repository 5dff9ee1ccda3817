import { describe, expect, it } from 'vitest';
import { createEmulator } from '../../src/emulator/emulator.ts';
import type { EmulatorOptions } from '../../src/emulator/options.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { keyOfRow, listInsightsTruth, sumRows } from '../support/insights-truth.ts';
import { openReader } from '../support/read-streams.ts';

const WORLD: Partial<EmulatorOptions> = {
  accounts: 2,
  campaignsPerAccount: 3,
  adSetsPerCampaign: 2,
  adsPerAdSet: 2,
  timeZones: ['UTC'],
  reportDelayMs: 8_000,
  attributionDays: 0,
};
const START = '2026-09-01';
const END = '2026-11-20';

const LEVEL_KEYS = { account: [], campaign: ['campaign_id'], adset: ['adset_id'], ad: ['ad_id'] } as const;
const LEVELS = Object.keys(LEVEL_KEYS) as (keyof typeof LEVEL_KEYS)[];
const BREAKDOWNS = [[], ['age', 'gender'], ['country']] as const;
const INCREMENTS = [
  { name: '1 day', item: {}, truth: 1 },
  { name: '7 days', item: { time_increment: 7 }, truth: 7 },
  { name: '30 days', item: { time_increment: 30 }, truth: 30 },
  { name: 'months', item: { time_increment_period: 'monthly' }, truth: 'monthly' },
  { name: 'all days', item: { time_increment_period: 'all_days' }, truth: 'all_days' },
] as const;

const MATRIX = LEVELS.flatMap((level) =>
  BREAKDOWNS.flatMap((breakdowns) => INCREMENTS.map((increment) => ({ level, breakdowns, increment }))),
);

describe('custom insights', () => {
  it.each(MATRIX)(
    'at level $level by $breakdowns in $increment.name give every row once, with a whole key, and the sums of the truth',
    async (cell) => {
      const { level, breakdowns, increment } = cell;
      const clock = new FakeClock({ auto: true });
      const emulator = createEmulator(WORLD, clock);
      const item = {
        name: 'Mine',
        level,
        breakdowns,
        fields: ['spend', 'impressions', 'clicks'],
        action_breakdowns: [],
        ...increment.item,
      };
      const config = { start_date: `${START}T00:00:00Z`, end_date: `${END}T00:00:00Z`, custom_insights: [item] };
      const reader = await openReader(emulator, { clock, config });
      const { rows, failures } = await reader.read('custom_mine');
      const columns = ['date_start', 'account_id', ...LEVEL_KEYS[level], ...breakdowns];
      const truth = listInsightsTruth(emulator, {
        level,
        breakdowns,
        columns,
        since: START,
        until: END,
        increment: increment.truth,
      });
      expect(failures).toEqual([]);
      expect(reader.streams.get('custom_mine')?.description.source_defined_primary_key).toEqual(
        columns.map((column) => [column]),
      );
      expect(rows.map((row) => keyOfRow(row, columns)).sort()).toEqual(truth.map((row) => keyOfRow(row, columns)).sort());
      expect(rows.every((row) => columns.every((column) => row[column] !== null && row[column] !== undefined))).toBe(true);
      expect(rows.every((row) => typeof row['date_stop'] === 'string')).toBe(true);
      expect(new Set(rows.map((row) => keyOfRow(row, columns))).size).toBe(rows.length);
      expect(sumRows(rows)).toEqual(sumRows(truth));
    },
  );

  it.each(LEVELS)('at level %s keep one row a key when reports have to be split', async (level) => {
    const clock = new FakeClock({ auto: true });
    const emulator = createEmulator({ ...WORLD, accounts: 1, maxReportRows: level === 'account' ? 40 : 12 }, clock);
    const item = {
      name: 'Mine',
      level,
      breakdowns: ['age'],
      fields: ['spend', 'impressions', 'clicks', 'reach'],
      action_breakdowns: [],
    };
    const config = { start_date: '2026-11-01T00:00:00Z', end_date: `${END}T00:00:00Z`, custom_insights: [item] };
    const { rows, failures } = await (await openReader(emulator, { clock, config })).read('custom_mine');
    const columns = ['date_start', 'account_id', ...LEVEL_KEYS[level], 'age'];
    const truth = listInsightsTruth(emulator, {
      level,
      breakdowns: ['age'],
      columns,
      since: '2026-11-01',
      until: END,
      increment: 1,
    });
    expect(failures).toEqual([]);
    expect(Object.keys(emulator.counters.reports.failed).length).toBeGreaterThan(0);
    expect(rows.map((row) => keyOfRow(row, columns)).sort()).toEqual(truth.map((row) => keyOfRow(row, columns)).sort());
    expect(sumRows(rows)).toEqual(sumRows(truth));
  });

  it('keep rows that come without a breakdown key, and count them', async () => {
    const clock = new FakeClock({ auto: true });
    const emulator = createEmulator({ ...WORLD, missingBreakdownEvery: 5 }, clock);
    const config = {
      start_date: '2026-11-01T00:00:00Z',
      end_date: `${END}T00:00:00Z`,
      custom_insights: [{ name: 'Mine', breakdowns: ['country'], fields: ['spend', 'impressions', 'clicks'] }],
    };
    const reader = await openReader(emulator, { clock, config });
    const { rows } = await reader.read('custom_mine');
    const truth = listInsightsTruth(emulator, {
      level: 'ad',
      breakdowns: ['country'],
      columns: ['date_start', 'ad_id'],
      since: '2026-11-01',
      until: END,
      increment: 1,
    });
    expect(sumRows(rows)).toEqual(sumRows(truth));
    expect(rows.some((row) => row['country'] === 'not_reported')).toBe(true);
    expect(reader.runtime.lines.some(({ level, message }) => level === 'warn' && message.includes('country'))).toBe(true);
  });

  it('fail alone: a report that Meta refuses leaves the others whole, and is not made twice', async () => {
    const clock = new FakeClock({ auto: true });
    const emulator = createEmulator({ ...WORLD, accounts: 1 }, clock);
    const config = {
      start_date: '2026-11-01T00:00:00Z',
      custom_insights: [
        { name: 'Bad', breakdowns: ['age', 'country'], fields: ['spend'] },
        { name: 'Good', fields: ['spend'] },
      ],
    };
    const reader = await openReader(emulator, { clock, config });
    const bad = await reader.read('custom_bad');
    expect(bad.rows).toEqual([]);
    expect(bad.failures).toHaveLength(1);
    expect(bad.cost.calls).toBeLessThanOrEqual(3);
    expect((await reader.read('custom_good')).failures).toEqual([]);
  });

  it('with the name of another stream take its place, the last of them, and say so', async () => {
    const custom_insights = [{ name: 'Mine' }, { name: 'Mine', level: 'campaign' }, { name: 'Audiences' }];
    const { streams, runtime } = await openReader(createEmulator(WORLD), { config: { custom_insights } });
    const keyOf = (name: string) => streams.get(name)?.description.source_defined_primary_key?.at(-1);
    expect([keyOf('custom_mine'), keyOf('custom_audiences')]).toEqual([['campaign_id'], ['ad_id']]);
    expect(streams.size).toBe(32);
    const warnings = runtime.lines.filter(({ level }) => level === 'warn').map(({ message }) => message);
    expect(warnings).toEqual([expect.stringContaining('custom_mine'), expect.stringContaining('custom_audiences')]);
  });
});
