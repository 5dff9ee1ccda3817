import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isIdentifierInvalidByChance } from '../../src/emulator/audiences/row-chance.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import type { EmulatorOptions } from '../../src/emulator/options.ts';
import type { JsonObject } from '../../src/protocol/messages.ts';
import type { FakeClock } from '../support/fake-clock.ts';
import { emailId, emailIds, emailOf, lastAudience, memberIds, people, person, sha256, uploadsOf } from '../support/people.ts';
import { setUpWriting } from '../support/set-up-writing.ts';
import { sync, type WriteOptions } from '../support/write-records.ts';

function setUp(options: Partial<EmulatorOptions> = {}) {
  const { write: writeLines, ...others } = setUpWriting(options);
  return { ...others, write: (rows: readonly JsonObject[], more: WriteOptions = {}) => writeLines(sync(rows), more) };
}

/** Notes each upload's session while the calls go through. */
function noteSessions(emulator: Emulator, clock: FakeClock) {
  const sessions: string[] = [];
  const fetch: typeof globalThis.fetch = (input, init) => {
    if (String(input).endsWith('/users')) sessions.push(new URLSearchParams(String(init?.body)).get('session') ?? '');
    return clock.track(() => emulator.fetch(input, init));
  };
  return { sessions, fetch };
}

const invalid = (...numbers: readonly number[]) => ({ invalidIdentifiers: numbers.map((n) => sha256(emailOf(n))) });

