import { describe, expect, it } from 'vitest';
import { ACCOUNT, OTHER_ACCOUNT } from '../caller.ts';
import { CREATION, createAudienceCaller, emails, labelOf, manyNames, type Params } from './audience-caller.ts';

const edge = `act_${ACCOUNT}/customaudiences`;
const FIELDS =
  'account_id,approximate_count_lower_bound,approximate_count_upper_bound,customer_file_source,delivery_status,description,' +
  'fields_violating_integrity_policy,is_value_based,name,operation_status,opt_out_link,retention_days,rule,subtype,time_created';

describe('a new audience', () => {
  it('is answered by its id, listed, and has the fields it was asked for', async () => {
    const { create, get, walk, clock, emulator } = createAudienceCaller();
    const id = await create({
      description: 'All of them',
      opt_out_link: 'https://example.com/out',
      retention_days: '90',
      is_value_based: '1',
    });
    expect(await get(id, { fields: FIELDS })).toEqual({
      id,
      account_id: ACCOUNT,
      approximate_count_lower_bound: 0,
      approximate_count_upper_bound: 100,
      customer_file_source: 'USER_PROVIDED_ONLY',
      delivery_status: { code: 300, description: expect.any(String) },
      description: 'All of them',
      is_value_based: true,
      name: 'Customers',
      operation_status: { code: 200, description: 'Normal' },
      opt_out_link: 'https://example.com/out',
      retention_days: 90,
      subtype: 'CUSTOM',
      time_created: clock.now() / 1000,
    });
    expect((await walk(edge)).ids).toContain(id);
    expect(emulator.truth.ids('customaudiences', ACCOUNT)).toContain(id);
    expect(emulator.counters).toMatchObject({ writes: 1, audiences: { created: 1 } });
  });

  it('keeps people for ever unless told otherwise, which reads as 0', async () => {
    const { create, get } = createAudienceCaller();
    const body = await get(await create(), { fields: 'retention_days,description,opt_out_link,is_value_based' });
    expect(body).toEqual({ id: expect.any(String), retention_days: 0, is_value_based: false });
  });

  it.each<[string, Params]>([
    ['an empty name', { name: ' ' }],
    ['another subtype', { subtype: 'WEBSITE' }],
    ['an unknown source', { customer_file_source: 'ELSEWHERE' }],
    ['181 days', { retention_days: '181' }],
    ['0 days', { retention_days: '0' }],
    ['an unknown label', { audience_labels: '["BEST_FRIENDS"]' }],
    ['labels that are no list', { audience_labels: 'CUSTOMERS' }],
  ])('is refused with #100 for %s', async (_, fields) => {
    expect(labelOf(await createAudienceCaller().post(edge, { ...CREATION, ...fields }))).toBe('100');
  });

  it.each(['name', 'subtype', 'customer_file_source'])('needs %s', async (name) => {
    const { [name]: _, ...fields } = CREATION;
    const body = await createAudienceCaller().post(edge, fields);
    expect(body.error.message).toBe(`(#100) Missing parameter(s): ${name}`);
  });

  it('is made again by the same call, unless that asks to fetch or create', async () => {
    const { create } = createAudienceCaller();
    const first = await create();
    expect(await create({ enable_fetch_or_create: 'true' })).toBe(first);
    expect(await create({ enable_fetch_or_create: 'true', name: 'Others' })).not.toBe(first);
    expect(await create()).not.toBe(first);
  });

  it('is one too many beyond the bound, which other subtypes do not count for', async () => {
    const { post, emulator, create } = createAudienceCaller({ maximumAudiences: 6 });
    const custom = emulator.truth.ids('customaudiences', ACCOUNT).map((id) => emulator.truth.object(id)?.['subtype']);
    for (let count = custom.filter((subtype) => subtype === 'CUSTOM').length; count < 6; count++) await create();
    expect(labelOf(await post(edge, CREATION))).toBe('2654');
    expect(labelOf(await post(`act_${OTHER_ACCOUNT}/customaudiences`, CREATION))).toBe('ok');
  });

  it('does not know its edges at first, by time, by calls, or by both', async () => {
    const { create, add, clock, emulator } = createAudienceCaller({ newAudienceLagMs: 30_000 });
    const byTime = await create();
    expect(labelOf(await add(byTime, emails('a')))).toBe('803');
    await clock.advance(29_999);
    const { error } = await add(byTime, emails('a'));
    expect(error.message).toBe('(#803) Some of the aliases you requested do not exist: users');
    await clock.advance(1);
    expect(labelOf(await add(byTime, emails('a')))).toBe('ok');
    emulator.configure({ newAudienceLagMs: 0, newAudienceLagCalls: 2 });
    const byCalls = await create();
    const labels = [];
    for (let call = 0; call < 3; call++) labels.push(labelOf(await add(byCalls, emails('a'))));
    expect(labels).toEqual(['803', '803', 'ok']);
  });
});

