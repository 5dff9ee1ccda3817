import { afterAll, describe, expect, it } from 'vitest';
import { type RunningEmulator, startEmulator } from '../../../src/emulator/server.ts';
import { createFetch } from '../../../src/http/create-fetch.ts';
import type { FailureType } from '../../../src/protocol/messages.ts';
import type { Fetch } from '../../../src/runtime.ts';
import { listTruth } from '../../support/entity-truth.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { emailIds, memberIds, people } from '../../support/people.ts';
import { readSource } from '../../support/read-source.ts';
import { rowsOf } from '../../support/run-program.ts';
import { sync, write } from '../../support/write-records.ts';
import { findClosedAddress, serverFaults, startBrokenServer } from './broken-server.ts';

const GRAPH = 'https://graph.facebook.com';
/** Real milliseconds without any timer, after which an answer is believed not to come. */
const QUIET_TURNS = 60;

type Network = AsyncDisposable & { readonly url: string };

const at = (url: string): Network => ({ url, [Symbol.asyncDispose]: async () => undefined });
const networks: Readonly<Record<string, () => Promise<Network>>> = {
  ...Object.fromEntries(serverFaults.map((fault) => [fault, () => startBrokenServer(fault)])),
  'connection refused': async () => at(await findClosedAddress()),
  'unknown host': async () => at('http://graph.invalid'),
  'no TLS on the other side': async () => {
    const server = await startBrokenServer('empty body');
    return { url: server.url.replace('http:', 'https:'), [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
  },
};

const results = new Map<string, string[]>();
afterAll(() => {
  const rows = [...results].map(
    ([name, outcomes]) => `  ${name.padEnd(28)}${outcomes.map((outcome) => outcome.padEnd(10)).join('')}`,
  );
  process.stdout.write(`\nReal sockets: read once, read for good, write once, write for good\n${rows.join('\n')}\n`);
});

/** A real `fetch`, whose first `broken` calls go to the broken place. */
function createBreakingFetch(emulatorUrl: string, brokenUrl: string, broken: number): Fetch {
  const fetch = createFetch();
  let calls = 0;
  return (url, init) => {
    calls += 1;
    return fetch(url.replace(GRAPH, calls <= broken ? brokenUrl : emulatorUrl), init);
  };
}

async function withNetwork<T>(
  name: string,
  broken: number,
  work: (running: RunningEmulator, fetch: Fetch, clock: FakeClock) => Promise<T>,
): Promise<T> {
  await using network = await (networks[name] as () => Promise<Network>)();
  const clock = new FakeClock({ auto: true, quietTurns: QUIET_TURNS });
  const running = await startEmulator({}, clock);
  try {
    return await work(running, createBreakingFetch(running.url, network.url, broken), clock);
  } finally {
    await running.close();
  }
}

const read = (name: string, broken: number) =>
  withNetwork(name, broken, async ({ emulator }, fetch, clock) => {
    const run = await readSource(emulator, { clock, fetch, streams: { campaigns: ['id'] } });
    const ids = rowsOf(run.messages, 'campaigns').map(({ id }) => String(id));
    return { ...run, isWhole: JSON.stringify(ids.sort()) === JSON.stringify(listTruth(emulator, 'campaigns')) };
  });

const upload = (name: string, broken: number) =>
  withNetwork(name, broken, async ({ emulator }, fetch, clock) => {
    const run = await write(emulator, sync(people(5)), { clock, fetch });
    const isWhole =
      run.states.length === 1 &&
      emulator.audiences.uploads().length > 0 &&
      JSON.stringify(memberIds(emulator)) === JSON.stringify(emailIds(5));
    return { ...run, isWhole };
  });

describe('a real network', () => {
  it.each(Object.keys(networks))('%s: everything after one, and a told failure where it stays', async (name) => {
    const isForGood: FailureType = name === 'redirect loop' ? 'config_error' : 'transient_error';
    const outcomes: string[] = [];
    for (const run of [read, upload]) {
      const once = await run(name, 1);
      if (name === 'redirect loop') expect(once.exitCode).toBe(once.isWhole ? 0 : 1);
      else
        expect({ exitCode: once.exitCode, errors: once.errors, isWhole: once.isWhole }).toEqual({
          exitCode: 0,
          errors: [],
          isWhole: true,
        });
      outcomes.push(once.isWhole ? 'whole' : 'reported');
      const always = await run(name, Number.POSITIVE_INFINITY);
      expect(always).toMatchObject({ exitCode: 1 });
      const { errors } = always;
      expect(new Set(errors.map(({ failure_type: type }) => type))).toEqual(new Set([isForGood]));
      outcomes.push('reported');
    }
    results.set(name, outcomes);
  });
});
