import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_TOKEN } from '../../src/emulator/options.ts';
import { type RunningEmulator, startEmulator } from '../../src/emulator/server.ts';
import { systemClock } from '../../src/emulator/system-clock.ts';
import type { JsonObject } from '../../src/protocol/messages.ts';
import { emailId, lastAudience, memberIds, person } from '../support/people.ts';
import { runProgram } from '../support/run-program.ts';
import { complete, record } from '../support/write-records.ts';

const ROWS = 120;
const STATE_EVERY = 9;
/** Far fewer persons than rows: each is added and removed many times. */
const PERSONS = 40;

/** A changelog that ends with some persons in and some out. */
const CHANGES: readonly JsonObject[] = Array.from({ length: ROWS }, (_, at) => ({
  ...person((at * 7) % PERSONS),
  _airbyte_op: (at * 11) % 5 < 3 ? 'insert' : 'delete',
}));

/** The sync from this row on, as a source that is given its last state sends it. */
function* changesFrom(start: number): Generator<string> {
  for (let at = start; at < ROWS; at += 1) {
    yield record(CHANGES[at] as JsonObject);
    if (at % STATE_EVERY === STATE_EVERY - 1 || at === ROWS - 1) yield stateAt(at + 1);
  }
  yield complete();
}

function stateAt(next: number): string {
  const stream = { stream_descriptor: { name: 'people' }, stream_state: { next } };
  return JSON.stringify({ type: 'STATE', state: { type: 'STREAM', stream, id: next } });
}

/** Whether each person is in, when the first rows have been applied; absent for those who have not come. */
function applyChanges(end: number): Map<string, boolean> {
  const members = new Map<string, boolean>();
  for (const { email, _airbyte_op: operation } of CHANGES.slice(0, end)) {
    members.set(emailId(Number(/\d+/.exec(String(email))?.[0])), operation === 'insert');
  }
  return members;
}

const catalogOf = (mode: string) => ({
  streams: [
    {
      stream: { name: 'people', json_schema: { properties: { email: {}, _airbyte_op: {} } } },
      sync_mode: 'incremental',
      destination_sync_mode: mode,
      sync_id: 5,
      generation_id: 2,
    },
  ],
});

describe('a write that is killed at a call', () => {
  let server: RunningEmulator;
  let handle: RunningEmulator['emulator']['handle'];
  /** How far the Graph API's clock is ahead of the real one: a replacement that was cut off ends by itself after 90 minutes. */
  let aheadMs = 0;
  beforeAll(async () => {
    const clock = { now: () => systemClock.now() + aheadMs, sleep: systemClock.sleep };
    server = await startEmulator({ accounts: 1 }, clock);
    handle = server.emulator.handle.bind(server.emulator);
  });
  afterAll(() => server.close());

  /** Runs from this row on; at call number `killAt` the program dies, before the call is done or after. */
  async function runFrom(
    start: number,
    options: { readonly killAt?: number; readonly isDone?: boolean; readonly mode: string; readonly name: string },
  ) {
    let kill = () => {};
    let calls = 0;
    server.emulator.handle = async (request, signal) => {
      calls += 1;
      if (calls !== options.killAt) return handle(request, signal);
      if (options.isDone) await handle(request, signal);
      kill();
      // Nobody is there to take an answer.
      return { status: 500, headers: {}, body: '', delivery: 'reset' };
    };
    const result = await runProgram({
      program: 'destination',
      command: 'write',
      graphUrl: server.url,
      config: {
        account_id: server.emulator.truth.accounts()[0],
        credentials: { auth_type: 'Service', access_token: DEFAULT_TOKEN },
        batch_rows: 10,
        audiences: [{ stream_name: 'people', audience_name: options.name }],
      },
      catalog: catalogOf(options.mode),
      input: changesFrom(start),
      onStart: (end) => {
        kill = end;
      },
    });
    server.emulator.handle = handle;
    const states = result.messages.flatMap((message) =>
      message.type === 'STATE' ? [message.state.stream.stream_state['next'] as number] : [],
    );
    return { exitCode: result.exitCode, next: states.at(-1) ?? start, calls };
  }

  it.each(['append_dedup', 'overwrite'])('ends with the same audience as one that was not, wherever it was: %s', async (mode) => {
    const truth = [...applyChanges(ROWS)]
      .filter(([, isIn]) => isIn)
      .map(([id]) => id)
      .sort();
    const { calls } = await runFrom(0, { mode, name: `whole ${mode}` });
    expect(memberIds(server.emulator)).toEqual(truth);
    expect(calls).toBeGreaterThan(6);
    for (let killAt = 1; killAt <= calls; killAt += 1) {
      for (const isDone of [false, true]) {
        const name = `${mode} ${killAt} ${isDone}`;
        const killed = await runFrom(0, { mode, name, killAt, isDone });
        expect(killed.exitCode, name).not.toBe(0);
        if (mode === 'append_dedup' && killed.next > 0) checkAcknowledged(killed.next, name);
        if (mode === 'overwrite' && killed.next > 0) {
          // All was acknowledged: it was killed at a call that only tells how the audience stands.
          expect(killed.next, name).toBe(ROWS);
          expect(memberIds(server.emulator), name).toEqual(truth);
          continue;
        }
        if (mode === 'overwrite') aheadMs += 95 * 60_000;
        const resumed = await runFrom(killed.next, { mode, name });
        expect(resumed.exitCode, name).toBe(0);
        expect(memberIds(server.emulator), name).toEqual(truth);
      }
    }
  });

  /** What was acknowledged is true, as far as later rows have not changed it. */
  function checkAcknowledged(next: number, name: string): void {
    const later = new Set(CHANGES.slice(next).map(({ email }) => emailId(Number(/\d+/.exec(String(email))?.[0]))));
    const members = new Set(memberIds(server.emulator, lastAudience(server.emulator)));
    for (const [id, isIn] of applyChanges(next)) if (!later.has(id)) expect(members.has(id), name).toBe(isIn);
  }
});
