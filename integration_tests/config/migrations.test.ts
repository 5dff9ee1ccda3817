import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_TOKEN } from '../../src/emulator/options.ts';
import type { AirbyteMessage, JsonObject } from '../../src/protocol/messages.ts';
import { parseConfig } from '../../src/source/parse-config.ts';
import { configureCatalog, discoverCatalog, runProgram } from '../../test/support/run-program.ts';
import { type FrozenEmulator, startFrozenEmulator } from '../support/frozen-emulator.ts';
import { runPython } from '../support/python.ts';
import { OLD_CONFIGS } from './old-configs.ts';

interface Migrated {
  readonly config: JsonObject;
  readonly controls: readonly JsonObject[];
}

const controlsOf = (messages: readonly AirbyteMessage[]): readonly JsonObject[] =>
  messages.flatMap((message) => (message.type === 'CONTROL' ? [message.control.connectorConfig.config] : []));

describe('a config of an earlier form', () => {
  let migrated: readonly Migrated[];
  beforeAll(async () => {
    const { stdout } = await runPython('migrate_configs.py', [], {
      input: JSON.stringify(OLD_CONFIGS.map(({ config }) => config)),
    });
    migrated = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  });

  it.each(OLD_CONFIGS.map((old, place) => ({ ...old, place })))(
    '$title: becomes what the peer makes of it',
    async ({ config, isRenewed, place }) => {
      const peer = migrated[place];
      // Nobody answers there: the config comes before the first call.
      const { messages } = await runProgram({ command: 'discover', config, graphUrl: 'http://127.0.0.1:9' });
      const controls = controlsOf(messages);
      expect(controls).toEqual(isRenewed ? [peer?.config] : []);
      expect(JSON.stringify(messages.filter(({ type }) => type !== 'CONTROL'))).not.toMatch(/EAAB|secret-of/);
      // In memory both go by the same config.
      expect(parseConfig(config)).toEqual(parseConfig({ ...peer?.config }));
    },
  );

  it('that lacks a default makes the peer store it, and us not', () => {
    const place = OLD_CONFIGS.findIndex(({ title }) => title === 'no action breakdowns');
    expect(migrated[place]?.controls).toHaveLength(1);
  });
});

describe('the CONTROL message', () => {
  let world: FrozenEmulator;
  beforeAll(async () => {
    world = await startFrozenEmulator({ accounts: 1 });
  });
  afterAll(() => world.close());

  it.each(['check', 'discover', 'read'] as const)('comes once and first in %s, and the next run has none', async (command) => {
    const { url: graphUrl, emulator } = world;
    const config = { account_id: emulator.truth.accounts()[0], access_token: DEFAULT_TOKEN };
    const streams = configureCatalog(await discoverCatalog(config, graphUrl), { streams: ['campaigns'] });
    const catalog = command === 'read' ? { catalog: streams } : {};
    const first = await runProgram({ command, config, ...catalog, graphUrl });
    const [renewed, ...others] = controlsOf(first.messages);
    expect(first.exitCode).toBe(0);
    expect(first.messages[0]?.type).toBe('CONTROL');
    expect(others).toEqual([]);
    const second = await runProgram({ command, config: renewed, ...catalog, graphUrl });
    expect([second.exitCode, controlsOf(second.messages)]).toEqual([0, []]);
    expect(JSON.stringify(first.messages.slice(1))).not.toContain(DEFAULT_TOKEN);
  });

  it('is all that happens to the config: its file stays as it was, and may be read-only', () => {
    const folder = mkdtempSync(join(tmpdir(), 'config-'));
    const path = join(folder, 'config.json');
    const text = JSON.stringify({ account_id: '1', access_token: DEFAULT_TOKEN });
    writeFileSync(path, text);
    chmodSync(path, 0o400);
    const before = statSync(path).mtimeMs;
    const output = execFileSync(process.execPath, ['dist/source.js', 'discover', '--config', path], { encoding: 'utf8' });
    expect(output).toContain('"CONTROL"');
    expect([readFileSync(path, 'utf8'), statSync(path).mtimeMs]).toEqual([text, before]);
  });
});
