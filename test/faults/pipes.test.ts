import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEmulator, startEmulator } from '../../src/emulator/server.ts';
import { SECRETS } from '../support/canaries.ts';
import { listTruth } from '../support/entity-truth.ts';
import { keyOfRow, listInsightsTruth } from '../support/insights-truth.ts';
import { LiveProgram, type ProgramEnd } from '../support/live-program.ts';
import { emailIds, memberIds, people } from '../support/people.ts';
import { rowsOf } from '../support/run-program.ts';
import { watchUsage } from '../support/watch-usage.ts';
import { complete, record } from '../support/write-records.ts';

/** Longer than connections that nobody uses are kept open at either end. */
const STILL_MS = 60_000;
/** Of a program that nobody listens to any more, on a busy machine. */
const MAX_SECONDS = 30;
const KNOWN = { tokens: { [SECRETS.accessToken]: {} }, appSecret: SECRETS.appSecret, accounts: 1 };
const CREDENTIALS = { app_secret: SECRETS.appSecret, credentials: { auth_type: 'Service', access_token: SECRETS.accessToken } };
const DAYS = { since: '2026-10-20', until: '2026-11-10' };
const KEY = ['date_start', 'account_id', 'ad_id'];
const WORLD = {
  ...KNOWN,
  campaignsPerAccount: 20,
  adSetsPerCampaign: 10,
  adsPerAdSet: 20,
  attributionDays: 0,
  timeZones: ['UTC'],
};
const STREAMS = ['ads', 'custom_mine'];
/** What may lie about in pipes and in pages under way. */
const SPARE_MIB = 80;

function startSource(server: RunningEmulator): LiveProgram {
  const config = {
    ...CREDENTIALS,
    account_ids: [...server.emulator.truth.accounts()],
    custom_insights: [
      {
        name: 'Mine',
        level: 'ad',
        fields: ['spend'],
        start_date: `${DAYS.since}T00:00:00Z`,
        end_date: `${DAYS.until}T00:00:00Z`,
      },
    ],
  };
  const catalog = {
    streams: STREAMS.map((name) => ({ stream: { name }, sync_mode: 'incremental', destination_sync_mode: 'append' })),
  };
  return new LiveProgram({ command: 'read', config, catalog, graphUrl: server.url });
}

function startDestination(server: RunningEmulator, name: string): LiveProgram {
  const config = {
    ...CREDENTIALS,
    account_id: server.emulator.truth.accounts()[0],
    batch_rows: 50,
    audiences: [{ stream_name: 'people', audience_name: name }],
  };
  const stream = { name: 'people', json_schema: { properties: { email: {} } } };
  const catalog = { streams: [{ stream, sync_mode: 'incremental', destination_sync_mode: 'append_dedup' }] };
  return new LiveProgram({ program: 'destination', command: 'write', config, catalog, graphUrl: server.url });
}

function stateAt(at: number): string {
  const stream = { stream_descriptor: { name: 'people' }, stream_state: { at, padding: 'x'.repeat(20_000) } };
  return JSON.stringify({ type: 'STATE', state: { type: 'STREAM', stream, id: at } });
}

function expectAll(server: RunningEmulator, { code, stderr, messages }: ProgramEnd): void {
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const ids = rowsOf(messages, 'ads').map(({ id }) => String(id));
  expect(ids.sort()).toEqual(listTruth(server.emulator, 'ads'));
  const truth = listInsightsTruth(server.emulator, { ...DAYS, level: 'ad', columns: KEY, increment: 1, breakdowns: [] });
  expect(
    rowsOf(messages, 'custom_mine')
      .map((row) => keyOfRow(row, KEY))
      .sort(),
  ).toEqual(truth.map((row) => keyOfRow(row, KEY)).sort());
}

/** Reads for a while, then not for a minute, then to the end. Throws where it goes on asking or its memory grows meanwhile. */
async function readWithRest(program: LiveProgram, server: RunningEmulator): Promise<ProgramEnd> {
  const usage = watchUsage(program.child.pid);
  await program.until(() => program.stdout.length > 500_000);
  program.child.stdout.pause();
  await sleep(5_000);
  const { calls } = server.emulator.counters;
  await sleep(STILL_MS - 5_000);
  expect(server.emulator.counters.calls).toBe(calls);
  program.child.stdout.resume();
  const end = await program.end();
  // It had not taken in all before.
  expect(server.emulator.counters.calls).toBeGreaterThan(calls);
  process.stdout.write(
    `  ${calls} calls before a still minute, ${server.emulator.counters.calls - calls} behind it, ${Math.round(usage().peakMiB)} MiB at most\n`,
  );
  return end;
}