describe('an audience', () => {
  it('takes new settings, and shows when', async () => {
    const { create, post, get, clock } = createAudienceCaller();
    const id = await create({ description: 'Old' });
    await clock.advance(60_000);
    expect(await post(id, { name: 'Renamed', description: 'New' })).toMatchObject({ success: true });
    expect(await get(id, { fields: 'name,description,customer_file_source,time_updated' })).toMatchObject({
      name: 'Renamed',
      description: 'New',
      customer_file_source: 'USER_PROVIDED_ONLY',
      time_updated: clock.now() / 1000,
    });
    expect(labelOf(await post(id, { name: '' }))).toBe('100');
  });

  it('takes them also when it was there before', async () => {
    const { post, get, emulator } = createAudienceCaller();
    const [id = ''] = emulator.truth.ids('customaudiences', ACCOUNT);
    const before = await get(id, { fields: FIELDS });
    await post(id, { name: 'Renamed' });
    expect(await get(id, { fields: FIELDS })).toEqual({ ...before, name: 'Renamed' });
  });

  it.each([
    ['100/33', '100/33'],
    ['1487366', '100/1487366'],
  ] as const)('answers %s once it is deleted, whatever the call', async (deletedAudienceAnswer, label) => {
    const { create, get, walk, add, fetch, post, emulator } = createAudienceCaller({ deletedAudienceAnswer });
    const id = await create();
    await add(id, emails('a'));
    expect(await (await fetch(`/v25.0/${id}`, { method: 'DELETE' })).json()).toEqual({ success: true });
    expect(labelOf(await get(id))).toBe(label);
    expect(labelOf(await add(id, emails('a')))).toBe(label);
    expect(labelOf(await post(id, { name: 'x' }))).toBe(label);
    expect((await walk(edge)).ids).not.toContain(id);
    expect(emulator.audiences.members(id)).toEqual([]);
    expect(emulator.counters.audiences.deleted).toBe(1);
  });

  it('is not deleted while there are lookalikes of it', async () => {
    const { create, post, get, emulator } = createAudienceCaller();
    const id = await create();
    emulator.configure({ audienceStates: { [id]: { hasLookalikes: true } } });
    expect(labelOf(await post(id, { method: 'DELETE' }))).toBe('2656');
    expect((await get(id))['id']).toBe(id);
  });

  it('shows bounds around the number of its people, and that it is ready from a hundred on', async () => {
    const { create, add, get, emulator } = createAudienceCaller();
    const id = await create();
    await add(id, emails(...manyNames(250)));
    const fields = 'approximate_count_lower_bound,approximate_count_upper_bound,delivery_status';
    expect(await get(id, { fields })).toMatchObject({
      approximate_count_lower_bound: 200,
      approximate_count_upper_bound: 300,
      delivery_status: { code: 200 },
    });
    emulator.configure({ hideAudienceCounts: true });
    expect(await get(id, { fields })).toMatchObject({ approximate_count_lower_bound: -1, approximate_count_upper_bound: -1 });
  });

  it('adds new people to those who were there before', async () => {
    const { add, get, emulator } = createAudienceCaller();
    const [id = ''] = emulator.truth.ids('customaudiences', ACCOUNT);
    emulator.configure({ audienceStates: { [id]: { subtype: 'CUSTOM', valueBased: false } } });
    const before = Number((await get(id, { fields: 'approximate_count_lower_bound' }))['approximate_count_lower_bound']);
    await add(id, emails(...manyNames(300)));
    const after = Number((await get(id, { fields: 'approximate_count_lower_bound' }))['approximate_count_lower_bound']);
    expect(after).toBe(Math.floor((before + 300) / 100) * 100);
  });
});
