import { describe, expect, it } from 'vitest';
import { ACCOUNT } from '../caller.ts';
import { createAudienceCaller, email, emails, hash, labelOf, manyNames, session, type Upload } from './audience-caller.ts';

const MISMATCH = '(#100) Data is missing or does not match schema';

describe('an upload', () => {
  it('is answered with its session, what was received, and no samples where nothing is wrong', async () => {
    const { create, add } = createAudienceCaller();
    const id = await create();
    expect(await add(id, emails('a', 'b'), session(7))).toEqual({
      audience_id: id,
      session_id: '7',
      num_received: 2,
      num_invalid_entries: 0,
      invalid_entry_samples: {},
    });
  });

  it('counts on where its session has been before, and applies its rows each time', async () => {
    const { create, add, remove, members, get } = createAudienceCaller();
    const id = await create();
    await add(id, emails('a', 'b'), session(7, 1, false));
    expect((await add(id, emails('c'), session(7, 2))).num_received).toBe(3);
    expect((await remove(id, emails('a'), session(7, 2))).num_received).toBe(4);
    expect((await add(id, emails('d'), session(8))).num_received).toBe(1);
    expect(members(id)).toEqual([email('b'), email('c'), email('d')]);
    expect((await get(`${id}/sessions`)).data.map(({ session_id }) => session_id)).toEqual(['8', '7']);
  });

  it('has an id that many share when it names no session', async () => {
    const { create, add } = createAudienceCaller();
    const [one, two] = [await create(), await create({ name: 'Two' })];
    const answers = [await add(one, emails('a')), await add(two, emails('b', 'c'))];
    expect(answers.map(({ num_received }) => num_received)).toEqual([1, 2]);
    expect(answers[0]?.session_id).toBe(answers[1]?.session_id);
    const other = await add(one, { schema: ['PHONE'], data: [[hash('1')]] });
    expect(other.session_id).not.toBe(answers[0]?.session_id);
  });

  it.each<[string, Upload]>([
    ['a row too narrow', { schema: ['EMAIL', 'FN'], data: [[hash('a'), ''], [hash('b')]] }],
    ['a row too wide', { schema: ['EMAIL'], data: [[hash('a'), '']] }],
    ['an unknown key', { schema: ['EMAIL', 'SHOE_SIZE'], data: [[hash('a'), '']] }],
    ['a key twice', { schema: ['EMAIL', 'EMAIL'], data: [[hash('a'), '']] }],
    ['no keys', { schema: [], data: [[]] }],
    ['no schema', { schema: undefined, data: [[hash('a')]] }],
    ['no data', { schema: ['EMAIL'], data: undefined }],
    ['no rows', { schema: ['EMAIL'], data: [] }],
    ['flat rows of a list of keys', { schema: ['EMAIL'], data: [hash('a')] }],
    ['one key with rows of lists', { schema: 'EMAIL', data: [[hash('a')]] }],
  ])('is refused as a whole for %s', async (_, upload) => {
    const { create, add, emulator } = createAudienceCaller();
    const id = await create();
    expect((await add(id, upload)).error).toMatchObject({ code: 100, message: MISMATCH });
    expect(emulator.counters.audiences).toMatchObject({ uploads: 0, uploadsRefused: 1, rowsReceived: 0 });
  });

  it('is refused without a payload, or with one that is no object', async () => {
    const { create, post } = createAudienceCaller();
    const id = await create();
    expect((await post(`${id}/users`)).error.message).toBe('(#100) Missing parameter(s): payload');
    expect((await post(`${id}/users`, { payload: '[1,' })).error.message).toBe(MISMATCH);
    expect((await post(`${id}/users`, { payload: '"EMAIL"' })).error.message).toBe(MISMATCH);
  });

  it.each(['EMAIL_SHA256', 'PHONE_SHA256', 'MOBILE_ADVERTISER_ID', 'EMAIL'])(
    'of the single key %s and a flat list answers 2650',
    async (schema) => {
      const { create, add } = createAudienceCaller();
      const { error } = await add(await create(), { schema, data: [hash('a')] });
      expect(error.code).toBe(2650);
      expect(error.message).toContain('FILE_IMPORTED.MULTI_HASHES, which does not support data source FILE_IMPORTED.HASHES');
    },
  );

  it.each<[string, Upload, string]>([
    ['page ids without is_raw', { schema: ['PAGEUID'], page_ids: ['1'], data: [['5']] }, '100'],
    ['page ids of no page', { schema: ['PAGEUID'], is_raw: true, data: [['5']] }, '100'],
    ['page ids of two pages', { schema: ['PAGEUID'], is_raw: true, page_ids: ['1', '2'], data: [['5']] }, '100'],
    ['app ids of no app', { schema: ['APPUID'], is_raw: true, app_ids: [], data: [['5']] }, '100'],
    ['is_raw that is no boolean', { ...emails('a'), is_raw: 'yes' }, '100'],
    ['is_raw for what is hashed', { ...emails('a'), is_raw: true }, 'ok'],
  ])('of %s answers %s', async (_, upload, label) => {
    const { create, add } = createAudienceCaller();
    expect(labelOf(await add(await create(), upload))).toBe(label);
  });

  it('needs values for a value-based audience, and must have none for another', async () => {
    const { create, add, remove } = createAudienceCaller();
    const [plain, valued] = [await create(), await create({ is_value_based: '1' })];
    const withValues = { schema: ['EMAIL', 'LOOKALIKE_VALUE'], data: [[hash('a'), 44.5]] };
    expect((await add(valued, emails('a'))).error.message).toBe(
      '(#100) Value-Based Custom Audience requires LOOKALIKE_VALUE attribute',
    );
    expect(labelOf(await add(plain, withValues))).toBe('100');
    expect(labelOf(await add(valued, withValues))).toBe('ok');
    expect(labelOf(await remove(valued, emails('a')))).toBe('ok');
  });

  it.each([
    ['1/99', 500, '1/99'],
    ['105', 400, '105'],
  ] as const)('of too many rows or bytes answers %s', async (oversizeUploadAnswer, status, label) => {
    const { create, add, emulator, fetch } = createAudienceCaller({ oversizeUploadAnswer });
    const id = await create();
    expect(labelOf(await add(id, emails(...manyNames(10_001))))).toBe(label);
    expect(labelOf(await add(id, emails(...manyNames(10_000))))).toBe('ok');
    emulator.configure({ maximumUploadRows: 2, maximumUploadBytes: 1_000 });
    const body = new URLSearchParams({ payload: JSON.stringify(emails('a', 'b', 'c')) });
    expect((await fetch(`/v25.0/${id}/users`, { method: 'POST', body })).status).toBe(status);
    emulator.configure({ maximumUploadRows: 10_000, maximumUploadBytes: 200 });
    expect(labelOf(await add(id, emails('a')))).toBe('ok');
    expect(labelOf(await add(id, emails('a', 'b', 'c')))).toBe(label);
    expect(emulator.audiences.countMembers(id)).toBe(10_001);
  });

  it.each([
    ['413', 413],
    ['html', 500],
  ] as const)('of too many rows may answer %s with a page', async (oversizeUploadAnswer, status) => {
    const { create, fetch } = createAudienceCaller({ oversizeUploadAnswer, maximumUploadRows: 1 });
    const body = new URLSearchParams({ payload: JSON.stringify(emails('a', 'b')) });
    const response = await fetch(`/v25.0/${await create()}/users`, { method: 'POST', body });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).toMatch(/^<!DOCTYPE html>/);
  });

  it('in the address of a DELETE passes while it is short, and is a page of HTML when it is long', async () => {
    const { create, add, fetch, emulator } = createAudienceCaller();
    const id = await create();
    const names = manyNames(200);
    await add(id, emails(...names));
    const removal = (count: number) => {
      const query = new URLSearchParams({ payload: JSON.stringify(emails(...names.slice(0, count))) });
      return fetch(`/v25.0/${id}/users?${query}`, { method: 'DELETE' });
    };
    expect((await removal(50)).status).toBe(200);
    expect(emulator.audiences.uploads(id).at(-1)).toMatchObject({ operation: 'remove', sentIn: 'query', rows: 50 });
    const refused = await removal(200);
    expect(refused.status).toBe(414);
    expect(await refused.text()).toContain('Request-URI Too Large');
    expect(emulator.audiences.countMembers(id)).toBe(150);
    emulator.configure({ maximumWriteUrlBytes: 0 });
    expect((await removal(200)).status).toBe(200);
  });

  it('may be JSON, with the token and the session in it', async () => {
    const { create, emulator, members } = createAudienceCaller();
    const id = await create();
    const [access_token] = Object.keys(emulator.options.tokens);
    const body = JSON.stringify({ payload: emails('a', 'b'), session: session(5), access_token });
    const call = { method: 'POST', body, headers: { 'content-type': 'application/json' } };
    const response = await emulator.fetch(`http://graph.test/v25.0/${id}/users`, call);
    expect(await response.json()).toMatchObject({ session_id: '5', num_received: 2 });
    expect(members(id)).toHaveLength(2);
    expect(emulator.audiences.uploads(id)).toMatchObject([{ sentIn: 'json', rows: 2, bytes: expect.any(Number) }]);
  });

  it('may be part of a batch', async () => {
    const { create, batch, members, emulator } = createAudienceCaller();
    const id = await create();
    const body = new URLSearchParams({ payload: JSON.stringify(emails('a')) }).toString();
    expect(await batch([{ method: 'POST', relative_url: `${id}/users`, body }])).toMatchObject([{ code: 200 }]);
    expect(members(id)).toEqual([email('a')]);
    expect(emulator.counters.writes).toBe(2);
  });

  it('loses its last tenth, and a row at least, every nth time', async () => {
    const { create, add, members } = createAudienceCaller({ receivedShortEvery: 2 });
    const id = await create();
    const names = manyNames(20);
    expect((await add(id, emails(...names))).num_received).toBe(20);
    expect((await add(id, emails(...manyNames(20, 'other')))).num_received).toBe(18);
    expect(members(id)).toHaveLength(38);
    await add(id, emails('a'));
    expect((await add(id, emails('b'))).num_received).toBe(0);
    expect(members(id)).toHaveLength(39);
  });

  it('is written down as it came, taken or not', async () => {
    const { create, add, remove, replace, post, emulator, clock } = createAudienceCaller();
    const id = await create();
    await add(id, { schema: ['EMAIL'], data: [[hash('a')], ['no hash']] }, session(3, 2, false));
    await remove(id, emails('a'));
    await replace(id, emails('a'), session(4, 5));
    await post(`act_${ACCOUNT}/usersofanyaudience`, { method: 'DELETE', payload: JSON.stringify(emails('x')) });
    const seen = { atMs: clock.now(), sentIn: 'form', schema: ['EMAIL'], bytes: expect.any(Number), invalidRows: 0 };
    expect(emulator.audiences.uploads()).toEqual([
      { ...seen, target: id, operation: 'add', rows: 2, invalidRows: 1, session: { id: '3', batchSeq: 2, isLast: false } },
      { ...seen, target: id, operation: 'remove', rows: 1, session: undefined },
      {
        ...seen,
        target: id,
        operation: 'replace',
        rows: 1,
        session: { id: '4', batchSeq: 5, isLast: true },
        error: '2650/1870147',
      },
      { ...seen, target: `act_${ACCOUNT}`, operation: 'remove_everywhere', rows: 1, session: undefined },
    ]);
    expect(emulator.counters.audiences).toMatchObject({ uploads: 3, uploadsRefused: 1, rowsReceived: 4, rowsInvalid: 1 });
    emulator.counters.reset();
    expect(emulator.counters.audiences).toMatchObject({ created: 0, uploads: 0, rowsReceived: 0 });
  });
});
