import { describe, expect, it } from 'vitest';
import { createEmulator, type Emulator } from '../../src/emulator/emulator.ts';
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

function mergeInto(warehouse: Map<string, Row>, rows: readonly Row[]): void {
  for (const row of rows) warehouse.set(keyOfRow(row, COLUMNS), row);
}

const describeRow = (row: Readonly<Record<string, unknown>>) =>
  `${keyOfRow(row, COLUMNS)}|${Number(row['impressions'])}|${Number(row['clicks'] ?? 0)}|${Number(row['spend'])}`;

describe('insights', () => {
  it('lose nothing when they are killed at any call and taken up from the last state', async () => {
    const config = { start_date: '2026-08-20T00:00:00Z', end_date: '2026-11-20T00:00:00Z' };
    const options: Partial<EmulatorOptions> = {
      ...WORLD,
      attributionDays: 0,
      maxReportRows: 60,
      reportFailFirstEvery: 5,
      defaultLimit: 25,
    };
    const calm = createEmulator(options, new FakeClock({ auto: true }));
    const truth = listInsightsTruth(calm, {
      level: 'ad',
      columns: COLUMNS,
      since: '2026-08-20',
      until: '2026-11-20',
      increment: 1,
    })
      .map(describeRow)
      .sort();
    const calls = await readUntilKilled(options, config, Number.POSITIVE_INFINITY).then(({ count }) => count);
    expect(calls).toBeGreaterThan(40);
    for (let at = 1; at <= calls; at += 1) {
      const { emulator, clock, rows, state } = await readUntilKilled(options, config, at);
      const resumed = await (await openReader(emulator, { clock, config })).read('ads_insights', { fields: FIELDS, state });
      const warehouse = new Map<string, Row>();
      mergeInto(warehouse, rows);
      mergeInto(warehouse, resumed.rows);
      expect([...warehouse.values()].map(describeRow).sort(), `killed at call ${at}`).toEqual(truth);
    }
  });
});

interface Killed {
  readonly emulator: Emulator;
  readonly clock: FakeClock;
  readonly rows: Row[];
  readonly state: StreamState;
  readonly count: number;
}

/** Reads until call number `at`, which never comes back. What was yielded before is what reached the platform. */
async function readUntilKilled(options: Partial<EmulatorOptions>, config: object, at: number): Promise<Killed> {
  const clock = new FakeClock({ auto: true });
  const emulator = createEmulator(options, clock);
  const kill = new AbortController();
  let count = 0;
  const mortal: Emulator = Object.create(emulator, {
    fetch: {
      value: (...words: Parameters<typeof fetch>) => {
        count += 1;
        if (count < at) return emulator.fetch(...words);
        kill.abort(new Error('killed'));
        return Promise.reject(new Error('killed'));
      },
    },
  });
  const reader = await openReader(mortal, { clock, config, signal: kill.signal });
  const rows: Row[] = [];
  let state: StreamState = {};
  try {
    for await (const event of reader.streams.get('ads_insights')?.read({ syncMode: 'incremental', fields: FIELDS }) ?? []) {
      if (event.type === 'rows') rows.push(...event.rows);
      if (event.type === 'checkpoint') state = JSON.parse(JSON.stringify(event.state));
    }
  } catch (error) {
    if (!kill.signal.aborted) throw error;
  }
  return { emulator, clock, rows, state, count };
}
