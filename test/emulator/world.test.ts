import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccountTime } from '../../src/emulator/world/account-time.ts';
import { formatObjectId, parseObjectId } from '../../src/emulator/world/object-id.ts';
import { ACCOUNT, createCaller } from './caller.ts';
import streams from './world-fields.json' with { type: 'json' };

describe('the world', () => {
  it('is the same for the same seed and another for another', () => {
    const read = (seed: number) => {
      const { truth } = createCaller({ seed }).emulator;
      return truth.ids('ads', ACCOUNT).map((id) => truth.object(id));
    };
    expect(read(1)).toEqual(read(1));
    expect(read(1)).not.toEqual(read(2));
  });

  it('gives ids that can be read back', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('campaign', 'adset', 'ad', 'creative', 'video', 'audience', 'conversion'),
        fc.nat(9_999),
        fc.nat(999_999_999),
        (kind, slot, index) => {
          const item = { kind, slot, index } as const;
          expect(parseObjectId(formatObjectId(item))).toEqual(item);
        },
      ),
    );
  });

  it('writes times in the zone of the account, also across the change to summer time', () => {
    const time = new AccountTime('America/Los_Angeles');
    expect(time.format(Date.UTC(2026, 2, 8, 9, 59, 59))).toBe('2026-03-08T01:59:59-0800');
    expect(time.format(Date.UTC(2026, 2, 8, 10, 0, 0))).toBe('2026-03-08T03:00:00-0700');
    expect(new AccountTime('Asia/Kolkata').format(0)).toBe('1970-01-01T05:30:00+0530');
  });

  it('lists campaigns newest first and images in no order of time', async () => {
    const { get } = createCaller();
    const created = async (edge: string, field: string) =>
      (await get(`act_${ACCOUNT}/${edge}`, { fields: field, limit: '100' })).data.map((row) => Date.parse(String(row[field])));
    const ads = await created('ads', 'created_time');
    expect(ads).toEqual([...ads].sort((a, b) => b - a));
    const images = await created('adimages', 'updated_time');
    expect(images).not.toEqual([...images].sort((a, b) => b - a));
  });

  it('lets several objects share one second of change', async () => {
    const { truth } = createCaller({ adsPerAdSet: 40, historyDays: 20 }).emulator;
    const times = truth.ids('ads', ACCOUNT).map((id) => truth.object(id)?.['updated_time']);
    expect(new Set(times).size).toBeLessThan(times.length);
  });

  it.each(Object.entries(streams))('knows every field of %s', async (path, fields) => {
    const { get } = createCaller();
    const body = await get(path.replace('{account}', `act_${ACCOUNT}`), { fields: fields.join(',') });
    expect(body.error).toBeUndefined();
  });

  it('keeps nothing for 100,000 ads but what is asked for', async () => {
    const { get } = createCaller({ accounts: 1, campaignsPerAccount: 100, adSetsPerCampaign: 20, adsPerAdSet: 50 });
    const body = await get(`act_${ACCOUNT}/ads`, {
      limit: '1',
      summary: 'total_count',
      effective_status: '["ACTIVE","ARCHIVED"]',
    });
    expect(body.data).toHaveLength(1);
    expect(body.summary?.total_count).toBeGreaterThan(10_000);
  });
});
