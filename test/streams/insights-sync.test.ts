import { describe, expect, it } from 'vitest';
import { createEmulator } from '../../src/emulator/emulator.ts';
import type { EmulatorOptions } from '../../src/emulator/options.ts';
import type { Row, StreamState } from '../../src/streams/stream.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { keyOfRow, listInsightsTruth } from '../support/insights-truth.ts';
import { openReader } from '../support/read-streams.ts';

const WORLD: Partial<EmulatorOptions> = {
  accounts: 1,
  campaignsPerAccount: 2,
  adSetsPerCampaign: 2,
  adsPerAdSet: 2,
  timeZones: ['UTC'],
  reportDelayMs: 8_000,
};
const COLUMNS = ['date_start', 'account_id', 'ad_id'];
const FIELDS = [...COLUMNS, 'spend', 'impressions', 'clicks'];
const DAY_MS = 86_400_000;

/** A warehouse: the last row of each key. */
function mergeInto(warehouse: Map<string, Row>, rows: readonly Row[]): void {
  for (const row of rows) warehouse.set(keyOfRow(row, COLUMNS), row);
}

const describeRow = (row: Readonly<Record<string, unknown>>) =>
  `${keyOfRow(row, COLUMNS)}|${Number(row['impressions'])}|${Number(row['clicks'] ?? 0)}|${Number(row['spend'])}`;

describe('insights over time', () => {
  it('equal the final answer of an API that restates each day for four weeks, after daily syncs', async () => {
    const clock = new FakeClock({ auto: true });
    const emulator = createEmulator(WORLD, clock);
    const warehouse = new Map<string, Row>();
    let state: StreamState = {};
    for (let day = 0; day < 30; day += 1) {
      const reader = await openReader(emulator, { clock, config: { start_date: '2026-11-10T00:00:00Z' } });
      const { rows, states, failures } = await reader.read('ads_insights', { fields: FIELDS, state });
      expect(failures).toEqual([]);
      mergeInto(warehouse, rows);
      state = states.at(-1)?.state ?? {};
      await clock.advance(DAY_MS - 60_000);
    }
    // Days that were final at the last sync, which was a day ago.
    const until = new Date(clock.now() - 30 * DAY_MS).toISOString().slice(0, 10);
    const truth = listInsightsTruth(emulator, { level: 'ad', columns: COLUMNS, since: '2026-11-10', until, increment: 1 });
    const mine = [...warehouse.values()].filter((row) => String(row['date_start']) <= until);
    expect(mine.map(describeRow).sort()).toEqual(truth.map(describeRow).sort());
    expect(truth.length).toBeGreaterThan(0);
  });

  it('come once where reports break off after some of their rows, and are cut', async () => {
    const clock = new FakeClock({ auto: true });
    const emulator = createEmulator({ ...WORLD, maximumLimit: 20, reportBreakEvery: 1, reportBreakPage: 2 }, clock);
    const config = { start_date: '2026-06-01T00:00:00Z', end_date: '2026-06-14T00:00:00Z' };
    const { rows, failures } = await (await openReader(emulator, { clock, config })).read('ads_insights', { fields: FIELDS });
    const range = { since: '2026-06-01', until: '2026-06-14' };
    const truth = listInsightsTruth(emulator, { level: 'ad', columns: COLUMNS, ...range, increment: 1 });
    expect(failures).toEqual([]);
    expect(truth.length).toBeGreaterThan(20);
    expect(rows.map(describeRow).sort()).toEqual(truth.map(describeRow).sort());
  });

  it('do not read final days again, and read what may still change', async () => {
    const clock = new FakeClock({ auto: true });
    const emulator = createEmulator(WORLD, clock);
    const reader = await openReader(emulator, { clock, config: { start_date: '2026-06-01T00:00:00Z' } });
    const first = await reader.read('ads_insights', { fields: FIELDS });
    await clock.advance(DAY_MS);
    const second = await reader.read('ads_insights', { fields: FIELDS, state: first.states.at(-1)?.state ?? {} });
    const days = [...new Set(second.rows.map((row) => String(row['date_start'])))].sort();
    expect(days[0]).toBe('2026-10-24');
    expect(days.at(-1)).toBe('2026-11-22');
  });

  it('go on behind the days that were done when a backfill was interrupted', async () => {
    const clock = new FakeClock({ auto: true });
    const emulator = createEmulator(WORLD, clock);
    const config = { start_date: '2026-01-01T00:00:00Z' };
    const whole = await (await openReader(emulator, { clock, config })).read('ads_insights', { fields: FIELDS });
    const middle = whole.states[Math.floor(whole.states.length / 2)];
    emulator.counters.reset();
    const rest = await (await openReader(emulator, { clock, config })).read('ads_insights', {
      fields: FIELDS,
      state: middle?.state ?? {},
    });
    const keys = new Set([...whole.rows.slice(0, middle?.rowCount), ...rest.rows].map((row) => keyOfRow(row, COLUMNS)));
    expect(keys.size).toBe(new Set(whole.rows.map((row) => keyOfRow(row, COLUMNS))).size);
    expect(rest.rows.length).toBeLessThan(whole.rows.length);
  });
});

