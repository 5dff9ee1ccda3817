import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../../src/emulator/faults/fault-catalog.ts';
import { DEFAULT_TOKEN } from '../../src/emulator/options.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { emailIds, emailOf, memberIds, people, person, sha256, uploadsOf } from '../support/people.ts';
import { setUpWriting } from '../support/set-up-writing.ts';
import { accountOf, audienceIds, complete, record, state, sync } from '../support/write-records.ts';

/** Meets this fault at the nth upload. */
const faultAt = (nth: number, kind: FaultKind) => ({ faults: { script: [{ match: { edge: 'users', nth }, kind }] } });

/** One state for each ten people. */
function syncInTens(count: number): string[] {
  const lines = people(count).flatMap((row, place) => [record(row), ...(place % 10 === 9 ? [state((place + 1) / 10)] : [])]);
  return [...lines, complete()];
}

const tens = { config: { batch_rows: 10 } };
const idsOf = (result: { readonly states: readonly { readonly id?: number }[] }) => result.states.map(({ id }) => id);

describe('an error that the user has to mend', () => {
  it.each(['200/1870034', '200/1870090', '200/1870092', '2655', '2663', '2664'] as const)(
    '#48 sends whoever has not accepted the terms to the page where they are accepted: %s',
    async (refusal) => {
      const { emulator, write } = setUpWriting();
      const account = accountOf(emulator);
      emulator.configure({ audienceRefusals: { [account]: refusal } });
      const result = await write(sync(people(3)));
      expect(result.exitCode).toBe(1);
      expect(result.errors[0]).toMatchObject({ failure_type: 'config_error', stream: 'people' });
      expect(result.errors[0]?.message).toContain(`https://business.facebook.com/ads/manage/customaudiences/tos/?act=${account}`);
      expect(result.states).toEqual([]);
      expect(emulator.counters.byEdge['customaudiences']).toBeLessThan(4);
    },
  );

  it.each(['100/33', '1487366'] as const)(
    '#49 stops a stream whose audience is deleted in the middle: %s',
    async (deletedAudienceAnswer) => {
      const { emulator, write } = setUpWriting({ deletedAudienceAnswer, audiencesPerAccount: 40 });
      const [first = '', second = ''] = audienceIds(emulator);
      const streams = [
        { name: 'one', objectName: first, columns: ['email'] },
        { name: 'two', objectName: second, columns: ['email'] },
      ];
      const lines = [
        ...people(10).map((row) => record(row, 'one')),
        state(1, 'one'),
        ...people(10, 10).map((row) => record(row, 'one')),
        state(2, 'one'),
        ...people(10).map((row) => record(row, 'two')),
        state(3, 'two'),
        complete('one'),
        complete('two'),
      ];
      let calls = 0;
      const clock = new FakeClock({ auto: true });
      const fetch: typeof globalThis.fetch = (input, init) =>
        clock.track(() => {
          if (String(input).includes(`${first}/users`)) {
            calls += 1;
            if (calls === 2) emulator.configure({ audienceStates: { [first]: { deleted: true } } });
          }
          return emulator.fetch(input, init);
        });
      const result = await write(lines, { streams, fetch, clock, ...tens });
      expect(result.exitCode).toBe(1);
      expect(idsOf(result).sort()).toEqual([1, 3]);
      expect(result.errors[0]).toMatchObject({ stream: 'one', failure_type: 'config_error' });
      expect(memberIds(emulator, second)).toEqual(emailIds(10));
    },
  );

  it('#51 stops at an audience that Meta has flagged', async () => {
    const { emulator, write } = setUpWriting({ audiencesPerAccount: 40 });
    const [audience = ''] = audienceIds(emulator);
    emulator.configure({ audienceStates: { [audience]: { flagged: true } } });
    const result = await write(sync(people(3)), { streams: [{ objectName: audience }] });
    expect(result.errors[0]).toMatchObject({ failure_type: 'config_error' });
    expect(result.errors[0]?.message).toMatch(/flagged/);
    expect(uploadsOf(emulator)).toEqual([]);
  });

  it.each(['permission_200', 'token_expired_463', 'bad_signature_104'] as const)(
    '#52 #53 #54 keeps what was acknowledged before %s, and tries no more than a few times',
    async (kind) => {
      const { emulator, write } = setUpWriting(faultAt(3, kind));
      const result = await write(syncInTens(50), tens);
      expect(result.exitCode).toBe(1);
      expect(idsOf(result)).toEqual([1, 2]);
      expect(result.errors[0]).toMatchObject({ failure_type: 'config_error', stream: 'people' });
      expect(emulator.counters.audiences.uploads).toBeLessThan(7);
      expect(memberIds(emulator)).toEqual(emailIds(20));
      const reports = result.logs.filter(({ message }) => message.startsWith('stream people: '));
      expect(reports).toMatchObject([{ level: 'info', message: expect.stringMatching(/ records, 20 added, 0 rejected$/) }]);
    },
  );

  it('#54 tells that the app secret is wrong', async () => {
    const { write } = setUpWriting();
    const result = await write(sync(people(1)), { config: { app_secret: 'not-the-secret' } });
    expect(result.errors[0]).toMatchObject({ failure_type: 'config_error' });
    expect(result.errors[0]?.message).toMatch(/secret/);
  });

  it('#64 refuses to choose between two audiences of one name', async () => {
    const { emulator, write } = setUpWriting();
    const account = accountOf(emulator);
    for (const _ of [1, 2]) {
      await emulator.fetch(`http://graph/v25.0/act_${account}/customaudiences`, {
        method: 'POST',
        headers: { authorization: `Bearer ${DEFAULT_TOKEN}` },
        body: new URLSearchParams({ name: 'people', subtype: 'CUSTOM', customer_file_source: 'USER_PROVIDED_ONLY' }),
      });
    }
    const result = await write(sync(people(1)));
    expect(result.errors[0]).toMatchObject({ failure_type: 'config_error' });
    expect(result.errors[0]?.message).toMatch(/2 audiences named "people"/);
    expect(uploadsOf(emulator)).toEqual([]);
  });
});

