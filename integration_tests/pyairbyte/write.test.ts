import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_TOKEN } from '../../src/emulator/options.ts';
import { type RunningEmulator, startEmulator } from '../../src/emulator/server.ts';
import { emailId, memberIds } from '../../test/support/people.ts';
import { PYTHON, runPython } from '../support/python.ts';

const COUNT = 1_000;

describe('PyAirbyte with the destination', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pyairbyte-'));
  let server: RunningEmulator;
  beforeAll(async () => {
    server = await startEmulator();
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  function writeExecutable(name: string, words: readonly string[]): string {
    const path = join(folder, name);
    writeFileSync(path, `#!/bin/sh\nexec ${words.map((word) => `'${word}'`).join(' ')} "$@"\n`);
    chmodSync(path, 0o755);
    return path;
  }

  it('writes everyone who has an identifier into an audience, and its replacement replaces them', async () => {
    const config = join(folder, 'config.json');
    const account = server.emulator.truth.accounts()[0];
    const credentials = { auth_type: 'Service', access_token: DEFAULT_TOKEN };
    writeFileSync(config, JSON.stringify({ account_id: account, credentials }));
    const destination = writeExecutable('destination', [process.execPath, resolve('dist/destination.js')]);
    const source = writeExecutable('source', [PYTHON, resolve('integration_tests/python/people_source.py')]);
    const env = {
      FACEBOOK_GRAPH_URL: server.url,
      AIRBYTE_OFFLINE_MODE: '1',
      DO_NOT_TRACK: '1',
      AIRBYTE_CACHE_ROOT: folder,
      AIRBYTE_PROJECT_DIR: folder,
    };
    const run = () => runPython('pyairbyte_write.py', [destination, config, source], { env });
    const expected = Array.from({ length: COUNT }, (_, n) => n)
      .filter((n) => n % 100 !== 99)
      .map(emailId)
      .sort();
    for (const sync of [1, 2]) {
      const { exitCode, stdout, stderr } = await run();
      expect({ sync, exitCode }, stderr.slice(-3_000)).toEqual({ sync, exitCode: 0 });
      expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toEqual({ processed: COUNT });
      expect(memberIds(server.emulator)).toEqual(expected);
    }
  });
});
