import { describe, expect, it } from 'vitest';
import { createEmulator } from '../../src/emulator/emulator.ts';
import type { FaultKind } from '../../src/emulator/faults/fault-catalog.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { emailId, emailIds, emailOf, memberIds, people, person, sha256, uploadsOf } from '../support/people.ts';
import { audienceIds, sync, write } from '../support/write-records.ts';
import { listReplacements, setUpReplacement } from './replace-setup.ts';

const MINUTE = 60_000;

const script = (nth: number, kind: FaultKind) => ({ faults: { script: [{ match: { edge: 'usersreplace', nth }, kind }] } });

describe('a replacement', () => {
  it('puts the list in the place of all that was there, in batches of one session', async () => {
    const { emulator, audience, replace, add } = setUpReplacement();
    await add(5);
    const result = await replace(sync(people(25, 3)), { config: { batch_rows: 10 } });
    expect(result.errors).toEqual([]);
    expect(memberIds(emulator, audience)).toEqual(emailIds(25, 3));
    expect(listReplacements(emulator).map(({ session, rows }) => [session?.batchSeq, session?.isLast, rows])).toEqual([
      [1, false, 10],
      [2, false, 10],
      [3, true, 5],
    ]);
    expect(new Set(listReplacements(emulator).map(({ session }) => session?.id)).size).toBe(1);
    expect(result.states[0]?.destinationStats).toMatchObject({ recordCount: 25, rejectedRecordCount: 0 });
  });

  it('holds each person once, and none that was removed again', async () => {
    const { emulator, audience, replace } = setUpReplacement();
    const rows = [...people(4), person(1), { ...person(2), _airbyte_op: 'delete' }, { email: emailOf(9) }];
    const result = await replace(sync(rows));
    expect(memberIds(emulator, audience)).toEqual([0, 1, 3, 9].map(emailId).sort());
    expect(result.states[0]?.destinationStats).toEqual({
      recordCount: 7,
      rejectedRecordCount: 0,
      additionalStats: { added: 4, removed: 1, superseded: 2 },
    });
  });

  it('holds none that was removed again by name alone, whatever only an addition has beside it', async () => {
    const { emulator, audience, replace } = setUpReplacement();
    const rows = [person(1), { first_name: 'Mary' }, { first_name: 'Mary', _airbyte_op: 'delete' }];
    const config = { weak_removals: true, limited_data_use: { mode: 'all' } };
    expect((await replace(sync(rows), { config })).errors).toEqual([]);
    expect(memberIds(emulator, audience)).toEqual([emailId(1)]);
  });

  it('#65 waits while another one is under way', async () => {
    const { clock, emulator, audience, replace } = setUpReplacement({ replaceProcessingMs: 20 * MINUTE });
    await replace(sync(people(3)));
    const startedMs = clock.now();
    const result = await replace(sync(people(5, 10)));
    expect(result.errors).toEqual([]);
    expect(clock.now() - startedMs).toBeGreaterThan(5 * MINUTE);
    await clock.advance(30 * MINUTE);
    expect(memberIds(emulator, audience)).toEqual(emailIds(5, 10));
  });

  it('#65 lets additions wait for one under way, too', async () => {
    const { clock, emulator, audience, replace, add } = setUpReplacement({ replaceProcessingMs: 20 * MINUTE });
    await replace(sync(people(3)));
    const result = await add(2, 7);
    expect(result.errors).toEqual([]);
    await clock.advance(30 * MINUTE);
    expect(memberIds(emulator, audience)).toEqual([...emailIds(3), ...emailIds(2, 7)].sort());
  });

  it('#66 restores the whole list after a crash behind its first batch', async () => {
    const { clock, emulator, audience, replace } = setUpReplacement();
    const stop = new AbortController();
    let calls = 0;
    const fetch: typeof globalThis.fetch = (input, init) =>
      clock.track(async () => {
        const response = await emulator.fetch(input, init);
        if (String(input).includes('usersreplace')) {
          calls += 1;
          if (calls === 1) stop.abort(new Error('killed'));
        }
        return response;
      });
    const stream = { generationId: 7, syncId: 3 };
    const killed = await replace(sync(people(30)), { config: { batch_rows: 10 }, fetch, signal: stop.signal, stream });
    expect(killed.exitCode).toBe(1);
    expect(killed.states).toEqual([]);
    expect(listReplacements(emulator)).toHaveLength(1);
    // In the meantime, some have left the list.
    const again = await replace(sync(people(25, 5)), { config: { batch_rows: 10 }, stream });
    expect(again.errors).toEqual([]);
    expect(memberIds(emulator, audience)).toEqual(emailIds(25, 5));
  });

  it('#66 restores it after many crashes, too', async () => {
    const { clock, emulator, audience, replace } = setUpReplacement();
    const stream = { generationId: 7, syncId: 3 };
    for (let crash = 0; crash < 4; crash += 1) {
      const stop = new AbortController();
      const fetch: typeof globalThis.fetch = (input, init) =>
        clock.track(async () => {
          const response = await emulator.fetch(input, init);
          if (String(input).includes('usersreplace') && response.ok) stop.abort(new Error('killed'));
          return response;
        });
      await replace(sync(people(30)), { config: { batch_rows: 10 }, fetch, signal: stop.signal, stream });
    }
    const result = await replace(sync(people(5, 50)), { stream });
    expect(result.errors).toEqual([]);
    expect(memberIds(emulator, audience)).toEqual(emailIds(5, 50));
  });

  it('#67 adds what does not fit into the time of a session', async () => {
    const clock = new FakeClock({ auto: true });
    const emulator = createEmulator({ audiencesPerAccount: 40, latencyMs: 2.4 * MINUTE }, clock);
    const [audience = ''] = audienceIds(emulator);
    emulator.configure({ audienceStates: { [audience]: { otherMembers: 0 } } });
    const result = await write(emulator, sync(people(120)), {
      clock,
      // The emulator itself waits for the clock, which must not stand still for it.
      fetch: emulator.fetch,
      config: { batch_rows: 3 },
      streams: [{ objectName: audience, mode: 'overwrite' }],
    });
    expect(result.errors).toEqual([]);
    expect(memberIds(emulator, audience)).toEqual(emailIds(120));
    const kinds = uploadsOf(emulator).map((upload) => upload.split(' ')[0]);
    expect(kinds.filter((kind) => kind === 'replace').length).toBeGreaterThan(30);
    expect(kinds.at(-1)).toBe('add');
    expect(result.states[0]?.destinationStats).toMatchObject({ recordCount: 120 });
  });

  it.each([
    'replace_not_begun_1870147',
    'replace_finished_1870159',
    'replace_incomplete_1870148',
    'replace_running_1870145',
  ] as const)('#68 is begun anew where Meta lost its place: %s', async (kind) => {
    const { emulator, audience, replace } = setUpReplacement(script(2, kind));
    const result = await replace(sync(people(30)), { config: { batch_rows: 10 } });
    expect(result.errors).toEqual([]);
    expect(memberIds(emulator, audience)).toEqual(emailIds(30));
  });

  it('#68 adds the rest where Meta has ended the session', async () => {
    const { emulator, audience, replace } = setUpReplacement(script(2, 'replace_timed_out_1870158'));
    const result = await replace(sync(people(30)), { config: { batch_rows: 10 } });
    expect(result.errors).toEqual([]);
    expect(uploadsOf(emulator)).toEqual(['replace 10', 'add 10', 'add 10']);
    expect(memberIds(emulator, audience)).toEqual(emailIds(30));
  });

  it('#68 fails where the audience is too large to be replaced', async () => {
    const { emulator, replace } = setUpReplacement(script(1, 'replace_too_large_1870144'));
    const result = await replace(sync(people(3)));
    expect(result.errors[0]).toMatchObject({ failure_type: 'config_error', stream: 'people' });
    expect(result.errors[0]?.message).toMatch(/too large/);
    expect(emulator.counters.byEdge['usersreplace']).toBe(1);
  });

  it('is made again where Meta could not complete it', async () => {
    const { emulator, audience, replace } = setUpReplacement({ replaceFailEvery: 2, replaceProcessingMs: MINUTE });
    await replace(sync(people(3)));
    const result = await replace(sync(people(5, 10)));
    expect(result.errors).toEqual([]);
    expect(memberIds(emulator, audience)).toEqual(emailIds(5, 10));
  });

  it('rejects the rows that Meta finds invalid, named or not', async () => {
    for (const invalidSamplesShape of ['map', 'absent'] as const) {
      const invalidIdentifiers = [3, 5, 17].map((n) => sha256(emailOf(n)));
      const { emulator, audience, replace } = setUpReplacement({ invalidIdentifiers, invalidSamplesShape });
      const result = await replace(sync(people(30)), { config: { batch_rows: 10 } });
      expect(result.states[0]?.destinationStats).toMatchObject({ recordCount: 27, rejectedRecordCount: 3 });
      expect(memberIds(emulator, audience)).toHaveLength(27);
    }
  });

  it.each(['applied_then_500', 'applied_then_reset', 'applied_then_empty_body', 'reset', 'http_502', 'html'] as const)(
    'is complete though an answer gets lost: %s at each batch',
    async (kind) => {
      for (const nth of [1, 2, 3]) {
        const { emulator, audience, replace } = setUpReplacement({ ...script(nth, kind), replaceProcessingMs: 2 * MINUTE });
        const result = await replace(sync(people(30)), { config: { batch_rows: 10 } });
        expect(result.errors, `${kind} at ${nth}`).toEqual([]);
        expect(memberIds(emulator, audience)).toEqual(emailIds(30));
        expect(result.states[0]?.destinationStats).toMatchObject({ recordCount: 30 });
      }
    },
  );

  it.each(['unknown_1', 'unknown_99'] as const)('is made in spite of a hiccup: %s', async (kind) => {
    const faults = { script: [1, 2, 3, 4].map((nth) => ({ match: { edge: 'usersreplace', nth }, kind })) };
    const { emulator, audience, replace } = setUpReplacement({ faults });
    const result = await replace(sync(people(3)));
    expect(result.errors).toEqual([]);
    expect(memberIds(emulator, audience)).toEqual(emailIds(3));
  });

  it('sends smaller batches where they are too large', async () => {
    const { emulator, audience, replace } = setUpReplacement({ maximumUploadRows: 8, oversizeUploadAnswer: '413' });
    const result = await replace(sync(people(30)), { config: { batch_rows: 10 } });
    expect(result.errors).toEqual([]);
    expect(memberIds(emulator, audience)).toEqual(emailIds(30));
  });
});
