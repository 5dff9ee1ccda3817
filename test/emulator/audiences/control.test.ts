import { afterEach, describe, expect, it } from 'vitest';
import { type RunningEmulator, startEmulator } from '../../../src/emulator/server.ts';
import { ACCOUNT } from '../caller.ts';
import { AUTHORIZED, CREATION, createAudienceCaller, email, emails, hash, manyNames, session } from './audience-caller.ts';

describe('control requests', () => {
  it('tell the members of an audience, their number, or all that is known of them', async () => {
    const { create, add, fetch } = createAudienceCaller();
    const id = await create({ is_value_based: '1' });
    await add(id, { schema: ['EMAIL', 'LOOKALIKE_VALUE'], data: [[hash('a'), 3]] });
    const read = async (query: string) => await (await fetch(`/__emulator/members?audience=${id}${query}`)).json();
    expect(await read('')).toEqual({ count: 1, members: [{ identifiers: [email('a')] }] });
    expect(await read('&count_only=1')).toEqual({ count: 1 });
    expect(await read('&values=1')).toEqual({ count: 1, members: [{ identifiers: [email('a')], value: 3 }] });
    expect((await fetch('/__emulator/members?audience=5')).status).toBe(400);
  });

  it('tell nobody for an audience that was there before and not written to', async () => {
    const { emulator } = createAudienceCaller();
    const [id = ''] = emulator.truth.ids('customaudiences', ACCOUNT);
    expect(emulator.audiences.members(id)).toEqual([]);
    expect(emulator.audiences.hasMember(id, email('a'))).toBe(false);
    expect(() => emulator.audiences.countMembers(ACCOUNT)).toThrow(RangeError);
  });

  it('tell uploads, of one audience or of all', async () => {
    const { create, add, fetch } = createAudienceCaller();
    const [one, two] = [await create(), await create({ name: 'Two' })];
    await add(one, emails('a'));
    await add(two, emails('a', 'b'));
    const read = async (query: string) => {
      const { uploads } = (await (await fetch(`/__emulator/uploads${query}`)).json()) as { uploads: { rows: number }[] };
      return uploads.map(({ rows }) => rows);
    };
    expect(await read('')).toEqual([1, 2]);
    expect(await read(`?target=${two}`)).toEqual([2]);
  });

  it('begin everything anew with a new world', async () => {
    const { create, add, emulator } = createAudienceCaller();
    const id = await create();
    await add(id, emails('a'));
    emulator.configure({ seed: 2 });
    expect(() => emulator.audiences.members(id)).toThrow(RangeError);
    expect(emulator.audiences.uploads()).toEqual([]);
    const again = await create();
    expect(again).toBe(id);
    expect(emulator.audiences.members(again)).toEqual([]);
  });
});

describe('over HTTP', () => {
  const running: RunningEmulator[] = [];

  afterEach(async () => {
    await Promise.all(running.splice(0).map((server) => server.close()));
  });

  it('an audience is made, filled, replaced and deleted, and a long address is a page of HTML', async () => {
    const server = await startEmulator();
    running.push(server);
    const { url, emulator } = server;
    const call = async (path: string, init: RequestInit) => {
      const response = await fetch(`${url}/v25.0/${path}`, { ...init, headers: { ...AUTHORIZED, ...init.headers } });
      return { status: response.status, body: await response.text() };
    };
    const created = await call(`act_${ACCOUNT}/customaudiences`, { method: 'POST', body: new URLSearchParams(CREATION) });
    const { id } = JSON.parse(created.body) as { id: string };
    const names = manyNames(10_000);
    const json = { method: 'POST', headers: { 'content-type': 'application/json' } };
    const added = await call(`${id}/users`, {
      ...json,
      body: JSON.stringify({ payload: emails(...names), session: session(1) }),
    });
    expect(JSON.parse(added.body)).toMatchObject({ num_received: 10_000, num_invalid_entries: 0 });
    const query = new URLSearchParams({ payload: JSON.stringify(emails(...names)) });
    const refused = await call(`${id}/users?${query}`, { method: 'DELETE' });
    expect(refused).toEqual({ status: 414, body: expect.stringContaining('<h1>414') });
    const replaced = new URLSearchParams({ payload: JSON.stringify(emails('a')), session: JSON.stringify(session(2)) });
    expect((await call(`${id}/usersreplace`, { method: 'POST', body: replaced })).status).toBe(200);
    expect(emulator.audiences.members(id)).toEqual([{ identifiers: [email('a')] }]);
    expect((await call(id, { method: 'DELETE' })).status).toBe(200);
    expect((await call(id, {})).status).toBe(400);
  });
});