describe('an error that passes', () => {
  it.each(['too_many_calls_80003', 'custom_limit_613', 'account_limit_17'] as const)(
    '#55 waits at the limit %s, tells the platform, and goes on',
    async (kind) => {
      const { emulator, write } = setUpWriting(faultAt(2, kind));
      const result = await write(syncInTens(30), tens);
      expect(result.exitCode).toBe(0);
      expect(idsOf(result)).toEqual([1, 2, 3]);
      expect(memberIds(emulator)).toEqual(emailIds(30));
      expect(result.text).toContain('"reasons":[{"type":"RATE_LIMITED","rate_limited":{"quota_reset":');
    },
  );

  it('#55 gives up after an hour of waiting, and keeps what was acknowledged', async () => {
    const { clock, emulator, write } = setUpWriting({ callsPerHour: 6, blockMinutes: 600 });
    const startedMs = clock.now();
    const result = await write(syncInTens(100), tens);
    expect(result.exitCode).toBe(1);
    expect(result.errors[0]).toMatchObject({ failure_type: 'transient_error', stream: 'people' });
    expect(clock.now() - startedMs).toBeLessThanOrEqual(62 * 60_000);
    expect(result.states.length).toBeGreaterThan(1);
    expect(memberIds(emulator)).toEqual(emailIds(result.states.length * 10));
  });

  it('#55 gives up after an hour, too, where it can not even find its audience', async () => {
    const script = [{ match: { edge: 'customaudiences' }, kind: 'too_many_calls_80003' as const }];
    const { clock, write } = setUpWriting({ faults: { script } });
    const startedMs = clock.now();
    const result = await write(sync(people(3)));
    expect(result.errors[0]).toMatchObject({ failure_type: 'transient_error', stream: 'people' });
    expect(clock.now() - startedMs).toBeLessThanOrEqual(61 * 60_000);
  });

  it('#55 waits for no limit when all is written', async () => {
    const script = [{ match: { edge: 'node', nth: 2 }, kind: 'too_many_calls_80003' as const }];
    const { clock, emulator, write } = setUpWriting({ faults: { script }, audiencesPerAccount: 40 });
    const [audience = ''] = audienceIds(emulator);
    const startedMs = clock.now();
    const result = await write(sync(people(3)), { streams: [{ objectName: audience }] });
    expect(result.exitCode).toBe(0);
    expect(emulator.counters.errors['80003/2446079']).toBe(1);
    expect(clock.now() - startedMs).toBeLessThan(1_000);
  });

  it('#56 slows down before a limit blocks it', async () => {
    const { clock, emulator, write } = setUpWriting({ callsPerHour: 40 });
    const startedMs = clock.now();
    const result = await write(syncInTens(360), tens);
    expect(result.exitCode).toBe(0);
    expect(emulator.counters.errors['80003/2446079'] ?? 0).toBe(0);
    expect(clock.now() - startedMs).toBeGreaterThan(5_000);
  });

  it('#61 stops at a suspicion of abuse, and does not hammer', async () => {
    const { emulator, write } = setUpWriting(faultAt(2, 'abusive_368'));
    const result = await write(syncInTens(50), tens);
    expect(result.exitCode).toBe(1);
    expect(result.errors[0]).toMatchObject({ failure_type: 'transient_error', stream: 'people' });
    expect(idsOf(result)).toEqual([1]);
    expect(emulator.counters.audiences.uploads).toBeLessThan(4);
  });

  it('gives up an audience that takes no change for hours, though its status is normal, and does not hammer', async () => {
    const { clock, emulator, write } = setUpWriting({
      faults: { script: [{ match: { edge: 'users' }, kind: 'replace_running_1870145' }] },
    });
    const startedMs = clock.now();
    let calls = 0;
    const fetch: typeof globalThis.fetch = (input, init) =>
      clock.track(async () => {
        calls += 1;
        if (calls > 200) throw new TypeError('hammered');
        return emulator.fetch(input, init);
      });
    const result = await write(sync(people(3)), { fetch });
    expect(result.errors[0]).toMatchObject({ failure_type: 'transient_error', stream: 'people' });
    expect(calls).toBeLessThan(80);
    expect(clock.now() - startedMs).toBeLessThanOrEqual(96 * 60_000);
  });

  it('#62 waits for a new audience to be known everywhere', async () => {
    const { emulator, write } = setUpWriting({ newAudienceLagMs: 60_000 });
    const result = await write(sync(people(3)));
    expect(result.exitCode).toBe(0);
    expect(memberIds(emulator)).toEqual(emailIds(3));
    const tooLong = setUpWriting({ newAudienceLagMs: 600_000 });
    const failed = await tooLong.write(sync(people(3)));
    expect(failed.exitCode).toBe(1);
    expect(failed.states).toEqual([]);
  });

  it.each(['applied_then_reset', 'empty_object'] as const)(
    '#63 makes one audience, though the answer to its creation gets lost: %s',
    async (kind) => {
      const script = [{ match: { edge: 'customaudiences', isWrite: true, nth: 1 }, kind }];
      const { emulator, write } = setUpWriting({ faults: { script } });
      const before = audienceIds(emulator).length;
      const result = await write(sync(people(3)));
      expect(result.exitCode).toBe(0);
      expect(audienceIds(emulator)).toHaveLength(before + 1);
    },
  );

  it('#82 tells no token, no person and no sample of Meta’s, whatever goes wrong', async () => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const { emulator, write } = setUpWriting({
        faults: { rate: 0.4, kinds: 'all', seed },
        invalidIdentifiers: [sha256(emailOf(7))],
      });
      // Calls that are never answered must not keep the clock from going on.
      const result = await write(syncInTens(30), { ...tens, fetch: emulator.fetch });
      const everything = JSON.stringify([result.text, result.logs]);
      for (const secret of [DEFAULT_TOKEN, emailOf(7), sha256(emailOf(7)), '[object']) expect(everything).not.toContain(secret);
    }
  });

  it('uses the audience of the stream’s name again in the next sync', async () => {
    const { emulator, write } = setUpWriting();
    await write(sync(people(3)));
    const before = audienceIds(emulator).length;
    await write(sync(people(3, 3)));
    expect(audienceIds(emulator)).toHaveLength(before);
    expect(memberIds(emulator)).toEqual(emailIds(6));
  });

  it('#46 #57 delivers everything through faults of every kind', async () => {
    const { emulator, write } = setUpWriting({ faults: { rate: 0.3, kinds: 'transient_writes', seed: 3 } });
    const result = await write(syncInTens(400), { ...tens, streams: [{}] });
    expect(result.errors).toEqual([]);
    expect(idsOf(result)).toHaveLength(40);
    expect(memberIds(emulator)).toEqual(emailIds(400));
  });
});

