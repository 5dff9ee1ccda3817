import { describe, expect, it } from 'vitest';
import { audienceRefusals } from '../../../src/emulator/audiences/audience-refusal.ts';
import type { AudienceState } from '../../../src/emulator/audiences/audience-state.ts';
import { DEFAULT_TOKEN } from '../../../src/emulator/options.ts';
import { ACCOUNT, OTHER_ACCOUNT } from '../caller.ts';
import { CREATION, createAudienceCaller, emails, labelOf, session } from './audience-caller.ts';

const edge = `act_${ACCOUNT}/customaudiences`;
const terms = audienceRefusals.filter((refusal) => refusal !== '200/1870050' && refusal !== '2654/1713092');

describe('an account', () => {
  it.each(audienceRefusals)(
    'that refuses with %s answers every write to its audiences with that, and reads on',
    async (refusal) => {
      const { create, add, remove, replace, post, get, members, emulator } = createAudienceCaller();
      const id = await create();
      await add(id, emails('a'));
      emulator.configure({ audienceRefusals: { [ACCOUNT]: refusal } });
      expect(labelOf(await post(edge, CREATION))).toBe(refusal);
      expect(labelOf(await add(id, emails('b')))).toBe(refusal);
      expect(labelOf(await remove(id, emails('a')))).toBe(refusal);
      expect(labelOf(await replace(id, emails('b'), session(1)))).toBe(refusal);
      expect(labelOf(await post(id, { name: 'New' }))).toBe(refusal);
      expect(labelOf(await post(id, { method: 'DELETE' }))).toBe(refusal);
      const everywhere = { method: 'DELETE', payload: JSON.stringify(emails('a')) };
      expect(labelOf(await post(`act_${ACCOUNT}/usersofanyaudience`, everywhere))).toBe(refusal);
      expect((await get(id, { fields: 'name' }))['name']).toBe('Customers');
      expect(members(id)).toHaveLength(1);
      expect(labelOf(await post(`act_${OTHER_ACCOUNT}/customaudiences`, CREATION))).toBe('ok');
    },
  );

  it.each(terms)('shows that terms are not accepted (%s), and says where to', async (refusal) => {
    const { post, get } = createAudienceCaller({ audienceRefusals: { [ACCOUNT]: refusal } });
    const fields = { fields: 'tos_accepted,user_tos_accepted' };
    for (const field of ['tos_accepted', 'user_tos_accepted']) {
      expect((await get(`act_${ACCOUNT}`, fields))[field]).toMatchObject({ custom_audience_tos: 0 });
      expect((await get(`act_${OTHER_ACCOUNT}`, fields))[field]).toMatchObject({
        custom_audience_tos: 1,
        value_based_custom_audience_tos: 1,
      });
    }
    expect(JSON.stringify(await post(edge, CREATION))).toContain(
      `https://business.facebook.com/ads/manage/customaudiences/tos/?act=${ACCOUNT}`,
    );
  });

  it('shows no business where it is linked to none', async () => {
    const { get } = createAudienceCaller({ audienceRefusals: { [ACCOUNT]: '200/1870050' } });
    const body = await get(`act_${ACCOUNT}`, { fields: 'business,tos_accepted' });
    expect(body).not.toHaveProperty('business');
    expect(body['tos_accepted']).toMatchObject({ custom_audience_tos: 1 });
  });

  it('takes no writes from a token that may read alone', async () => {
    const { post, get } = createAudienceCaller({ tokens: { [DEFAULT_TOKEN]: { scopes: ['ads_read'] } } });
    expect(labelOf(await post(edge, CREATION))).toBe('200');
    expect((await get(edge)).data.length).toBeGreaterThan(0);
  });

  it('takes no writes from a token that may not see it', async () => {
    const { post } = createAudienceCaller({ tokens: { [DEFAULT_TOKEN]: { accounts: [OTHER_ACCOUNT] } } });
    expect(labelOf(await post(edge, CREATION))).toBe('200');
  });
});