describe('a reader of the source', () => {
  let server: RunningEmulator;
  beforeAll(async () => {
    server = await startEmulator(WORLD);
  });
  afterAll(() => server.close());

  it('that goes away ends it with exit code 1, at once and without a word', async () => {
    const program = startSource(server);
    await program.until(() => program.stdout.includes('"RECORD"'));
    program.leave();
    const { code, signal, stderr, seconds } = await program.end();
    expect({ code, signal, stderr }).toEqual({ code: 1, signal: null, stderr: '' });
    expect(seconds).toBeLessThan(MAX_SECONDS);
  });

  it('that is gone before the first word makes no crash of it', async () => {
    for (const command of ['spec', 'check', 'discover'] as const) {
      const config = { ...CREDENTIALS, account_ids: [...server.emulator.truth.accounts()] };
      const program = new LiveProgram({ command, ...(command === 'spec' ? {} : { config }), graphUrl: server.url });
      program.leave();
      const { code, signal, stderr } = await program.end();
      expect({ code, signal, stderr }, command).toEqual({ code: 1, signal: null, stderr: '' });
    }
  });

  it('that is slow gets everything, and memory does not grow for it', async () => {
    const fast = startSource(server);
    const fastUsage = watchUsage(fast.child.pid);
    expectAll(server, await fast.end());
    const slow = startSource(server);
    const slowUsage = watchUsage(slow.child.pid);
    const { stdout } = slow.child;
    stdout.on('data', () => {
      stdout.pause();
      setTimeout(() => stdout.resume(), 20);
    });
    await slow.until(() => slow.hasEnded || slow.stdout.length > fast.stdout.length / 2);
    expectAll(server, await slow.end());
    const [fastMiB, slowMiB] = [fastUsage().peakMiB, slowUsage().peakMiB];
    process.stdout.write(`  ${Math.round(fastMiB)} MiB for a fast reader, ${Math.round(slowMiB)} for a slow one\n`);
    expect(slowMiB).toBeLessThan(fastMiB + SPARE_MIB);
  });
});

describe.concurrent('a neighbour that is still for a minute', () => {
  const ROWS = 3_000;
  const lines = () => [...people(ROWS).flatMap((row, at) => [record(row), ...(at % 10 === 9 ? [stateAt(at)] : [])]), complete()];
  const statesOf = ({ messages }: ProgramEnd) => messages.filter(({ type }) => type === 'STATE');

  it('has all that the source reads in the end, and nothing was asked for meanwhile', async () => {
    const server = await startEmulator(WORLD);
    expectAll(server, await readWithRest(startSource(server), server));
    await server.close();
  });

  it('has all states of the destination in the end, and all is written', async () => {
    const server = await startEmulator(KNOWN);
    const program = startDestination(server, 'still reader');
    program.write(lines());
    program.child.stdin.end();
    const end = await readWithRest(program, server);
    expect({ code: end.code, stderr: end.stderr }).toEqual({ code: 0, stderr: '' });
    expect(statesOf(end)).toHaveLength(ROWS / 10);
    expect(memberIds(server.emulator)).toEqual(emailIds(ROWS));
    await server.close();
  });

  it('that sends nothing to the destination has what it has sent written meanwhile, and goes on', async () => {
    const server = await startEmulator(KNOWN);
    const program = startDestination(server, 'still sender');
    const [half, rest] = [lines().slice(0, 700), lines().slice(700)];
    program.write(half);
    await sleep(STILL_MS + 10_000);
    const acknowledged = program.stdout.split('\n').filter((line) => line.startsWith('{"type":"STATE"'));
    expect(acknowledged.length).toBe(half.filter((line) => line.startsWith('{"type":"STATE"')).length);
    program.write(rest);
    program.child.stdin.end();
    const end = await program.end();
    expect({ code: end.code, stderr: end.stderr }).toEqual({ code: 0, stderr: '' });
    expect(memberIds(server.emulator)).toEqual(emailIds(ROWS));
    await server.close();
  });
});
