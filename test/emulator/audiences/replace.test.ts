import { describe, expect, it } from 'vitest';
import type { EmulatorOptions } from '../../../src/emulator/options.ts';
import {
  type AudienceCaller,
  createAudienceCaller,
  email,
  emails,
  hash,
  labelOf,
  manyNames,
  session,
} from './audience-caller.ts';

const SESSION_MS = 90 * 60_000;
const STATUS = { fields: 'operation_status' };

interface Scene extends AudienceCaller {
  /** An audience of the people `old1` and `old2`. */
  readonly id: string;
  send(names: readonly string[], id: number, batchSeq: number, isLast?: boolean): Promise<string>;
  status(): Promise<number>;
}

async function setUp(options: Partial<EmulatorOptions> = {}): Promise<Scene> {
  const caller = createAudienceCaller(options);
  const id = await caller.create();
  await caller.add(id, emails('old1', 'old2'));
  return {
    ...caller,
    id,
    send: async (names, sessionId, batchSeq, isLast = false) =>
      labelOf(await caller.replace(id, emails(...names), session(sessionId, batchSeq, isLast))),
    status: async () => {
      const body = await caller.get(id, STATUS);
      return (body['operation_status'] as { readonly code: number }).code;
    },
  };
}

const old = [email('old1'), email('old2')];

