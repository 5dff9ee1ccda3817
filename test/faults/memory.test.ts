import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { DEFAULT_TOKEN } from '../../src/emulator/options.ts';
import { startEmulatorProcess } from '../support/emulator-process.ts';
import { STATUS_FILTER } from '../support/insights-truth.ts';
import { emailOf } from '../support/people.ts';
import { runProgram } from '../support/run-program.ts';
import { spawnProgram } from '../support/spawn-program.ts';
import { watchUsage } from '../support/watch-usage.ts';
import { complete, record, state } from '../support/write-records.ts';

const ROWS = 1_000_000;
const HEAP = ['--max-old-space-size=256'];
/** Of the whole process: the heap, which Node fills before it looks for garbage, and what is beside it. */
const MAX_MIB = 400;
const CREDENTIALS = { credentials: { auth_type: 'Service', access_token: DEFAULT_TOKEN } };

describe(`within a heap of 256 MiB`, () => {
  it(`a million rows of insights come to a slow reader`, async () => {
    const api = await startEmulatorProcess({
      accounts: 1,
      campaignsPerAccount: 20,
      adSetsPerCampaign: 10,
      adsPerAdSet: 22,
      historyDays: 900,
      attributionDays: 0,
      timeZones: ['UTC'],
      reportDelayMs: 100,
    });
    const [since, until] = ['2024-12-01', '2026-11-15'];
    const config = {
      ...CREDENTIALS,
      account_ids: api.accounts,
      start_date: `${since}T00:00:00Z`,
      end_date: `${until}T00:00:00Z`,
    };
    const names = ['date_start', 'account_id', 'ad_id', 'impressions', 'clicks', 'spend'];
    const stream = { name: 'ads_insights', json_schema: { properties: Object.fromEntries(names.map((name) => [name, {}])) } };
    const catalog = { streams: [{ stream, sync_mode: 'incremental', destination_sync_mode: 'append' }] };
    const startedAt = performance.now();
    const child = spawnProgram({ command: 'read', config, catalog, graphUrl: api.url, nodeOptions: HEAP });
    const usage = watchUsage(child.pid);
    const totals = { rows: 0, impressions: 0, clicks: 0 };
    let tail = '';
    for await (const chunk of child.stdout.setEncoding('utf8')) {
      const lines = (tail + chunk).split('\n');
      tail = lines.pop() ?? '';
      for (const line of lines) {
        if (!line.startsWith('{"type":"RECORD"')) continue;
        const { data } = JSON.parse(line).record;
        totals.rows += 1;
        totals.impressions += data.impressions;
        totals.clicks += data.clicks;
      }
      await sleep(2);
    }
    const seconds = (performance.now() - startedAt) / 1_000;
    const { peakMiB } = usage();
    const truth = await api.control<{ impressions: number; clicks: number }>('POST insights_totals', {
      accountId: api.accounts[0],
      since,
      until,
      filtering: STATUS_FILTER,
    });
    await api.close();
    process.stdout.write(`  ${totals.rows} rows of insights in ${Math.round(seconds)} s, ${Math.round(peakMiB)} MiB at most\n`);
    expect(child.exitCode).toBe(0);
    expect(totals).toMatchObject({ impressions: truth.impressions, clicks: truth.clicks });
    expect(totals.rows).toBeGreaterThan(ROWS);
    expect(peakMiB).toBeLessThan(MAX_MIB);
  });

  it('a million people go to a slow Graph API', async () => {
    const api = await startEmulatorProcess({ accounts: 1, latencyMs: 400 });
    const stream = { name: 'people', json_schema: { properties: { email: {} } } };
    const startedAt = performance.now();
    let acknowledged = 0;
    const { exitCode, peakMiB } = await runProgram({
      program: 'destination',
      command: 'write',
      config: { ...CREDENTIALS, account_id: api.accounts[0] },
      catalog: { streams: [{ stream, sync_mode: 'incremental', destination_sync_mode: 'append_dedup' }] },
      input: peopleWithStates(),
      graphUrl: api.url,
      nodeOptions: HEAP,
      onMessage: (message) => {
        if (message.type === 'STATE') acknowledged += message.state.destinationStats?.recordCount ?? 0;
      },
    });
    const seconds = (performance.now() - startedAt) / 1_000;
    const { uploads } = await api.control<{ uploads: readonly { target: string; rows: number }[] }>('GET uploads');
    const { count } = await api.control<{ count: number }>(`GET members?count_only&audience=${uploads.at(-1)?.target}`);
    await api.close();
    process.stdout.write(
      `  ${ROWS} people in ${uploads.length} uploads in ${Math.round(seconds)} s, ${Math.round(peakMiB)} MiB at most\n`,
    );
    expect({ exitCode, acknowledged, count }).toEqual({ exitCode: 0, acknowledged: ROWS, count: ROWS });
    expect(peakMiB).toBeLessThan(MAX_MIB);
  });
});

function* peopleWithStates(): Generator<string> {
  for (let n = 0; n < ROWS; n += 1) {
    yield record({ email: emailOf(n) });
    if (n % 50_000 === 49_999) yield state(n);
  }
  yield complete();
}