describe('an audience', () => {
  it.each<[string, AudienceState, string]>([
    ['flagged', { flagged: true }, '100/1713230'],
    ['in the status 471', { operationStatus: 471 }, '100/1713230'],
    ['no longer shared', { sharedAway: true }, '100/1487301'],
    ['a lookalike', { subtype: 'LOOKALIKE' }, '2650'],
    ['being replaced by somebody else', { operationStatus: 414 }, '2650/1870145'],
    ['stale', { operationStatus: 450 }, 'ok'],
    ['being updated', { operationStatus: 300 }, 'ok'],
    ['deleted', { deleted: true }, '100/33'],
  ])('that is %s answers uploads accordingly', async (_, state, label) => {
    const { create, add, remove, emulator } = createAudienceCaller();
    const id = await create();
    emulator.configure({ audienceStates: { [id]: state } });
    expect(labelOf(await add(id, emails('a')))).toBe(label);
    expect(labelOf(await remove(id, emails('a')))).toBe(label);
  });

  it('shows its status, and what violates the policy', async () => {
    const { create, get, post, emulator } = createAudienceCaller();
    const id = await create();
    const fields = { fields: 'operation_status,delivery_status,fields_violating_integrity_policy' };
    emulator.configure({ audienceStates: { [id]: { flagged: true } } });
    expect(await get(id, fields)).toMatchObject({
      operation_status: { code: 471 },
      delivery_status: { code: 400 },
      fields_violating_integrity_policy: ['name'],
    });
    expect(labelOf(await post(id, { name: 'New' }))).toBe('100/1713231');
    emulator.configure({ audienceStates: { [id]: { operationStatus: 412 } } });
    expect(await get(id, fields)).toMatchObject({ operation_status: { code: 412 } });
  });

  it('that was there before may be given another subtype, values, and a size', async () => {
    const { get, walk, emulator } = createAudienceCaller();
    const [id = ''] = emulator.truth.ids('customaudiences', ACCOUNT);
    const state = { subtype: 'CUSTOM', valueBased: true, otherMembers: 1_234, deleted: false };
    emulator.configure({ audienceStates: { [id]: state } });
    expect(await get(id, { fields: 'subtype,is_value_based,approximate_count_lower_bound' })).toMatchObject({
      subtype: 'CUSTOM',
      is_value_based: true,
      approximate_count_lower_bound: 1_200,
    });
    const filtering = JSON.stringify([{ field: 'subtype', operator: 'EQUAL', value: 'CUSTOM' }]);
    expect((await walk(edge, { filtering })).ids).toContain(id);
    emulator.configure({ audienceStates: { [id]: { ...state, subtype: 'WEBSITE' } } });
    expect((await walk(edge, { filtering })).ids).not.toContain(id);
  });

  it('may be gone from the start, or from an account that is denied', async () => {
    const { truth } = createAudienceCaller().emulator;
    const [id = ''] = truth.ids('customaudiences', ACCOUNT);
    const { get, add, emulator } = createAudienceCaller({ audienceStates: { [id]: { deleted: true } } });
    expect(labelOf(await get(id))).toBe('100/33');
    const [, other = ''] = truth.ids('customaudiences', ACCOUNT);
    emulator.configure({ deniedAccounts: { [ACCOUNT]: '33' } });
    expect(labelOf(await add(other, emails('a')))).toBe('100/33');
  });

  it('of another kind of object takes no users', async () => {
    const { add, post, emulator } = createAudienceCaller();
    const [campaign = ''] = emulator.truth.ids('campaigns', ACCOUNT);
    expect(labelOf(await add(campaign, emails('a')))).toBe('100');
    expect(labelOf(await post(campaign, { name: 'x' }))).toBe('100/33');
  });
});

describe('the limit of calls', () => {
  it('counts each upload once, as a write of the use case of audiences, and tells minutes', async () => {
    const { create, add, get, fetch, emulator } = createAudienceCaller({ callsPerHour: 3, blockMinutes: 7 });
    const id = await create();
    const [campaign = ''] = emulator.truth.ids('campaigns', ACCOUNT);
    for (const name of ['a', 'b']) expect(labelOf(await add(id, emails(name)))).toBe('ok');
    expect(labelOf(await add(id, emails('c')))).toBe('80003/2446079');
    const body = new URLSearchParams({ payload: JSON.stringify(emails('c')) });
    const { headers } = await fetch(`/v25.0/${id}/users`, { method: 'POST', body });
    const usage = JSON.parse(headers.get('x-business-use-case-usage') ?? '{}') as Readonly<Record<string, unknown>>;
    expect(usage[ACCOUNT]).toMatchObject([{ type: 'custom_audience', estimated_time_to_regain_access: 7 }]);
    expect(headers.get('x-ad-account-usage')).toContain('"reset_time_duration":420');
    expect((await get(campaign)).error).toBeUndefined();
    expect(emulator.counters.writes).toBe(5);
    expect(emulator.audiences.countMembers(id)).toBe(2);
  });

  it('holds for removals from all audiences, too', async () => {
    const { create, post } = createAudienceCaller({ callsPerHour: 1 });
    await create();
    const removal = { method: 'DELETE', payload: JSON.stringify(emails('a')) };
    expect(labelOf(await post(`act_${ACCOUNT}/usersofanyaudience`, removal))).toBe('80003/2446079');
  });

  it('takes three points of the burst score for a write', async () => {
    const { create, add } = createAudienceCaller({ burstScoreLimit: 6 });
    const id = await create();
    expect(labelOf(await add(id, emails('a')))).toBe('ok');
    expect(labelOf(await add(id, emails('a')))).toBe('17/2446079');
  });
});
