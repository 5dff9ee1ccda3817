import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isIdentifierInvalidByChance } from '../../src/emulator/audiences/row-chance.ts';
import { DEFAULT_TOKEN } from '../../src/emulator/options.ts';
import { type RunningEmulator, startEmulator } from '../../src/emulator/server.ts';
import { catalogOf, FULL_COLUMNS, fullPerson, STATE_EVERY, syncOf } from '../support/full-people.ts';
import { readImageEnvironment, readImageFlags } from '../support/image-flags.ts';
import { emailOf, lastAudience, sha256 } from '../support/people.ts';
import { runProgram } from '../support/run-program.ts';

const ROWS = 1_000_000;
const MAX_MIB = 150;

describe(`${ROWS} people`, () => {
  let server: RunningEmulator;
  beforeAll(async () => {
    server = await startEmulator({ accounts: 1 });
  });
  afterAll(() => server.close());

  const config = (more: object = {}) => ({
    account_id: server.emulator.truth.accounts()[0],
    credentials: { auth_type: 'Service', access_token: DEFAULT_TOKEN },
    ...more,
  });

  it(`#83 are all in the audience, written within ${MAX_MIB} MiB, with the image's flags`, async () => {
    const delivered: number[] = [];
    const { exitCode, peakMiB, cpuSeconds } = await runProgram({
      program: 'destination',
      command: 'write',
      config: config(),
      catalog: catalogOf(FULL_COLUMNS),
      input: syncOf(ROWS, fullPerson),
      graphUrl: server.url,
      nodeOptions: readImageFlags('destination'),
      env: readImageEnvironment(),
      onMessage: (message) => {
        if (message.type === 'STATE') delivered.push(message.state.destinationStats?.recordCount ?? 0);
      },
    });
    process.stdout.write(
      `  ${ROWS} rows of five columns: ${Math.round(ROWS / cpuSeconds)} a second of one core, ${Math.round(peakMiB)} MiB at most\n`,
    );
    expect(exitCode).toBe(0);
    expect(delivered).toEqual(Array.from({ length: ROWS / STATE_EVERY }, () => STATE_EVERY));
    const audience = lastAudience(server.emulator);
    expect(server.emulator.audiences.countMembers(audience)).toBe(ROWS);
    const missing: number[] = [];
    for (let n = 0; n < ROWS; n += 1) {
      if (!server.emulator.audiences.hasMember(audience, `EMAIL:${sha256(emailOf(n))}`)) missing.push(n);
    }
    expect(missing).toEqual([]);
    expect(peakMiB).toBeLessThan(MAX_MIB);
  });

  it('are all accounted for through 5 % faults of every kind and 10 % invalid rows, each reject with its row and reason', async () => {
    const count = 200_000;
    const folder = mkdtempSync(join(tmpdir(), 'rejects-'));
    server.emulator.configure({ invalidRowsPercent: 10, faults: { rate: 0.05, kinds: 'transient_writes', seed: 5 } });
    const sums = { delivered: 0, rejected: 0 };
    const { exitCode } = await runProgram({
      program: 'destination',
      command: 'write',
      config: config({ rejects_folder: folder, audiences: [{ stream_name: 'people', audience_name: 'through faults' }] }),
      catalog: catalogOf(['email']),
      input: syncOf(count, (n) => ({ email: emailOf(n) })),
      graphUrl: server.url,
      onMessage: (message) => {
        if (message.type !== 'STATE') return;
        sums.delivered += message.state.destinationStats?.recordCount ?? 0;
        sums.rejected += message.state.destinationStats?.rejectedRecordCount ?? 0;
      },
    });
    server.emulator.configure({ invalidRowsPercent: 0, faults: {} });
    const rejected = readRejects(folder);
    rmSync(folder, { recursive: true });
    expect(exitCode).toBe(0);
    const audience = lastAudience(server.emulator);
    const bad: string[] = [];
    const wrong: number[] = [];
    for (let n = 0; n < count; n += 1) {
      const cell = sha256(emailOf(n));
      const isBad = isIdentifierInvalidByChance(cell, 10);
      if (isBad) bad.push(cell);
      if (server.emulator.audiences.hasMember(audience, `EMAIL:${cell}`) === isBad) wrong.push(n);
    }
    expect(wrong).toEqual([]);
    expect(server.emulator.audiences.countMembers(audience)).toBe(count - bad.length);
    expect(sums).toEqual({ delivered: count - bad.length, rejected: bad.length });
    expect(rejected.sort()).toEqual(bad.sort());
  });
});

/** The rejected rows, all of which must have been refused by Meta for a reason. */
function readRejects(folder: string): string[] {
  return readdirSync(folder).flatMap((name) =>
    readFileSync(join(folder, name), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => {
        const { email, _reject: reject } = JSON.parse(line);
        if (reject.reason_code !== 'refused_by_meta' || reject.message === '') throw new Error(`an odd reject: ${line}`);
        return email as string;
      }),
  );
}
