/**
 * Reads every stream of two ad accounts from an emulated Graph API, through the built program and real HTTP, with limits and errors on the way, and
 * shows a table; then writes people to an audience of it. Fails when a program does, or when a line is no Airbyte message.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_TOKEN } from '../../src/emulator/options.ts';
import { startEmulator } from '../../src/emulator/server.ts';
import type { AirbyteCatalog, AirbyteMessage } from '../../src/protocol/messages.ts';
import { runProgram } from './run-program.ts';
import { writePeople } from './write-people.ts';

const INSIGHTS_DAYS = 3;

interface StreamRow {
  records: number;
  states: number;
  status: string;
  cost: string;
}

const folder = mkdtempSync(join(tmpdir(), 'demo-'));
const { url, emulator, close } = await startEmulator({
  campaignsPerAccount: 15,
  adSetsPerCampaign: 3,
  adsPerAdSet: 4,
  imagesPerAccount: 150,
  videosPerAccount: 60,
  poisonEvery: 97,
  batchNullEvery: 40,
  reportDelayMs: 2_000,
  reportFailFirstEvery: 25,
  maxReportRows: 3_000,
  pageStyle: 'empty_pages',
  faults: { rate: 0.02, kinds: ['reduce_data', 'service_unavailable_2', 'reset', 'http_502', 'truncated'] },
});
try {
  await runDemo();
  await writePeople({ url, emulator }, folder);
} finally {
  await close();
  rmSync(folder, { recursive: true });
}

async function runDemo(): Promise<void> {
  const accounts = emulator.truth.accounts();
  console.log(
    `A Graph API with ${accounts.length} ad accounts answers at ${url}; 2 % of the calls fail, some creatives are broken,
some reports fail or are too large.\n`,
  );
  const account = { account_ids: accounts, credentials: { auth_type: 'Service', access_token: DEFAULT_TOKEN } };
  const config = writeJson('config.json', account);
  for await (const message of runSource(['check', '--config', config])) {
    if (message.type === 'CONNECTION_STATUS') console.log(`check: ${message.connectionStatus.status}`);
  }
  const { streams } = await discoverCatalog(config);
  const rows = new Map<string, StreamRow>();
  const startedAt = performance.now();
  // Objects of all time, reports of a few days.
  await readStreams({ config, streams: streams.filter(({ name }) => !name.startsWith('ads_insights')), rows });
  const since = new Date(Date.now() - INSIGHTS_DAYS * 86_400_000).toISOString().slice(0, 10);
  const recent = writeJson('recent.json', { ...account, start_date: `${since}T00:00:00Z` });
  await readStreams({ config: recent, streams: streams.filter(({ name }) => name.startsWith('ads_insights')), rows });
  printTable(rows);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const faults = Object.values(emulator.counters.faults).reduce((sum, count) => sum + count, 0);
  console.log(
    `\n${seconds} s, ${emulator.counters.calls} calls, of which ${faults} failed on purpose. Every line was an Airbyte message.`,
  );
  const unfinished = [...rows].filter(([, row]) => row.status !== 'COMPLETE');
  if (unfinished.length > 0) throw new Error(`not complete: ${unfinished.map(([name]) => name).join(', ')}`);
}

function runSource(words: readonly string[]): AsyncGenerator<AirbyteMessage> {
  return runProgram({ program: 'source', words, graphUrl: url });
}

async function readStreams(read: {
  readonly config: string;
  readonly streams: AirbyteCatalog['streams'];
  readonly rows: Map<string, StreamRow>;
}): Promise<void> {
  const catalog = writeJson('catalog.json', configureCatalog({ streams: read.streams }));
  for await (const message of runSource(['read', '--config', read.config, '--catalog', catalog])) note(read.rows, message);
}

async function discoverCatalog(config: string): Promise<AirbyteCatalog> {
  for await (const message of runSource(['discover', '--config', config])) if (message.type === 'CATALOG') return message.catalog;
  throw new Error('discover gave no catalog');
}

function configureCatalog(catalog: AirbyteCatalog): object {
  return {
    streams: catalog.streams.map((stream) => ({
      stream,
      sync_mode: stream.supported_sync_modes.at(-1),
      destination_sync_mode: 'append',
    })),
  };
}

function note(rows: Map<string, StreamRow>, message: AirbyteMessage): void {
  if (message.type === 'RECORD') rowOf(rows, message.record.stream).records += 1;
  if (message.type === 'STATE') rowOf(rows, message.state.stream.stream_descriptor.name).states += 1;
  if (message.type === 'TRACE' && message.trace.type === 'STREAM_STATUS') {
    rowOf(rows, message.trace.stream_status.stream_descriptor.name).status = message.trace.stream_status.status;
  }
  if (message.type === 'LOG') {
    const [, name, cost] = /^stream (\S+): \d+ records, (.*)$/.exec(message.log.message) ?? [];
    if (name !== undefined && cost !== undefined) rowOf(rows, name).cost = cost;
  }
}

function rowOf(rows: Map<string, StreamRow>, name: string): StreamRow {
  const row = rows.get(name) ?? { records: 0, states: 0, status: '', cost: '' };
  rows.set(name, row);
  return row;
}

function printTable(rows: ReadonlyMap<string, StreamRow>): void {
  console.log(`\n${'stream'.padEnd(52)}${'records'.padStart(8)}${'calls'.padStart(7)}${'seconds'.padStart(9)}  status`);
  for (const [name, { records, cost, status }] of [...rows].sort(([a], [b]) => a.localeCompare(b))) {
    const calls = /(\d+) calls/.exec(cost)?.[1] ?? '';
    const seconds = /([\d.]+) s$/.exec(cost)?.[1] ?? '';
    console.log(`${name.padEnd(52)}${String(records).padStart(8)}${calls.padStart(7)}${seconds.padStart(9)}  ${status}`);
  }
}

function writeJson(name: string, value: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(value));
  return path;
}
