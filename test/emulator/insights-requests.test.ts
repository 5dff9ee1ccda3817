import { describe, expect, it } from 'vitest';
import { createEmulator } from '../../src/emulator/emulator.ts';
import { DEFAULT_TOKEN } from '../../src/emulator/options.ts';
import { INSIGHTS_FIELDS } from '../../src/generated/vocabulary.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { ACCOUNT, type Body } from './caller.ts';
import { createInsightsCaller, labelOf, range } from './insights-caller.ts';

const recent = range('2026-11-01', '2026-11-10');
const old = range('2025-10-01', '2026-11-10');

describe('a request for insights', () => {
  it('takes every field of the vocabulary', async () => {
    const { create } = createInsightsCaller();
    expect(await create({ ...recent, level: 'ad', fields: INSIGHTS_FIELDS.join(',') })).toHaveProperty('report_run_id');
  });

  it.each([
    ['an unknown field', { fields: 'impressions,fun' }, '100', 'fun is not valid for fields param'],
    ['a breakdown among the fields', { fields: 'country' }, '100', 'country is not valid for fields param'],
    ['an unknown breakdown', { breakdowns: 'planet' }, '100', 'breakdowns[0] must be one of'],
    ['a withdrawn breakdown', { breakdowns: 'dma' }, '100', 'breakdowns[0] must be one of'],
    ['an unknown window', { action_attribution_windows: '["3d_click"]' }, '100', 'action_attribution_windows[0] must be one of'],
    ['a pair of breakdowns that do not go together', { breakdowns: 'age,country' }, '2/1504041', 'Invalid parameter'],
    ['a position without its platform', { breakdowns: 'platform_position' }, '2/1504041', 'Invalid parameter'],
    ['reactions by country', { breakdowns: 'country', action_breakdowns: 'action_reaction' }, '2/1504041', 'Invalid parameter'],
    ['places of an account', { breakdowns: 'place_page_id', level: 'account' }, '2/1504041', 'Invalid parameter'],
    ['days the wrong way round', range('2026-11-10', '2026-11-01'), '100', 'start date'],
    ['a day that does not exist', range('2026-02-30', '2026-03-01'), '100', 'YYYY-MM-DD'],
    ['a wrong increment', { time_increment: '91' }, '100', 'time_increment'],
    ['a wrong preset', { date_preset: 'lifetime' }, '100', 'date_preset'],
    ['38 months ago', range('2023-09-21', '2023-10-21'), '3018', 'beyond 37 months'],
    ['people of 13 months ago', { ...old, fields: 'unique_clicks' }, '100', 'not available before 2025-10-21'],
    ['hours of 13 months ago', { ...old, breakdowns: 'hourly_stats_aggregated_by_advertiser_time_zone' }, '100', 'not available'],
    [
      'video by the hour',
      { fields: 'video_play_actions', breakdowns: 'hourly_stats_aggregated_by_advertiser_time_zone' },
      '100',
      'hourly',
    ],
    ['frequency values without reach', { breakdowns: 'frequency_value', fields: 'impressions' }, '100', 'reach'],
    [
      'a filter on a field that has none',
      { filtering: '[{"field":"ad.adset_id","operator":"IN","value":["1"]}]' },
      '100',
      'ad.adset_id',
    ],
  ] as const)('is refused for %s', async (_, params, label, text) => {
    const { create } = createInsightsCaller({ timeZones: ['UTC'] });
    const body = await create({ ...recent, fields: 'impressions', ...params });
    expect(labelOf(body)).toBe(label);
    expect(body.error.message).toContain(text);
  });

  it.each([
    ['age,gender', 'action_type,action_target_id,action_destination'],
    ['publisher_platform,platform_position,impression_device', 'action_type'],
    ['publisher_platform,device_platform', 'action_type'],
    ['device_platform', 'action_type'],
    ['product_id', ''],
    ['comscore_market', 'action_type,action_target_id,action_destination'],
    ['', 'action_carousel_card_id,action_carousel_card_name'],
    ['age', 'action_carousel_card_id'],
    ['title_asset', 'action_type'],
  ])('may ask for breakdowns %j with actions by %j', async (breakdowns, action_breakdowns) => {
    const { create } = createInsightsCaller();
    expect(await create({ ...recent, breakdowns, action_breakdowns, fields: 'actions' })).toHaveProperty('report_run_id');
  });

  it('may ask for any combination where the policy lets it', async () => {
    const { report } = createInsightsCaller({ breakdownPolicy: 'any' });
    expect((await report({ ...recent, breakdowns: 'age,country', fields: 'impressions' })).length).toBeGreaterThan(1);
  });

  it('may ask for dma until the day it is withdrawn', async () => {
    const emulator = createEmulator({}, new FakeClock({ startMs: Date.UTC(2026, 5, 21) }));
    const response = await emulator.fetch(
      `http://graph.test/v25.0/act_${ACCOUNT}/insights?date_preset=last_7d&breakdowns=dma&access_token=${DEFAULT_TOKEN}`,
    );
    expect(((await response.json()) as Body).data.length).toBeGreaterThan(0);
  });

  it('has the edge of retention in the days of the account', async () => {
    const floor = async (timeZone: string) => {
      const { create } = createInsightsCaller({ timeZones: [timeZone] });
      return Object.keys(await create({ ...range('2023-10-21', '2023-11-01'), fields: 'impressions' }));
    };
    expect(await floor('UTC')).toEqual(['report_run_id']);
    expect(await floor('Pacific/Kiritimati')).toEqual(['error']);
  });

  it('gets no reach of old breakdowns, without a word', async () => {
    const { report } = createInsightsCaller({ historyDays: 900 });
    const fields = 'reach,impressions,cpp';
    const [broken] = await report({ ...old, fields, breakdowns: 'age' });
    expect(broken).toHaveProperty('impressions');
    expect(broken).not.toHaveProperty('reach');
    expect((await report({ ...old, fields }))[0]).toHaveProperty('reach');
    expect((await report({ ...recent, fields, breakdowns: 'age' }))[0]).toHaveProperty('cpp');
  });

  it('gets zero reach by the hour, and no off-Meta actions by region', async () => {
    const { report } = createInsightsCaller();
    const [hour] = await report({
      ...recent,
      fields: 'reach,frequency',
      breakdowns: 'hourly_stats_aggregated_by_advertiser_time_zone',
    });
    expect(hour).toMatchObject({
      reach: '0',
      frequency: '0',
      hourly_stats_aggregated_by_advertiser_time_zone: expect.stringMatching(/^\d\d:00:00 - \d\d:59:59$/),
    });
    const types = JSON.stringify(await report({ ...recent, fields: 'actions', breakdowns: 'region' }));
    expect(types).toContain('link_click');
    expect(types).not.toContain('offsite_conversion');
  });

  it('gets objects for assets', async () => {
    const { report } = createInsightsCaller();
    const [row] = await report({ ...recent, fields: 'impressions,ctr', breakdowns: 'body_asset' });
    expect(row).toMatchObject({ body_asset: { id: expect.any(String), text: expect.any(String) } });
    expect(row).not.toHaveProperty('ctr');
  });

  it('gets nothing at once by breakdowns that need an opt-in, and all of it in a report', async () => {
    const { get, report } = createInsightsCaller();
    const params = { ...recent, fields: 'impressions', breakdowns: 'publisher_platform,impression_device' };
    expect(await get(`act_${ACCOUNT}/insights`, params)).toEqual({ data: [] });
    expect((await report(params)).length).toBeGreaterThan(0);
  });

  it('may be for several ranges, which then are the rows', async () => {
    const { report } = createInsightsCaller();
    const time_ranges = '[{since:"2026-11-01",until:"2026-11-03"},{since:"2026-11-02",until:"2026-11-02"}]';
    const rows = await report({ time_ranges, fields: 'spend' });
    expect(rows.map((row) => [row['date_start'], row['date_stop']])).toEqual([
      ['2026-11-01', '2026-11-03'],
      ['2026-11-02', '2026-11-02'],
    ]);
  });

  it('gets buckets from its first day on, the last one clamped', async () => {
    const { report } = createInsightsCaller();
    const days = async (time_increment: string) =>
      (await report({ ...range('2026-09-29', '2026-11-10'), time_increment })).map((row) => [
        row['date_start'],
        row['date_stop'],
      ]);
    expect((await days('20')).at(-1)).toEqual(['2026-11-08', '2026-11-10']);
    expect(await days('monthly')).toEqual([
      ['2026-09-29', '2026-09-30'],
      ['2026-10-01', '2026-10-31'],
      ['2026-11-01', '2026-11-10'],
    ]);
  });

  it('gets account, impressions and spend when it names no fields', async () => {
    const { report } = createInsightsCaller();
    expect(Object.keys((await report(recent))[0] ?? {})).toEqual([
      'account_id',
      'impressions',
      'spend',
      'date_start',
      'date_stop',
    ]);
  });

  it('is answered at once with pages of synchronous cursors, up to a size', async () => {
    const { get, fail, emulator } = createInsightsCaller();
    const params = { ...recent, level: 'ad', time_increment: '1', limit: '1' };
    const { paging } = await get(`act_${ACCOUNT}/insights`, params);
    expect(paging?.cursors.after).toBe('MAZDZD');
    const second = await get(`act_${ACCOUNT}/insights`, { ...params, after: 'MAZDZD' });
    expect(second.paging?.cursors.after).toBe('MQZDZD');
    expect(await fail(`act_${ACCOUNT}/insights`, { ...params, after: 'QVFI' })).toBe('400 2642');
    emulator.configure({ maxSyncInsightsRows: 10 });
    expect(await fail(`act_${ACCOUNT}/insights`, params)).toBe('400 100/1504018');
  });
});
