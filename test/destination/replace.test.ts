import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createEmulator } from '../../src/emulator/emulator.ts';
import type { FaultKind } from '../../src/emulator/faults/fault-catalog.ts';
import type { EmulatorOptions } from '../../src/emulator/options.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { emailId, emailIds, emailOf, memberIds, people, person, sha256, uploadsOf } from '../support/people.ts';
import {
  audienceIds,
  complete,
  record,
  type StreamSetup,
  state,
  sync,
  type WriteOptions,
  write,
} from '../support/write-records.ts';

const MINUTE = 60_000;

function setUp(options: Partial<EmulatorOptions> = {}) {
  const clock = new FakeClock({ auto: true });
  const emulator = createEmulator({ audiencesPerAccount: 40, ...options }, clock);
  const [audience = ''] = audienceIds(emulator);
  emulator.configure({ audienceStates: { [audience]: { otherMembers: 0 } } });
  const replace = (lines: readonly string[], more: WriteOptions & { readonly stream?: StreamSetup } = {}) =>
    write(emulator, lines, { clock, streams: [{ objectName: audience, mode: 'overwrite', ...more.stream }], ...more });
  const add = (count: number, from = 0) =>
    write(emulator, sync(people(count, from)), { clock, streams: [{ objectName: audience }] });
  return { clock, emulator, audience, replace, add };
}

const script = (nth: number, kind: FaultKind) => ({ faults: { script: [{ match: { edge: 'usersreplace', nth }, kind }] } });
const replacements = (emulator: ReturnType<typeof setUp>['emulator']) =>
  emulator.audiences.uploads().filter(({ operation }) => operation === 'replace');

