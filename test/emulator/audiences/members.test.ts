import { describe, expect, it } from 'vitest';
import { ACCOUNT, OTHER_ACCOUNT } from '../caller.ts';
import { CREATION, createAudienceCaller, email, emails, hash, labelOf, manyNames, type Upload } from './audience-caller.ts';

const people = (...rows: readonly (readonly string[])[]): Upload => ({ schema: ['EXTERN_ID', 'EMAIL', 'PHONE'], data: rows });

describe('the members of an audience', () => {
  it('are those who were added and not removed, in a form that overrides its method or by DELETE', async () => {
    const { create, add, remove, fetch, members } = createAudienceCaller();
    const id = await create();
    await add(id, emails('a', 'b', 'c', 'd'));
    await remove(id, emails('b', 'x'));
    const body = new URLSearchParams({ payload: JSON.stringify(emails('c')) });
    expect((await fetch(`/v25.0/${id}/users`, { method: 'DELETE', body })).status).toBe(200);
    expect(members(id)).toEqual([email('a'), email('d')]);
  });

  it('are not more for being added again, nor fewer for being removed again', async () => {
    const { create, add, remove, emulator } = createAudienceCaller();
    const id = await create();
    await add(id, emails('a', 'a', 'b'));
    await add(id, emails('b'));
    expect(emulator.audiences.countMembers(id)).toBe(2);
    await remove(id, emails('b', 'b'));
    await remove(id, emails('b'));
    expect(emulator.audiences.countMembers(id)).toBe(1);
    await add(id, emails('b'));
    expect(emulator.audiences.hasMember(id, email('b'))).toBe(true);
  });

  it('are one person where rows share an identifier, also when a later row brings two together', async () => {
    const { create, add, members } = createAudienceCaller();
    const id = await create();
    const [mail, other, phone] = [hash('a'), hash('b'), hash('1')];
    await add(id, { schema: ['EMAIL'], data: [[mail], [other]] });
    await add(id, { schema: ['PHONE'], data: [[phone]] });
    expect(members(id)).toHaveLength(3);
    await add(id, { schema: ['PHONE', 'EMAIL'], data: [[phone, mail]] });
    expect(members(id)).toEqual([`EMAIL:${mail} PHONE:${phone}`, `EMAIL:${other}`]);
  });

  it('go when any of their identifiers is removed, and with it go the others', async () => {
    const { create, add, remove, members } = createAudienceCaller();
    const id = await create();
    await add(id, people(['1', hash('a'), hash('10')], ['2', hash('b'), '']));
    await remove(id, { schema: ['PHONE'], data: [[hash('10')]] });
    expect(members(id)).toEqual([`EMAIL:${hash('b')} EXTERN_ID:2`]);
    await add(id, emails('a'));
    expect(members(id)).toContain(email('a'));
  });

  it('keep an identifier apart from the same text of another key', async () => {
    const { create, add, members } = createAudienceCaller();
    const id = await create();
    await add(id, { schema: ['EXTERN_ID'], data: [[hash('a')]] });
    await add(id, emails('a'));
    expect(members(id)).toEqual([`EXTERN_ID:${hash('a')}`, email('a')]);
  });

  it('are whole rows where a row has no identifier of its own, whatever the order of its columns', async () => {
    const { create, add, remove, members } = createAudienceCaller();
    const id = await create();
    const [first, last] = [hash('mary'), hash('smith')];
    await add(id, {
      schema: ['FN', 'LN', 'EMAIL'],
      data: [
        [first, last, ''],
        [first, '', ''],
      ],
    });
    await add(id, { schema: ['LN', 'FN'], data: [[last, first]] });
    expect(members(id)).toEqual([`FN:${first}|LN:${last}`, `FN:${first}`]);
    await remove(id, { schema: ['LN', 'FN'], data: [[last, first]] });
    expect(members(id)).toEqual([`FN:${first}`]);
  });

  it('have the mobile id in any case, and ids of a page or an app raw', async () => {
    const { create, add, remove, members } = createAudienceCaller();
    const id = await create();
    const mobile = '6d92078a-8246-4ba4-ae5b-76104861e7dc';
    await add(id, { schema: ['MADID'], data: [[mobile.toUpperCase()]] });
    await add(id, { schema: ['PAGEUID'], is_raw: true, page_ids: ['1'], data: [['123'], [456]] });
    await add(id, { schema: ['APPUID'], is_raw: true, app_ids: [1, 2], data: [['789']] });
    expect(members(id)).toEqual([`MADID:${mobile}`, 'PAGEUID:123', 'PAGEUID:456', 'APPUID:789']);
    await remove(id, { schema: ['MADID'], data: [[mobile]] });
    expect(members(id)).toHaveLength(3);
  });

  it('have the value and the limits of the last row that added them', async () => {
    const { create, add, emulator } = createAudienceCaller();
    const id = await create({ is_value_based: 'true' });
    const schema = ['EMAIL', 'LOOKALIKE_VALUE', 'DATA_PROCESSING_OPTIONS'];
    const limits = ['DATA_PROCESSING_OPTIONS_COUNTRY', 'DATA_PROCESSING_OPTIONS_STATE'];
    await add(id, { schema: [...schema, ...limits], data: [[hash('a'), 5, ['LDU'], 1, 1000]] });
    await add(id, { schema, data: [[hash('b'), 0.5, ['LDU']]] });
    expect(emulator.audiences.members(id)).toEqual([
      { identifiers: [email('a')], value: 5, limitedUse: { country: 1, state: 1000 } },
      { identifiers: [email('b')], value: 0.5, limitedUse: {} },
    ]);
    await add(id, { schema, data: [[hash('a'), 7, []]] });
    expect(emulator.audiences.members(id)[0]).toEqual({ identifiers: [email('a')], value: 7 });
  });

  it('leave every audience of an account at once, and no other account', async () => {
    const { create, add, post, fetch, members } = createAudienceCaller({ minimumAudienceSize: 2 });
    const [one, two] = [await create(), await create({ name: 'Two' })];
    const other = String((await post(`act_${OTHER_ACCOUNT}/customaudiences`, CREATION))['id']);
    for (const id of [one, two, other]) await add(id, emails('a', 'b'));
    const body = new URLSearchParams({ payload: JSON.stringify(emails('a')) });
    const response = await fetch(`/v25.0/act_${ACCOUNT}/usersofanyaudience`, { method: 'DELETE', body });
    expect(await response.json()).toMatchObject({ account_id: ACCOUNT, num_received: 1, num_invalid_entries: 0 });
    expect([one, two, other].map(members)).toEqual([[email('b')], [email('b')], [email('a'), email('b')]]);
  });

  it('do not become too few by a removal, of which then nothing is done', async () => {
    const { create, add, remove, emulator, members } = createAudienceCaller({ minimumAudienceSize: 100 });
    const id = await create();
    const names = manyNames(101);
    await add(id, emails(...names));
    expect(labelOf(await remove(id, emails(...names.slice(0, 2))))).toBe('200/1870047');
    expect(members(id)).toHaveLength(101);
    expect(labelOf(await remove(id, emails(...names.slice(0, 1), 'stranger')))).toBe('ok');
    emulator.configure({ audienceStates: { [id]: { otherMembers: 50 } } });
    expect(labelOf(await remove(id, emails(...names.slice(1, 51))))).toBe('ok');
    expect(members(id)).toHaveLength(50);
  });
});