describe('an upload', () => {
  it('#40 carries removals in the body of a POST, never in the address', async () => {
    const { emulator, write } = setUp();
    await write(people(5_000));
    await write(people(5_000), { streams: [{ mode: 'soft_delete' }] });
    const removals = emulator.audiences.uploads().filter(({ operation }) => operation === 'remove');
    expect(removals.map(({ rows, sentIn }) => [rows, sentIn])).toEqual([[5_000, 'form']]);
    expect(memberIds(emulator)).toEqual([]);
  });

  it('#41 rejects removals that would leave the audience too small, and goes on with additions', async () => {
    const { emulator, write } = setUp({ minimumAudienceSize: 3 });
    await write(people(3));
    const result = await write([{ ...person(1), _airbyte_op: 'delete' }, person(7)]);
    expect(result.exitCode).toBe(0);
    expect(result.states[0]?.destinationStats).toMatchObject({ recordCount: 1, rejectedRecordCount: 1 });
    expect(memberIds(emulator)).toEqual([...emailIds(3), emailId(7)].sort());
  });

  it('#42 rejects the rows that Meta names, and no others', async () => {
    const { emulator, write } = setUp(invalid(3, 5, 8));
    const result = await write(people(10));
    expect(result.states[0]?.destinationStats).toMatchObject({ recordCount: 7, rejectedRecordCount: 3 });
    expect(uploadsOf(emulator)).toEqual(['add 10']);
    expect(memberIds(emulator)).toEqual([0, 1, 2, 4, 6, 7, 9].map(emailId).sort());
  });

  it.each(['map', 'array', 'empty_array', 'empty_object', 'absent'] as const)(
    '#43 reads samples as %s',
    async (invalidSamplesShape) => {
      const { emulator, write } = setUp({ ...invalid(3), invalidSamplesShape });
      const result = await write(people(10));
      expect(result.states[0]?.destinationStats).toMatchObject({ recordCount: 9, rejectedRecordCount: 1 });
      expect(memberIds(emulator)).not.toContain(emailId(3));
      const clean = setUp({ invalidSamplesShape });
      expect((await clean.write(people(10))).states[0]?.destinationStats).toMatchObject({ recordCount: 10 });
    },
  );

  it('#44 finds all of many invalid rows, though Meta names a hundred at a time', async () => {
    const bad = Array.from({ length: 250 }, (_, place) => place * 7);
    const { emulator, write } = setUp(invalid(...bad));
    const result = await write(people(2_000));
    expect(result.states[0]?.destinationStats).toMatchObject({ recordCount: 1_750, rejectedRecordCount: 250 });
    const good = Array.from({ length: 2_000 }, (_, n) => n).filter((n) => !bad.includes(n));
    expect(memberIds(emulator)).toEqual(good.map(emailId).sort());
    expect(emulator.counters.audiences.uploads).toBeLessThan(12);
  });

  it('#44 finds them where half of the rows are invalid, and keeps each where all are', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rejects-'));
    const countKept = async () => {
      const [name = ''] = await readdir(folder);
      return (await readFile(join(folder, name), 'utf8')).split('"email":').length - 1;
    };
    const bad = Array.from({ length: 4_500 }, (_, place) => place * 2);
    const half = setUp(invalid(...bad));
    const some = await half.write(people(9_000), { config: { rejects_folder: folder } });
    expect(some.states[0]?.destinationStats).toMatchObject({ recordCount: 4_500, rejectedRecordCount: 4_500 });
    expect(half.emulator.counters.audiences.uploads).toBeLessThan(70);
    expect(await countKept()).toBe(4_500);
    await rm(folder, { recursive: true });
    const whole = setUp({ invalidRowsPercent: 100 });
    const none = await whole.write(people(9_000), { config: { rejects_folder: folder } });
    expect(none.states[0]?.destinationStats).toMatchObject({ recordCount: 0, rejectedRecordCount: 9_000 });
    expect(whole.emulator.counters.audiences.uploads).toBe(1);
    expect(await countKept()).toBe(9_000);
    await rm(folder, { recursive: true });
  });

  it('#45 counts what it can not find within its searches as one reject of the batch', async () => {
    const bad = Array.from({ length: 200 }, (_, place) => place * 10);
    const { emulator, write } = setUp({ ...invalid(...bad), invalidSamplesShape: 'absent' });
    const result = await write(people(2_000));
    const { recordCount, rejectedRecordCount } = result.states[0]?.destinationStats ?? { recordCount: 0, rejectedRecordCount: 0 };
    expect(recordCount + rejectedRecordCount).toBe(2_000);
    expect(rejectedRecordCount).toBe(200);
    expect(emulator.counters.audiences.uploads).toBeLessThan(70);
    expect(result.logs.some(({ message }) => message.includes('does not say which rows'))).toBe(true);
  });

  it('#46 sends again what Meta has not received', async () => {
    const { emulator, write } = setUp({ receivedShortEvery: 2 });
    const result = await write(people(30), { config: { batch_rows: 10 } });
    expect(result.states[0]?.destinationStats).toMatchObject({ recordCount: 30, rejectedRecordCount: 0 });
    expect(memberIds(emulator)).toEqual(emailIds(30));
  });

  it('#46 takes more rows received than sent for all of them', async () => {
    const { clock, emulator, write } = setUp();
    const fetch: typeof globalThis.fetch = (input, init) =>
      clock.track(async () => {
        const response = await emulator.fetch(input, init);
        if (!String(input).endsWith('/users')) return response;
        const text = await response.text();
        return new Response(text.replace('"num_received":10', '"num_received":20'), response);
      });
    const result = await write(people(10), { fetch });
    expect(result.states[0]?.destinationStats).toMatchObject({ recordCount: 10, rejectedRecordCount: 0 });
    expect(uploadsOf(emulator)).toEqual(['add 10']);
  });

  it('#47 rejects each of several equal rows that Meta refuses', async () => {
    const { write } = setUp(invalid(3));
    const result = await write([person(3), person(1), person(3), person(3)]);
    expect(result.states[0]?.destinationStats).toMatchObject({ recordCount: 1, rejectedRecordCount: 3 });
  });

  it('#57 is made again when its answer is a page of HTML, empty, cut off, or no JSON', async () => {
    for (const kind of [
      'html',
      'http_502',
      'empty_body',
      'empty_object',
      'bad_json',
      'truncated',
      'reset',
      'service_unavailable_503',
    ] as const) {
      const { emulator, write } = setUp({ faults: { script: [{ match: { edge: 'users', nth: 1 }, kind }] } });
      const result = await write(people(10));
      expect(result.exitCode, kind).toBe(0);
      expect(memberIds(emulator)).toEqual(emailIds(10));
    }
  });

  it.each(['applied_then_500', 'applied_then_502', 'applied_then_reset', 'applied_then_empty_body'] as const)(
    '#58 is asked about, and not counted twice, when it was applied and its answer got lost: %s',
    async (kind) => {
      const { emulator, write } = setUp({ faults: { script: [{ match: { edge: 'users', nth: 1 }, kind }] } });
      const result = await write(people(10));
      expect(result.states[0]?.destinationStats).toMatchObject({ recordCount: 10, rejectedRecordCount: 0 });
      expect(emulator.counters.byEdge['sessions']).toBe(1);
      expect(uploadsOf(emulator)).toHaveLength(1);
      expect(memberIds(emulator)).toEqual(emailIds(10));
    },
  );

  it('#58 finds the invalid rows of an upload whose answer got lost', async () => {
    const script = [{ match: { edge: 'users', nth: 1 }, kind: 'applied_then_500' as const }];
    const { emulator, write } = setUp({ ...invalid(2, 4), faults: { script } });
    const result = await write(people(10));
    expect(result.states[0]?.destinationStats).toMatchObject({ recordCount: 8, rejectedRecordCount: 2 });
    expect(memberIds(emulator)).toHaveLength(8);
  });

  it('#59 is made again, as a session of its own, when the connection breaks', async () => {
    const { clock, emulator, write } = setUp({ faults: { script: [{ match: { edge: 'users', nth: 1 }, kind: 'reset' }] } });
    const { sessions, fetch } = noteSessions(emulator, clock);
    await write(people(10), { fetch });
    expect(memberIds(emulator)).toEqual(emailIds(10));
    expect(sessions).toHaveLength(2);
    expect(new Set(sessions).size).toBe(2);
  });

  it('is a session of its own in another attempt of the job, where Meta would add up what it received', async () => {
    const { clock, emulator, write } = setUp();
    const { sessions, fetch } = noteSessions(emulator, clock);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await write(people(10), { fetch, streams: [{ syncId: 3 }] });
      await clock.sleep(60_000);
    }
    expect(sessions).toHaveLength(2);
    expect(new Set(sessions).size).toBe(2);
  });

  it.each(['1/99', '105', '413', 'html'] as const)('#60 is cut when it is too large: %s', async (oversizeUploadAnswer) => {
    const { emulator, write } = setUp({ maximumUploadRows: 300, oversizeUploadAnswer });
    const result = await write(people(1_000));
    expect(result.exitCode).toBe(0);
    expect(memberIds(emulator)).toEqual(emailIds(1_000));
    expect(emulator.counters.audiences.uploads).toBeLessThan(30);
  });

  it.each(['unknown_1', 'unknown_99'] as const)('#57 rejects no rows for a hiccup of some minutes: %s', async (kind) => {
    const script = [1, 2, 3, 4, 5].map((nth) => ({ match: { edge: 'users', nth }, kind }));
    const { emulator, write } = setUp({ faults: { script } });
    const result = await write(people(10));
    expect(result.states[0]?.destinationStats).toMatchObject({ recordCount: 10, rejectedRecordCount: 0 });
    expect(memberIds(emulator)).toEqual(emailIds(10));
  });

  it('#57 fails, and rejects no rows, where Meta answers nothing but that an unknown error occurred', async () => {
    const { emulator, write } = setUp({ faults: { script: [{ match: { edge: 'users' }, kind: 'unknown_1' }] } });
    const result = await write(people(1_000));
    expect(result.errors[0]).toMatchObject({ failure_type: 'transient_error', stream: 'people' });
    expect(result.states).toEqual([]);
    expect(emulator.counters.byEdge['users']).toBeLessThan(30);
  });

  it('#60 rejects a single row that is still too large', async () => {
    const { emulator, write } = setUp({ maximumUploadBytes: 420, oversizeUploadAnswer: '413' });
    const rows = [{ email: emailOf(1), phone: '+15559876543', external_id: 'x'.repeat(90) }, { email: emailOf(2) }];
    const result = await write(rows);
    expect(result.states[0]?.destinationStats).toMatchObject({ recordCount: 1, rejectedRecordCount: 1 });
    expect(memberIds(emulator)).toEqual([emailId(2)]);
  });

  it('finds exactly the rows that are invalid by chance, of many', async () => {
    const { emulator, write } = setUp({ invalidRowsPercent: 10 });
    const result = await write(people(5_000));
    const good = Array.from({ length: 5_000 }, (_, n) => n).filter((n) => !isIdentifierInvalidByChance(sha256(emailOf(n)), 10));
    expect(memberIds(emulator)).toEqual(good.map(emailId).sort());
    expect(result.states[0]?.destinationStats).toMatchObject({
      recordCount: good.length,
      rejectedRecordCount: 5_000 - good.length,
    });
  });

  it('is a session of its own with an id that a JSON number holds', async () => {
    const { emulator, write } = setUp();
    await write(people(30), { config: { batch_rows: 10 } });
    const sessions = emulator.audiences.uploads(lastAudience(emulator)).map(({ session }) => session);
    expect(sessions).toHaveLength(3);
    for (const session of sessions) {
      expect(session).toMatchObject({ batchSeq: 1, isLast: true });
      expect(Number.isSafeInteger(Number(session?.id))).toBe(true);
    }
    expect(new Set(sessions.map((session) => session?.id)).size).toBe(3);
  });
});
