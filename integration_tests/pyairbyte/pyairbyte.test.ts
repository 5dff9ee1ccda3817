import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AirbyteCatalog, JsonObject } from '../../src/protocol/messages.ts';
import fixture from '../../test/contract/fixtures/peer-streams.json' with { type: 'json' };
import { configFor } from '../../test/support/read-streams.ts';
import { discoverCatalog } from '../../test/support/run-program.ts';
import { daysBefore, type FrozenEmulator, startFrozenEmulator } from '../support/frozen-emulator.ts';
import { runPython } from '../support/python.ts';
import { keyOfRecord, listExpectedKeys } from './list-expected-keys.ts';

interface PythonSync {
  readonly processed: number;
  readonly cached: Readonly<Record<string, readonly JsonObject[]>>;
}

const STREAMS = [...Object.keys(fixture.streams), ...Object.keys(fixture.insights)];
const MINUTE_MS = 60_000;

describe('PyAirbyte', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pyairbyte-'));
  let world: FrozenEmulator;
  let catalog: AirbyteCatalog;
  let startMs: number;
  let first: PythonSync;
  let second: PythonSync;
  let expectedAtFirst: ReadonlyMap<string, readonly string[]>;
  let touched: string;

  beforeAll(async () => {
    world = await startFrozenEmulator({
      campaignsPerAccount: 2,
      adSetsPerCampaign: 2,
      adsPerAdSet: 1,
      accounts: 2,
      timeZones: ['UTC'],
      historyDays: 4,
    });
    const { emulator } = world;
    const config = configFor(emulator, { start_date: daysBefore(world.now(), 2), insights_lookback_window: 1 });
    startMs = Date.parse(String(config['start_date']));
    catalog = await discoverCatalog(config, world.url);
    first = await sync(config);
    expectedAtFirst = new Map(catalog.streams.map((stream) => [stream.name, expectKeys(stream.name)]));
    world.advance(MINUTE_MS);
    touched = emulator.truth.ids('campaigns', emulator.truth.accounts()[0] ?? '').at(-1) ?? '';
    emulator.touch('campaign', touched, { patch: { name: 'Renamed between two syncs' } });
    emulator.add('video', { account: emulator.truth.accounts()[0] ?? '' });
    second = await sync(config);
  });
  afterAll(async () => {
    await world.close();
    rmSync(folder, { recursive: true });
  });

  async function sync(config: JsonObject): Promise<PythonSync> {
    const configPath = join(folder, 'config.json');
    writeFileSync(configPath, JSON.stringify(config));
    // The program's first line asks the path for Node.
    const env = {
      PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH']}`,
      FACEBOOK_GRAPH_URL: world.url,
      AIRBYTE_OFFLINE_MODE: '1',
      DO_NOT_TRACK: '1',
      AIRBYTE_CACHE_ROOT: folder,
      AIRBYTE_PROJECT_DIR: folder,
    };
    const words = [resolve('dist/source.js'), configPath, join(folder, 'cache.duckdb')];
    const { exitCode, stdout, stderr } = await runPython('pyairbyte_sync.py', words, { env });
    if (exitCode !== 0) throw new Error(`the sync failed: ${stderr.slice(-3_000)}`);
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  }

  function find(name: string) {
    const stream = catalog.streams.find((one) => one.name === name);
    if (stream === undefined) throw new Error(`there is no stream ${name}`);
    return stream;
  }
  function expectKeys(name: string): string[] {
    const until = new Date(world.now()).toISOString().slice(0, 10);
    return listExpectedKeys(world.emulator, find(name), { startMs, since: new Date(startMs).toISOString().slice(0, 10), until });
  }
  const keysOf = ({ cached }: PythonSync, name: string): string[] =>
    (cached[name] ?? []).map((row) => keyOfRecord(find(name), row)).sort();

  it.each(STREAMS)('has every record of %s in its cache, once', (name) => {
    expect(keysOf(first, name)).toEqual(expectedAtFirst.get(name));
  });

  it.each(STREAMS)('has every record of %s after a second sync, too', (name) => {
    expect(keysOf(second, name)).toEqual(expectKeys(name));
  });

  it('reads less the second time, and what has changed', () => {
    expect(second.processed).toBeGreaterThan(0);
    expect(second.processed).toBeLessThan(first.processed * 0.8);
    const campaign = second.cached['campaigns']?.find(({ id }) => id === touched);
    expect(campaign?.['name']).toBe('Renamed between two syncs');
    expect(second.cached['videos']).toHaveLength((first.cached['videos']?.length ?? 0) + 1);
  });
});
