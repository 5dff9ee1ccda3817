import { describe, expect, it } from 'vitest';
import { ACCOUNT, createCaller } from './caller.ts';

const all =
  '["ACTIVE","PAUSED","ARCHIVED","DELETED","CAMPAIGN_PAUSED","ADSET_PAUSED","DISAPPROVED","PENDING_REVIEW","PENDING_BILLING_INFO","PREAPPROVED","IN_PROCESS","WITH_ISSUES"]';
const filter = (field: string, operator: string, value: unknown) => JSON.stringify([{ field, operator, value }]);

describe('edges', () => {
  it.each(['campaigns', 'adsets', 'ads', 'adcreatives', 'adimages', 'advideos', 'customaudiences', 'customconversions'])(
    '%s hands out what the truth names, and nothing else',
    async (edge) => {
      const { walk, emulator } = createCaller();
      const { ids } = await walk(`act_${ACCOUNT}/${edge}`, { limit: '7', fields: 'id' });
      expect([...ids].sort()).toEqual([...emulator.truth.ids(edge, ACCOUNT)].sort());
    },
  );

  it('hides archived and deleted ads until a filter names them', async () => {
    const { walk, emulator } = createCaller();
    const path = `act_${ACCOUNT}/ads`;
    const everything = [...emulator.truth.ids('ads', ACCOUNT, { statuses: JSON.parse(all) })].sort();
    expect(emulator.truth.ids('ads', ACCOUNT).length).toBeLessThan(everything.length);
    for (const params of [{ effective_status: all }, { filtering: filter('ad.effective_status', 'IN', JSON.parse(all)) }]) {
      expect((await walk(path, params)).ids.sort()).toEqual(everything);
    }
    const gone = await walk(path, { filtering: filter('ad.delivery_info', 'IN', ['archived', 'permanently_deleted']) });
    expect(gone.ids.sort()).toEqual([...emulator.truth.ids('ads', ACCOUNT, { statuses: ['ARCHIVED', 'DELETED'] })].sort());
  });

  it('reads a deleted object by its id', async () => {
    const { get, emulator } = createCaller();
    const [id = ''] = emulator.truth.ids('ads', ACCOUNT, { statuses: ['DELETED'] });
    expect(await get(id, { fields: 'effective_status' })).toEqual({ id, effective_status: 'DELETED' });
  });

  it('finds what changed after a second', async () => {
    const { walk, emulator, clock } = createCaller();
    const updatedAfterMs = Math.floor(clock.now() / 1000) * 1000 - 100 * 86_400_000;
    const filtering = filter('ad.updated_time', 'GREATER_THAN', updatedAfterMs / 1000);
    const { ids } = await walk(`act_${ACCOUNT}/ads`, { filtering });
    expect(ids.sort()).toEqual([...emulator.truth.ids('ads', ACCOUNT, { updatedAfterMs })].sort());
    expect(ids.length).toBeGreaterThan(0);
  });

  it('takes lax JSON for filtering', async () => {
    const { get } = createCaller();
    const body = await get(`act_${ACCOUNT}/ads`, { filtering: "[{field:'ad.name',operator:CONTAIN,value:'Ad 1',},]" });
    expect(body.data.length).toBeGreaterThan(0);
  });

  it.each([
    ['a field that cannot be filtered', filter('ad.campaign_id', 'IN', ['1'])],
    ['an unknown operator', filter('ad.name', 'LIKE', 'x')],
    ['no list', '{"field":'],
  ])('answers #100 to %s', async (_, filtering) => {
    expect(await createCaller().fail(`act_${ACCOUNT}/ads`, { filtering })).toBe('400 100');
  });

  it('lists the ads of a campaign and of an ad set', async () => {
    const { get, walk } = createCaller();
    const [first] = (await get(`act_${ACCOUNT}/ads`, { fields: 'campaign_id,adset_id', limit: '1' })).data;
    for (const parent of ['campaign_id', 'adset_id']) {
      const { ids } = await walk(`${first?.[parent]}/ads`, { limit: '3' });
      expect(ids).toContain(first?.id);
    }
  });

  it('shows one week of activities unless told otherwise', async () => {
    const { get, clock } = createCaller();
    const week = (await get(`act_${ACCOUNT}/activities`, { limit: '500', fields: 'event_time' })).data;
    const year = (await get(`act_${ACCOUNT}/activities`, { limit: '500', since: '0' })).data;
    expect(year).toHaveLength(200);
    expect(week.length).toBeLessThan(10);
    for (const row of week) expect(Date.parse(String(row['event_time']))).toBeGreaterThanOrEqual(clock.now() - 7 * 86_400_000);
  });

  it('expands fields, edges in fields, and members of values', async () => {
    const { get } = createCaller();
    const fields =
      'name,campaign{name,ads.limit(1).filtering([{"field":"ad.id","operator":"NOT_EQUAL","value":"1"}]){id}},targeting{age_min}';
    const [ad] = (await get(`act_${ACCOUNT}/ads`, { fields, limit: '1' })).data;
    expect(ad).toMatchObject({
      campaign: {
        id: expect.any(String),
        name: expect.any(String),
        ads: { data: [{ id: expect.any(String) }], paging: expect.anything() },
      },
    });
    expect(Object.keys(ad?.['targeting'] as object)).toEqual(['age_min']);
  });

  it('gives only default fields unasked, and leaves out what has no value', async () => {
    const { get } = createCaller();
    expect(Object.keys((await get(`act_${ACCOUNT}/campaigns`)).data[0] ?? {})).toEqual(['id']);
    const rows = (await get(`act_${ACCOUNT}/campaigns`, { fields: 'stop_time,topline_id' })).data;
    expect(rows.every((row) => !('topline_id' in row) && row['stop_time'] !== null)).toBe(true);
  });

  it('rejects unknown fields with #100 and broken syntax with 2500', async () => {
    const { fail } = createCaller({ removedFields: ['ad.bid_type'] });
    expect(await fail(`act_${ACCOUNT}/ads`, { fields: 'id,nonsense' })).toBe('400 100');
    expect(await fail(`act_${ACCOUNT}/ads`, { fields: 'id,bid_type' })).toBe('400 100');
    expect(await fail(`act_${ACCOUNT}/ads`, { fields: 'id,,name' })).toBe('400 2500');
  });

  it('shows mutations', async () => {
    const { emulator, get, fail, clock } = createCaller();
    const [id = '', other = ''] = emulator.truth.ids('campaigns', ACCOUNT);
    await clock.advance(60_000);
    emulator.touch('campaign', id, { patch: { name: 'Renamed' } });
    emulator.remove('campaign', other);
    const added = emulator.add('campaign', { account: ACCOUNT });
    expect(await get(id, { fields: 'name' })).toMatchObject({ name: 'Renamed' });
    expect(await fail(other)).toBe('400 100/33');
    expect(
      (
        await get(`act_${ACCOUNT}/campaigns`, {
          effective_status: '["ACTIVE","PAUSED","IN_PROCESS","WITH_ISSUES","ARCHIVED","DELETED"]',
        })
      ).data[0]?.id,
    ).toBe(added);
    const since = { updatedAfterMs: clock.now() - 30_000 };
    expect(
      emulator.truth.ids('campaigns', ACCOUNT, {
        ...since,
        statuses: ['ACTIVE', 'PAUSED', 'ARCHIVED', 'DELETED', 'IN_PROCESS', 'WITH_ISSUES'],
      }),
    ).toContain(id);
  });

  it('passes a parent status on to its children', async () => {
    const { emulator, get } = createCaller();
    const [ad = ''] = emulator.truth.ids('ads', ACCOUNT, { statuses: ['ACTIVE'] });
    const { campaign_id: campaign } = await get(ad, { fields: 'campaign_id' });
    emulator.touch('campaign', String(campaign), { patch: { status: 'PAUSED' } });
    expect(await get(ad, { fields: 'effective_status' })).toMatchObject({ effective_status: 'CAMPAIGN_PAUSED' });
  });
});