describe('all presets of three accounts', () => {
  it('take under three minutes and 900 calls for 29 days, reports ready in 8 s', async () => {
    const clock = new FakeClock({ auto: true });
    const emulator = createEmulator({ ...WORLD, accounts: 3, campaignsPerAccount: 2, latencyMs: 300 }, clock);
    const reader = await openReader(emulator, { clock, config: { start_date: '2026-10-24T00:00:00Z' } });
    const startMs = clock.now();
    const names = [...reader.streams.keys()].filter((name) => name.startsWith('ads_insights'));
    expect(names).toHaveLength(20);
    const results = await Promise.all(names.map((name) => reader.read(name, { fields: FIELDS })));
    expect(results.flatMap(({ failures }) => failures)).toEqual([]);
    expect(emulator.counters.calls).toBeLessThan(900);
    expect((clock.now() - startMs) / 60_000).toBeLessThan(3);
  });
});

describe('days', () => {
  it.each([
    ['Pacific/Midway', '2026-11-21T10:30:00Z', '2026-11-20'],
    ['Pacific/Kiritimati', '2026-11-21T10:30:00Z', '2026-11-22'],
    ['America/New_York', '2026-11-01T04:30:00Z', '2026-11-01'],
    ['America/New_York', '2026-11-02T04:30:00Z', '2026-11-01'],
    ['Europe/Berlin', '2026-10-24T22:30:00Z', '2026-10-25'],
  ])('are those of an account in %s, at %s', async (zone, now, today) => {
    const clock = new FakeClock({ auto: true, startMs: Date.parse(now) });
    const emulator = createEmulator({ ...WORLD, timeZones: [zone] }, clock);
    const start = new Date(Date.parse(`${today}T00:00:00Z`) - 5 * DAY_MS).toISOString().slice(0, 10);
    const reader = await openReader(emulator, { clock, config: { start_date: `${start}T00:00:00Z` } });
    const { rows, failures } = await reader.read('ads_insights', { fields: FIELDS });
    const truth = listInsightsTruth(emulator, { level: 'ad', columns: COLUMNS, since: start, until: today, increment: 1 });
    expect(failures).toEqual([]);
    expect(rows.map((row) => keyOfRow(row, COLUMNS)).sort()).toEqual(truth.map((row) => keyOfRow(row, COLUMNS)).sort());
    expect([...new Set(truth.map((row) => row['date_start']))].every((day) => String(day) <= today)).toBe(true);
  });

  it('beyond what Meta keeps are not asked for, whatever the start date says', async () => {
    const clock = new FakeClock({ auto: true });
    const emulator = createEmulator(
      { ...WORLD, timeZones: ['Pacific/Kiritimati'], maxReportRows: 30, historyDays: 1_500 },
      clock,
    );
    const reader = await openReader(emulator, {
      clock,
      config: { start_date: '2015-01-01T00:00:00Z', end_date: '2023-11-20T00:00:00Z' },
    });
    expect((await reader.read('ads_insights', { fields: FIELDS })).failures).toEqual([]);
    expect(emulator.counters.errors['3018']).toBeUndefined();
  });
});