describe('a replacement', () => {
  it('puts the rows of all its batches in the place of everybody, once the last has come', async () => {
    const { id, send, status, members, emulator } = await setUp();
    expect(await send(['a'], 1, 1)).toBe('ok');
    expect(await status()).toBe(414);
    expect(members(id)).toEqual(old);
    expect(await send(['b', 'old1'], 1, 2, true)).toBe('ok');
    expect(await status()).toBe(200);
    expect(members(id)).toEqual([email('a'), email('b'), email('old1')]);
    expect(emulator.counters.audiences).toMatchObject({ replaces: 1, replacesFinished: 1, replacesTimedOut: 0 });
  });

  it('may be one batch, and its last flag may be left out until the last', async () => {
    const { id, send, replace, members } = await setUp();
    expect(await send(['a'], 1, 1, true)).toBe('ok');
    expect(members(id)).toEqual([email('a')]);
    expect(labelOf(await replace(id, emails('b'), { session_id: 2, batch_seq: 1 }))).toBe('ok');
    expect(labelOf(await replace(id, emails('c'), { session_id: 2, batch_seq: 2, last_batch_flag: true }))).toBe('ok');
    expect(members(id)).toEqual([email('b'), email('c')]);
  });

  it('takes all batches but the first in any order, and more than once', async () => {
    const { id, send, replace, members, get } = await setUp();
    await send(['a'], 1, 1);
    for (const [name, batchSeq] of [['d', 4] as const, ['b', 2] as const, ['d', 4] as const, ['c', 3] as const]) {
      expect(await send([name], 1, batchSeq)).toBe('ok');
    }
    expect((await replace(id, emails('e'), session(1, 5, true))).num_received).toBe(6);
    expect(members(id)).toEqual(['a', 'd', 'b', 'c', 'e'].map(email));
    expect((await get(`${id}/sessions`)).data).toMatchObject([{ session_id: '1', num_received: '6', stage: 'uploading' }]);
  });

  it('drops invalid rows, and says which', async () => {
    const { id, replace, members } = await setUp();
    const body = await replace(id, { schema: ['EMAIL'], data: [[hash('a')], ['nonsense']] }, session(1));
    expect(body).toMatchObject({ num_received: 2, num_invalid_entries: 1, audience_id: id, session_id: '1' });
    expect(Object.keys(body.invalid_entry_samples)).toEqual(['["nonsense"]']);
    expect(members(id)).toEqual([email('a')]);
  });

  it('needs both payload and session', async () => {
    const { id, post } = await setUp();
    const payload = JSON.stringify(emails('a'));
    expect((await post(`${id}/usersreplace`, { payload })).error.message).toBe('(#100) Missing parameter(s): session');
    const alone = await post(`${id}/usersreplace`, { session: JSON.stringify(session(1)) });
    expect(alone.error.message).toBe('(#100) Missing parameter(s): payload');
    const empty = await post(`${id}/usersreplace`, {
      payload: '{"schema":["EMAIL"],"data":[]}',
      session: JSON.stringify(session(1)),
    });
    expect(empty.error.message).toBe('(#100) Data is missing or does not match schema');
  });

  it('begins with its first batch only', async () => {
    const { id, send, status, members } = await setUp();
    expect(await send(['a'], 1, 2)).toBe('2650/1870147');
    expect(await send(['a'], 1, 2, true)).toBe('2650/1870147');
    expect(await status()).toBe(200);
    expect(members(id)).toEqual(old);
  });

  it('can not begin twice, nor while another one runs', async () => {
    const { id, send, members } = await setUp();
    await send(['a'], 1, 1);
    expect(await send(['a'], 1, 1)).toBe('2650/1870145');
    expect(await send(['x'], 2, 1)).toBe('2650/1870145');
    expect(await send(['x'], 2, 2)).toBe('2650/1870145');
    expect(await send(['b'], 1, 2, true)).toBe('ok');
    expect(members(id)).toEqual([email('a'), email('b')]);
  });

  it('keeps one schema', async () => {
    const { id, send, replace, members } = await setUp();
    await send(['a'], 1, 1);
    const other = { schema: ['EMAIL', 'FN'], data: [[hash('b'), '']] };
    expect((await replace(id, other, session(1, 2))).error.message).toBe('(#100) Data is missing or does not match schema');
    expect(await send(['c'], 1, 3, true)).toBe('ok');
    expect(members(id)).toEqual([email('a'), email('c')]);
  });

  it('is over after its last batch', async () => {
    const { send } = await setUp();
    await send(['a'], 1, 1, true);
    for (const batchSeq of [1, 2]) expect(await send(['b'], 1, batchSeq, true)).toBe('2650/1870159');
    expect(await send(['b'], 2, 1, true)).toBe('ok');
  });

  it('ends by itself after 90 minutes, with whatever has come', async () => {
    const { id, send, status, members, clock, emulator } = await setUp();
    await send(['a'], 1, 1);
    await clock.advance(SESSION_MS - 60_000);
    await send(['b'], 1, 2);
    await clock.advance(59_999);
    expect(await status()).toBe(414);
    expect(members(id)).toEqual(old);
    await clock.advance(1);
    expect(await status()).toBe(200);
    expect(members(id)).toEqual([email('a'), email('b')]);
    expect(await send(['c'], 1, 3, true)).toBe('2650/1870158');
    expect(await send(['c'], 1, 1)).toBe('2650/1870158');
    expect(members(id)).toEqual([email('a'), email('b')]);
    expect(emulator.counters.audiences).toMatchObject({ replacesFinished: 0, replacesTimedOut: 1 });
  });

  it('can be made whole by adding the rest once it has timed out', async () => {
    const { id, send, add, members, clock } = await setUp();
    await send(['a'], 1, 1);
    await clock.advance(SESSION_MS);
    expect(labelOf(await add(id, emails('b')))).toBe('ok');
    expect(members(id)).toEqual([email('a'), email('b')]);
  });

  it('is in progress for a while after its last batch', async () => {
    const { id, send, add, status, members, clock } = await setUp({ replaceProcessingMs: 60_000 });
    await send(['a'], 1, 1, true);
    expect(await status()).toBe(414);
    expect(members(id)).toEqual(old);
    expect(await send(['b'], 1, 2)).toBe('2650/1870159');
    expect(await send(['b'], 2, 1)).toBe('2650/1870145');
    expect(labelOf(await add(id, emails('b')))).toBe('2650/1870145');
    await clock.advance(60_000);
    expect(await status()).toBe(200);
    expect(members(id)).toEqual([email('a')]);
    expect(await send(['b'], 2, 1)).toBe('ok');
  });

  it('lets nobody be added or removed beside it', async () => {
    const { id, send, add, remove, members } = await setUp();
    await send(['a'], 1, 1);
    expect(labelOf(await add(id, emails('x')))).toBe('2650/1870145');
    expect(labelOf(await remove(id, emails('old1')))).toBe('2650/1870145');
    await send(['b'], 1, 2, true);
    expect(labelOf(await add(id, emails('x')))).toBe('ok');
    expect(members(id)).toEqual(['a', 'b', 'x'].map(email));
  });

  it('loses those who leave every audience meanwhile', async () => {
    const { id, send, post, emulator, members } = await setUp();
    await send(['a', 'b'], 1, 1);
    const account = emulator.truth.accounts()[0];
    await post(`act_${account}/usersofanyaudience`, { method: 'DELETE', payload: JSON.stringify(emails('a', 'old1')) });
    expect(members(id)).toEqual([email('old2')]);
    await send(['c'], 1, 2, true);
    expect(members(id)).toEqual([email('b'), email('c')]);
  });

  it('may fail and leave the audience as it was, to be made again', async () => {
    const { id, send, status, members, emulator } = await setUp({ replaceFailEvery: 2 });
    await send(['a'], 1, 1, true);
    expect(await send(['b'], 2, 1, true)).toBe('ok');
    expect(await status()).toBe(415);
    expect(members(id)).toEqual([email('a')]);
    expect(await send(['b'], 2, 1, true)).toBe('2650/1870159');
    expect(await send(['b'], 3, 1, true)).toBe('ok');
    expect(await status()).toBe(200);
    expect(members(id)).toEqual([email('b')]);
    expect(emulator.counters.audiences).toMatchObject({ replaces: 3, replacesFinished: 2, replacesFailed: 1 });
  });

  it('may fail with its last batch and leave the audience incomplete', async () => {
    const { id, send, status, members } = await setUp({ replaceFailEvery: 1, replaceFailure: '1870148' });
    expect(await send(['a'], 1, 1)).toBe('ok');
    expect(await send(['b'], 1, 2, true)).toBe('2650/1870148');
    expect(await status()).toBe(415);
    expect(members(id)).toEqual([email('a')]);
  });

  it.each([
    ['414', { operationStatus: 414 }, '2650/1870145'],
    ['300', { operationStatus: 300 }, '2650/1870145'],
    ['415', { operationStatus: 415 }, 'ok'],
    ['471', { flagged: true }, '100/1713230'],
    ['200, but a hundred million people', { otherMembers: 100_000_000 }, '2650/1870144'],
    ['200, and fewer', { otherMembers: 99_999_997 }, 'ok'],
    ['200, but another subtype', { subtype: 'LOOKALIKE' }, '2650'],
  ])('of an audience in the status %s answers accordingly', async (_, state, label) => {
    const { id, send, emulator } = await setUp();
    emulator.configure({ audienceStates: { [id]: state } });
    expect(await send(['a'], 1, 1, true)).toBe(label);
  });

  it('is not known at first by a new audience', async () => {
    const { create, replace } = createAudienceCaller({ newAudienceLagMs: 1 });
    const { error } = await replace(await create(), emails('a'), session(1));
    expect(error.message).toBe('(#803) Some of the aliases you requested do not exist: usersreplace');
  });

  it('takes values for value-based audiences, and for no others', async () => {
    const { create, replace, id, send } = await setUp();
    const valued = await create({ is_value_based: '1' });
    const withValues = { schema: ['EMAIL', 'LOOKALIKE_VALUE'], data: [[hash('a'), 1]] };
    expect(labelOf(await replace(valued, emails('a'), session(1)))).toBe('100');
    expect(labelOf(await replace(valued, withValues, session(2)))).toBe('ok');
    expect(labelOf(await replace(id, withValues, session(3)))).toBe('100');
    expect(await send(['a'], 4, 1, true)).toBe('ok');
  });

  it('takes the place of those who were there before, too, and may leave few', async () => {
    const { emulator, replace, get } = createAudienceCaller({ minimumAudienceSize: 100 });
    const [account = ''] = emulator.truth.accounts();
    const [id = ''] = emulator.truth.ids('customaudiences', account);
    emulator.configure({ audienceStates: { [id]: { subtype: 'CUSTOM', valueBased: false } } });
    await replace(id, emails(...manyNames(3)), session(1));
    expect(await get(id, { fields: 'approximate_count_upper_bound,delivery_status' })).toMatchObject({
      approximate_count_upper_bound: 100,
      delivery_status: { code: 300 },
    });
  });
});
