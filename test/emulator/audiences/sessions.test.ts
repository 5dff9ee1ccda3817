import { describe, expect, it } from 'vitest';
import { createAudienceCaller, emails, labelOf, session } from './audience-caller.ts';

describe('a session', () => {
  it.each([
    ['no object', '[]'],
    ['no JSON', '{'],
    ['no id', '{"batch_seq":1,"last_batch_flag":true}'],
    ['the id 0', '{"session_id":0,"batch_seq":1,"last_batch_flag":true}'],
    ['a negative id', '{"session_id":-5,"batch_seq":1,"last_batch_flag":true}'],
    ['a fraction', '{"session_id":1.5,"batch_seq":1,"last_batch_flag":true}'],
    ['an exponent', '{"session_id":1e3,"batch_seq":1,"last_batch_flag":true}'],
    ['more than 63 bits', '{"session_id":9223372036854775808,"batch_seq":1,"last_batch_flag":true}'],
    ['a text for an id', '{"session_id":"5","batch_seq":1,"last_batch_flag":true}'],
    ['no batch', '{"session_id":5,"last_batch_flag":true}'],
    ['the batch 0', '{"session_id":5,"batch_seq":0,"last_batch_flag":true}'],
    ['a text for a batch', '{"session_id":5,"batch_seq":"1","last_batch_flag":true}'],
    ['no last flag', '{"session_id":5,"batch_seq":1}'],
    ['a number for the last flag', '{"session_id":5,"batch_seq":1,"last_batch_flag":1}'],
    ['a text for the total', '{"session_id":5,"batch_seq":1,"last_batch_flag":true,"estimated_num_total":"9"}'],
  ])('with %s is refused with #100', async (_, text) => {
    const { create, post, members } = createAudienceCaller();
    const id = await create();
    expect(labelOf(await post(`${id}/users`, { payload: JSON.stringify(emails('a')), session: text }))).toBe('100');
    expect(members(id)).toEqual([]);
  });

  it('has an id of up to 63 bits, digit for digit, in a form and in JSON', async () => {
    const { create, post, fetch } = createAudienceCaller();
    const id = await create();
    const text = '{"session_id":9223372036854775807,"batch_seq":1,"last_batch_flag":true,"estimated_num_total":1}';
    const payload = JSON.stringify(emails('a'));
    expect((await post(`${id}/users`, { payload, session: text }))['session_id']).toBe('9223372036854775807');
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    const body = `{ "payload": ${payload}, "session": ${text} }`;
    const response = await fetch(`/v25.0/${id}/users`, { method: 'POST', body, headers });
    expect(await response.json()).toMatchObject({ session_id: '9223372036854775807', num_received: 2 });
  });

  it('may have a text of digits for an id where that is taken', async () => {
    const { create, add } = createAudienceCaller({ sessionIds: 'numbers_and_texts' });
    const id = await create();
    const named = (session_id: unknown) => ({ session_id, batch_seq: 1, last_batch_flag: true });
    expect((await add(id, emails('a'), named('12345678901234567'))).session_id).toBe('12345678901234567');
    expect((await add(id, emails('a'), named(5))).session_id).toBe('5');
    expect(labelOf(await add(id, emails('a'), named('five')))).toBe('100');
    expect(labelOf(await add(id, emails('a'), named('99999999999999999999')))).toBe('100');
  });

  it('is described in texts, and is uploading for ever', async () => {
    const { create, add, get, clock } = createAudienceCaller();
    const id = await create();
    await add(id, { schema: ['EMAIL'], data: [...(emails('a').data as string[][]), ['no hash']] }, session(7));
    await add(id, emails('b'), session(8));
    expect((await get(`${id}/sessions`, { session_id: '7' })).data).toEqual([
      {
        session_id: '7',
        start_time: String(clock.now() / 1000),
        end_time: '0',
        num_received: '2',
        num_matched: '-1',
        num_invalid_entries: '1',
        progress: '0',
        stage: 'uploading',
      },
    ]);
    expect((await get(`${id}/sessions`)).data).toHaveLength(2);
    expect((await get(`${id}/sessions`, { session_id: '9' })).data).toEqual([]);
  });

  it('is there only where its upload was taken', async () => {
    const { create, add, get, emulator } = createAudienceCaller();
    const id = await create();
    await add(id, { schema: ['NONSENSE'], data: [['x']] }, session(7));
    emulator.configure({ faults: { script: [{ match: { edge: 'users' }, kind: 'http_502' }] } });
    await expect(add(id, emails('a'), session(8))).rejects.toThrow();
    emulator.configure({ faults: { script: [{ match: { edge: 'users' }, kind: 'applied_then_502' }] } });
    await expect(add(id, emails('a'), session(9))).rejects.toThrow();
    expect((await get(`${id}/sessions`)).data.map(({ session_id }) => session_id)).toEqual(['9']);
  });
});