describe('more rejects than the config allows', () => {
  it('fail the stream that they are of, and no other one of the same audience', async () => {
    const { emulator, write } = setUpWriting({ audiencesPerAccount: 40 });
    const [audience = ''] = audienceIds(emulator);
    const streams = ['one', 'two'].map((name) => ({ name, objectName: audience, columns: ['email'] }));
    const lines = [
      ...Array.from({ length: 200 }, () => record({ email: 'broken' }, 'one')),
      ...people(200).map((row) => record(row, 'one')),
      ...people(200, 200).map((row) => record(row, 'two')),
      state(1, 'two'),
      complete('one'),
      complete('two'),
    ];
    const result = await write(lines, { streams, config: { batch_rows: 100, max_reject_ratio: 0.2 } });
    expect(result.exitCode).toBe(1);
    expect(result.errors.map(({ stream }) => stream)).toEqual(['one', undefined]);
    expect(result.errors[0]?.message).toMatch(/Stream one: 200 of \d+ records are rejected .* max_reject_ratio/);
    expect(idsOf(result)).toEqual([1]);
  });
});

describe('a mode that does not fit', () => {
  it('#28 sends no values to an audience that takes none, and none without to one that needs them', async () => {
    const { emulator, write } = setUpWriting({ audiencesPerAccount: 40 });
    const [plain = '', valued = ''] = audienceIds(emulator);
    emulator.configure({ audienceStates: { [valued]: { valueBased: true }, [plain]: { valueBased: false } } });
    const columns = [{ column: 'worth', match_key: 'LOOKALIKE_VALUE' }];
    const row = { ...person(1), worth: 5 };
    const sent = await write(sync([row]), { config: { audiences: [{ stream_name: 'people', audience_id: plain, columns }] } });
    expect(sent.errors[0]?.message).toMatch(/is not value-based/);
    const missing = await write(sync([row]), { config: { audiences: [{ stream_name: 'people', audience_id: valued }] } });
    expect(missing.errors[0]?.message).toMatch(/is value-based/);
    expect(uploadsOf(emulator)).toEqual([]);
  });
});
