import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_TOKEN } from '../../src/emulator/options.ts';
import { type RunningEmulator, startEmulator } from '../../src/emulator/server.ts';
import { systemClock } from '../../src/emulator/system-clock.ts';
import { lastAudience, memberIds } from '../support/people.ts';
import { PeopleChanges } from '../support/people-changes.ts';
import { runProgram } from '../support/run-program.ts';

const CHANGES = new PeopleChanges({ rows: 120, persons: 40, stateEvery: 9 });

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
      input: CHANGES.from(start),
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
    const truth = CHANGES.members;
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
          expect(killed.next, name).toBe(CHANGES.rows);
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
    const later = CHANGES.apply(next, CHANGES.rows);
    const members = new Set(memberIds(server.emulator, lastAudience(server.emulator)));
    for (const [id, isIn] of CHANGES.apply(0, next)) if (!later.has(id)) expect(members.has(id), name).toBe(isIn);
  }
});