describe('a replacement', () => {
  it('puts the list in the place of all that was there, in batches of one session', async () => {
    const { emulator, audience, replace, add } = setUp();
    await add(5);
    const result = await replace(sync(people(25, 3)), { config: { batch_rows: 10 } });
    expect(result.errors).toEqual([]);
    expect(memberIds(emulator, audience)).toEqual(emailIds(25, 3));
    expect(replacements(emulator).map(({ session, rows }) => [session?.batchSeq, session?.isLast, rows])).toEqual([
      [1, false, 10],
      [2, false, 10],
      [3, true, 5],
    ]);
    expect(new Set(replacements(emulator).map(({ session }) => session?.id)).size).toBe(1);
    expect(result.states[0]?.destinationStats).toMatchObject({ recordCount: 25, rejectedRecordCount: 0 });
  });

  it('holds each person once, and none that was removed again', async () => {
    const { emulator, audience, replace } = setUp();
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
    const { emulator, audience, replace } = setUp();
    const rows = [person(1), { first_name: 'Mary' }, { first_name: 'Mary', _airbyte_op: 'delete' }];
    const config = { weak_removals: true, limited_data_use: { mode: 'all' } };
    expect((await replace(sync(rows), { config })).errors).toEqual([]);
    expect(memberIds(emulator, audience)).toEqual([emailId(1)]);
  });

  it('#65 waits while another one is under way', async () => {
    const { clock, emulator, audience, replace } = setUp({ replaceProcessingMs: 20 * MINUTE });
    await replace(sync(people(3)));
    const startedMs = clock.now();
    const result = await replace(sync(people(5, 10)));
    expect(result.errors).toEqual([]);
    expect(clock.now() - startedMs).toBeGreaterThan(5 * MINUTE);
    await clock.advance(30 * MINUTE);
    expect(memberIds(emulator, audience)).toEqual(emailIds(5, 10));
  });

  it('#65 lets additions wait for one under way, too', async () => {
    const { clock, emulator, audience, replace, add } = setUp({ replaceProcessingMs: 20 * MINUTE });
    await replace(sync(people(3)));
    const result = await add(2, 7);
    expect(result.errors).toEqual([]);
    await clock.advance(30 * MINUTE);
    expect(memberIds(emulator, audience)).toEqual([...emailIds(3), ...emailIds(2, 7)].sort());
  });

  it('#66 restores the whole list after a crash behind its first batch', async () => {
    const { clock, emulator, audience, replace } = setUp();
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
    expect(replacements(emulator)).toHaveLength(1);
    // In the meantime, some have left the list.
    const again = await replace(sync(people(25, 5)), { config: { batch_rows: 10 }, stream });
    expect(again.errors).toEqual([]);
    expect(memberIds(emulator, audience)).toEqual(emailIds(25, 5));
  });

  it('#66 restores it after many crashes, too', async () => {
    const { clock, emulator, audience, replace } = setUp();
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
    const { emulator, audience, replace } = setUp(script(2, kind));
    const result = await replace(sync(people(30)), { config: { batch_rows: 10 } });
    expect(result.errors).toEqual([]);
    expect(memberIds(emulator, audience)).toEqual(emailIds(30));
  });

  it('#68 adds the rest where Meta has ended the session', async () => {
    const { emulator, audience, replace } = setUp(script(2, 'replace_timed_out_1870158'));
    const result = await replace(sync(people(30)), { config: { batch_rows: 10 } });
    expect(result.errors).toEqual([]);
    expect(uploadsOf(emulator)).toEqual(['replace 10', 'add 10', 'add 10']);
    expect(memberIds(emulator, audience)).toEqual(emailIds(30));
  });

  it('#68 fails where the audience is too large to be replaced', async () => {
    const { emulator, replace } = setUp(script(1, 'replace_too_large_1870144'));
    const result = await replace(sync(people(3)));
    expect(result.errors[0]).toMatchObject({ failure_type: 'config_error', stream: 'people' });
    expect(result.errors[0]?.message).toMatch(/too large/);
    expect(emulator.counters.byEdge['usersreplace']).toBe(1);
  });

  it('is made again where Meta could not complete it', async () => {
    const { emulator, audience, replace } = setUp({ replaceFailEvery: 2, replaceProcessingMs: MINUTE });
    await replace(sync(people(3)));
    const result = await replace(sync(people(5, 10)));
    expect(result.errors).toEqual([]);
    expect(memberIds(emulator, audience)).toEqual(emailIds(5, 10));
  });

  it('#69 leaves the audience alone and acknowledges nothing where the source has not finished', async () => {
    const { emulator, audience, replace, add } = setUp();
    await add(5);
    const before = replacements(emulator).length;
    const result = await replace([state(1), ...people(3, 20).map((row) => record(row)), record({ email: 'broken' }), state(2)]);
    expect(result.exitCode).toBe(1);
    expect(result.states).toEqual([]);
    expect(replacements(emulator)).toHaveLength(before);
    expect(memberIds(emulator, audience)).toEqual(emailIds(5));
    expect(result.errors[0]).toMatchObject({ failure_type: 'transient_error', stream: 'people' });
  });

  it('#69 #81 is not made of a part of the stream, where the rest could not be taken', async () => {
    const { emulator, audience, replace, add } = setUp();
    await add(5);
    const folder = await mkdtemp(join(tmpdir(), 'no-folder-'));
    const file = join(folder, 'file');
    await writeFile(file, '');
    const broken = Array.from({ length: 10_000 }, () => ({ email: 'broken' }));
    const result = await replace(sync([...people(3, 20), ...broken, ...people(3, 30)]), { config: { rejects_folder: file } });
    await rm(folder, { recursive: true });
    expect(result.exitCode).toBe(1);
    expect(result.states).toEqual([]);
    expect(replacements(emulator)).toEqual([]);
    expect(memberIds(emulator, audience)).toEqual(emailIds(5));
  });

  it('#70 is not made of nothing', async () => {
    const { emulator, audience, replace, add } = setUp();
    await add(5);
    const failed = await replace([state(1), complete()], { stream: { columns: ['email'] } });
    expect(failed.errors[0]).toMatchObject({ failure_type: 'config_error', stream: 'people' });
    expect(failed.errors[0]?.message).toMatch(/replace\.on_empty/);
    expect(failed.states).toEqual([]);
    const skipped = await replace([state(1), complete()], {
      stream: { columns: ['email'] },
      config: { replace: { on_empty: 'skip' } },
    });
    expect(skipped.exitCode).toBe(0);
    expect(skipped.states).toHaveLength(1);
    expect(memberIds(emulator, audience)).toEqual(emailIds(5));
    expect(replacements(emulator)).toEqual([]);
  });

  it('does not let an audience shrink by more than the config allows', async () => {
    const { emulator, audience, replace } = setUp();
    emulator.configure({ audienceStates: { [audience]: { otherMembers: 50_000 } } });
    const failed = await replace(sync(people(10)));
    expect(failed.errors[0]?.message).toMatch(/replace\.on_shrink/);
    const skipped = await replace(sync(people(10)), { config: { replace: { on_shrink: 'skip' } } });
    expect(skipped.exitCode).toBe(0);
    expect(skipped.states[0]?.destinationStats).toMatchObject({ recordCount: 0, rejectedRecordCount: 10 });
    expect(replacements(emulator)).toEqual([]);
    const allowed = await replace(sync(people(10)), { config: { replace: { max_shrink_percent: 100 } } });
    expect(allowed.errors).toEqual([]);
    expect(replacements(emulator)).toHaveLength(1);
  });

  it('is not made of the few rows that are left where more are rejected than the config allows', async () => {
    const { emulator, audience, replace, add } = setUp();
    await add(5);
    const rows = Array.from({ length: 200 }, (_, n) => (n % 4 === 0 ? person(n) : { email: 'broken' }));
    const result = await replace(sync(rows), { config: { max_reject_ratio: 0.5 } });
    expect(result.errors[0]).toMatchObject({ failure_type: 'config_error', stream: 'people' });
    expect(result.errors[0]?.message).toMatch(/max_reject_ratio/);
    expect(result.states).toEqual([]);
    expect(replacements(emulator)).toEqual([]);
    expect(memberIds(emulator, audience)).toEqual(emailIds(5));
  });

  it('leaves external ids out, or rejects rows without one, where only some have one', async () => {
    const rows = [
      { external_id: 'c-1', email: emailOf(1) },
      { external_id: '', email: emailOf(2) },
      { external_id: 'c-3', email: '' },
    ];
    const dropping = setUp();
    const dropped = await dropping.replace(sync(rows));
    expect(dropped.states[0]?.destinationStats).toMatchObject({ recordCount: 2, rejectedRecordCount: 1 });
    expect(memberIds(dropping.emulator, dropping.audience)).toEqual([emailId(1), emailId(2)].sort());
    const rejecting = setUp();
    const rejected = await rejecting.replace(sync(rows), { config: { replace: { mixed_extern_ids: 'reject_rows' } } });
    expect(rejected.states[0]?.destinationStats).toMatchObject({ recordCount: 2, rejectedRecordCount: 1 });
    expect(memberIds(rejecting.emulator, rejecting.audience)).toEqual(['EXTERN_ID:c-1', 'EXTERN_ID:c-3', emailId(1)].sort());
  });

  it('rejects the rows that Meta finds invalid, named or not', async () => {
    for (const invalidSamplesShape of ['map', 'absent'] as const) {
      const invalidIdentifiers = [3, 5, 17].map((n) => sha256(emailOf(n)));
      const { emulator, audience, replace } = setUp({ invalidIdentifiers, invalidSamplesShape });
      const result = await replace(sync(people(30)), { config: { batch_rows: 10 } });
      expect(result.states[0]?.destinationStats).toMatchObject({ recordCount: 27, rejectedRecordCount: 3 });
      expect(memberIds(emulator, audience)).toHaveLength(27);
    }
  });

  it.each(['applied_then_500', 'applied_then_reset', 'applied_then_empty_body', 'reset', 'http_502', 'html'] as const)(
    'is complete though an answer gets lost: %s at each batch',
    async (kind) => {
      for (const nth of [1, 2, 3]) {
        const { emulator, audience, replace } = setUp({ ...script(nth, kind), replaceProcessingMs: 2 * MINUTE });
        const result = await replace(sync(people(30)), { config: { batch_rows: 10 } });
        expect(result.errors, `${kind} at ${nth}`).toEqual([]);
        expect(memberIds(emulator, audience)).toEqual(emailIds(30));
        expect(result.states[0]?.destinationStats).toMatchObject({ recordCount: 30 });
      }
    },
  );

  it.each(['unknown_1', 'unknown_99'] as const)('is made in spite of a hiccup: %s', async (kind) => {
    const faults = { script: [1, 2, 3, 4].map((nth) => ({ match: { edge: 'usersreplace', nth }, kind })) };
    const { emulator, audience, replace } = setUp({ faults });
    const result = await replace(sync(people(3)));
    expect(result.errors).toEqual([]);
    expect(memberIds(emulator, audience)).toEqual(emailIds(3));
  });

  it('sends smaller batches where they are too large', async () => {
    const { emulator, audience, replace } = setUp({ maximumUploadRows: 8, oversizeUploadAnswer: '413' });
    const result = await replace(sync(people(30)), { config: { batch_rows: 10 } });
    expect(result.errors).toEqual([]);
    expect(memberIds(emulator, audience)).toEqual(emailIds(30));
  });

  it('#78 is what a truncating refresh asks for, and no other', async () => {
    const cases: readonly [StreamSetup, string[]][] = [
      [{ mode: 'append', generationId: 5, minimumGenerationId: 5 }, ['replace 2']],
      [{ mode: 'append', generationId: 5, minimumGenerationId: 0 }, ['add 2']],
      [{ mode: 'append_dedup' }, ['add 2']],
      [{ mode: 'overwrite', generationId: 5, minimumGenerationId: 0 }, ['replace 2']],
    ];
    for (const [stream, uploads] of cases) {
      const { emulator, replace } = setUp();
      expect((await replace(sync(people(2)), { stream })).errors).toEqual([]);
      expect(uploadsOf(emulator)).toEqual(uploads);
    }
    const { emulator, replace } = setUp();
    const hybrid = await replace(sync(people(2)), { stream: { mode: 'append', generationId: 5, minimumGenerationId: 3 } });
    expect(hybrid.errors[0]).toMatchObject({ failure_type: 'config_error' });
    expect(uploadsOf(emulator)).toEqual([]);
  });
});
