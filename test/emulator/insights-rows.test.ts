import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEmulator } from '../../src/emulator/emulator.ts';
import type { InsightsTruthRow } from '../../src/emulator/insights/insights-truth.ts';
import { DEFAULT_TOKEN } from '../../src/emulator/options.ts';
import { INSIGHTS_FIELDS } from '../../src/generated/vocabulary.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { ACCOUNT, type Body } from './caller.ts';
import { ANY_STATUS, createInsightsCaller, range, sortRows, sumOf, toCents } from './insights-caller.ts';

const DAY_MS = 86_400_000;
const NOVEMBER = { since: '2026-11-01', until: '2026-11-14' };
const ids = ['account_id', 'campaign_id', 'adset_id', 'ad_id'];
const base = ['impressions', 'clicks', 'spend'];
const all = { filtering: JSON.stringify(ANY_STATUS) };

interface Action {
  readonly action_type: string;
  readonly value: string;
  readonly [key: string]: string;
}

function sumActions(rows: readonly InsightsTruthRow[], type: string, key: string): number {
  return sumOf(rows, (row) =>
    ((row['actions'] ?? []) as readonly Action[])
      .filter(({ action_type }) => action_type === type)
      .reduce((sum, action) => sum + Number(action[key] ?? 0), 0),
  );
}

describe('insights rows', () => {
  it.each([
    ['ad', [], 1],
    ['ad', ['age', 'gender'], 1],
    ['ad', ['publisher_platform', 'platform_position', 'impression_device'], 7],
    ['adset', ['country'], 'monthly'],
    ['campaign', ['region'], 3],
    ['campaign', ['image_asset'], 1],
    ['account', ['hourly_stats_aggregated_by_advertiser_time_zone'], 'all_days'],
    ['account', [], 1],
  ] as const)('of level %s by %j in buckets of %s are those of the truth', async (level, breakdowns, increment) => {
    const { emulator, report } = createInsightsCaller({ campaignsPerAccount: 2, adSetsPerCampaign: 2, adsPerAdSet: 2 });
    const windows = ['1d_click', '7d_click', '1d_view'];
    const actionBreakdowns = ['action_type', 'action_target_id', 'action_destination'];
    const hourly = breakdowns.some((name) => name.startsWith('hourly'));
    const fields = INSIGHTS_FIELDS.filter((name) => !hourly || !/^(video_|unique_|cost_per_unique_)/.test(name));
    const rows = await report({
      ...range('2026-11-04', '2026-11-21'),
      ...all,
      level,
      fields: fields.join(','),
      breakdowns: breakdowns.join(','),
      action_breakdowns: JSON.stringify(actionBreakdowns),
      action_attribution_windows: JSON.stringify(windows),
      time_increment: String(increment),
    });
    const query = { accountId: ACCOUNT, level, fields, breakdowns, actionBreakdowns, windows, increment, filtering: ANY_STATUS };
    const truth = emulator.truth.insights({ ...query, since: '2026-11-04', until: '2026-11-21' });
    expect(sortRows(rows)).toEqual(sortRows(truth));
    const keys = rows.map((row) => JSON.stringify([...ids, ...breakdowns, 'date_start'].map((name) => row[name])));
    expect(new Set(keys).size).toBe(rows.length);
    expect(rows.length).toBeGreaterThan(0);
  });

  it('add up to the same totals however they are cut', async () => {
    const { emulator, report } = createInsightsCaller();
    const totals = emulator.truth.insightsTotals({ accountId: ACCOUNT, ...NOVEMBER, filtering: ANY_STATUS });
    expect(totals.spend).toBeGreaterThan(0);
    for (const level of ['account', 'campaign', 'adset', 'ad']) {
      for (const breakdowns of ['', 'age', 'age,gender', 'country', 'publisher_platform,platform_position', 'video_asset']) {
        for (const time_increment of ['1', '5', 'monthly', 'all_days']) {
          const params = { ...range(NOVEMBER.since, NOVEMBER.until), ...all, level, breakdowns, time_increment };
          const rows = await report({
            ...params,
            fields: [...base, 'actions'].join(','),
            action_attribution_windows: '1d_click',
          });
          expect(sumOf(rows, (row) => Number(row['impressions']))).toBe(totals.impressions);
          expect(sumOf(rows, (row) => Number(row['clicks']))).toBe(totals.clicks);
          expect(sumOf(rows, (row) => toCents(row['spend']))).toBe(totals.spend);
          expect(sumActions(rows, 'purchase', 'value')).toBe(totals.purchases);
        }
      }
    }
  });

  it('keep the sums of windows under every action breakdown', async () => {
    const { report } = createInsightsCaller();
    const read = async (action_breakdowns: string, breakdowns: string) => {
      const rows = await report({
        ...range(NOVEMBER.since, NOVEMBER.until),
        level: 'ad',
        fields: 'actions',
        action_breakdowns,
        breakdowns,
        action_attribution_windows: '7d_click',
      });
      return ['link_click', 'purchase'].map((type) => sumActions(rows, type, '7d_click'));
    };
    const plain = await read('action_type', '');
    expect(plain[0]).toBeGreaterThan(0);
    expect(await read('action_type,action_target_id,action_destination', '')).toEqual(plain);
    expect(await read('action_type,action_destination', 'age,gender')).toEqual(plain);
    expect(await read('action_type', 'country')).toEqual(plain);
  });

  it('are sparse: only with delivery or attribution, and without the fields that have no value', async () => {
    const { report } = createInsightsCaller({ adsPerAdSet: 30 });
    const fields = 'ad_id,impressions,spend,cpc,actions,inline_link_clicks';
    const rows = await report({ ...range('2026-06-01', '2026-11-20'), level: 'ad', time_increment: '1', fields });
    const trails = rows.filter((row) => row['impressions'] === '0');
    expect(trails.length).toBeGreaterThan(0);
    expect(trails.length).toBeLessThan(rows.length / 4);
    expect(trails.every((row) => row['spend'] === '0' && row['cpc'] === undefined && row['actions'] !== undefined)).toBe(true);
    expect(rows.some((row) => row['inline_link_clicks'] === undefined)).toBe(true);
    expect(rows.every((row) => row['inline_link_clicks'] !== '0')).toBe(true);
  });

  it('leave out what a level does not know', async () => {
    const { report } = createInsightsCaller();
    const [row] = await report({ ...range('2026-11-01', '2026-11-02'), level: 'adset', fields: 'ad_id,adset_id,account_id' });
    expect(Object.keys(row ?? {})).toEqual(['adset_id', 'account_id', 'date_start', 'date_stop']);
  });

  it('grow until they are 28 days old, and never after', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 0, max: 27 }), async (seed, age) => {
        const { emulator, clock } = createInsightsCaller({ seed });
        const day = new Date(clock.now() - 10 * DAY_MS).toISOString().slice(0, 10);
        const read = (ageDays: number) =>
          emulator.truth.insightsTotals(
            { accountId: ACCOUNT, since: day, until: day },
            Date.parse(`${day}T20:00:00Z`) + ageDays * DAY_MS,
          );
        for (const name of ['impressions', 'spend', 'purchases'] as const)
          expect(read(age)[name]).toBeLessThanOrEqual(read(age + 1)[name]);
        expect(read(28)).toEqual(read(400));
        expect(read(0).impressions).toBeLessThan(read(28).impressions);
      }),
      { numRuns: 25 },
    );
  });

  it('of today are partial, and there are none of tomorrow', async () => {
    const { report, clock } = createInsightsCaller({ timeZones: ['UTC'] });
    const read = async () => {
      const rows = await report({ ...range('2026-11-19', '2026-11-25'), time_increment: '1', fields: 'impressions' });
      return rows.map((row) => Number(row['impressions']));
    };
    const before = await read();
    await clock.advance(DAY_MS / 4);
    const after = await read();
    expect(before).toHaveLength(3);
    expect(after[2]).toBeGreaterThan(before[2] ?? 0);
    await clock.advance(DAY_MS / 2);
    expect(await read()).toHaveLength(4);
  });

  it.each([
    ['Pacific/Pago_Pago', '2026-11-20T12:00:00Z', '2026-11-20'],
    ['Pacific/Kiritimati', '2026-11-20T12:00:00Z', '2026-11-21'],
    ['America/Los_Angeles', '2026-11-01T09:30:00Z', '2026-11-01'],
    ['America/Los_Angeles', '2026-11-02T07:30:00Z', '2026-11-01'],
  ])('know in %s that at %s it is %s', async (timeZone, instant, today) => {
    const startMs = Date.parse(instant);
    const emulator = createEmulator({ timeZones: [timeZone] }, new FakeClock({ startMs }));
    const query = {
      accountId: ACCOUNT,
      level: 'account',
      fields: base,
      increment: 1,
      since: '2026-10-30',
      until: '2026-11-22',
    } as const;
    expect([...emulator.truth.insights(query)].at(-1)?.['date_start']).toBe(today);
    const search = new URLSearchParams({ date_preset: 'today', time_increment: '1', access_token: DEFAULT_TOKEN });
    const { data } = (await (await emulator.fetch(`http://graph.test/v25.0/act_${ACCOUNT}/insights?${search}`)).json()) as Body;
    expect(data).toMatchObject([{ date_start: today, date_stop: today }]);
  });

  it('show archived ads unasked, deleted ones only by name or by their own id', async () => {
    const { emulator, report } = createInsightsCaller({ adsPerAdSet: 30 });
    const read = async (params: Readonly<Record<string, string>>, object?: string) => {
      const rows = await report({ ...range('2026-01-01', '2026-11-20'), level: 'ad', fields: 'ad_id', ...params }, object);
      return new Set(rows.map((row) => String(emulator.truth.object(String(row['ad_id']))?.['effective_status'])));
    };
    const plain = await read({});
    expect(plain).toContain('ARCHIVED');
    expect(plain).not.toContain('DELETED');
    expect(await read(all)).toContain('DELETED');
    const deleted = emulator.truth.ids('ads', ACCOUNT, { statuses: ['DELETED'] });
    const shown = await Promise.all(deleted.map((id) => read({}, id)));
    expect(shown.some((statuses) => statuses.has('DELETED'))).toBe(true);
  });

  it('are narrowed by ids and by impressions', async () => {
    const { emulator, report } = createInsightsCaller({ adsPerAdSet: 30 });
    const read = (filtering: readonly object[]) =>
      report({
        ...range('2026-06-01', '2026-11-20'),
        level: 'ad',
        fields: 'ad_id,campaign_id,impressions',
        filtering: JSON.stringify(filtering),
      });
    const campaigns = emulator.truth.ids('campaigns', ACCOUNT, { statuses: ['ACTIVE'] }).slice(0, 2);
    const some = await read([{ field: 'campaign.id', operator: 'IN', value: campaigns }]);
    expect(new Set(some.map((row) => row['campaign_id']))).toEqual(new Set(campaigns));
    const seen = await read([{ field: 'ad.impressions', operator: 'GREATER_THAN', value: 0 }]);
    const every = await read([]);
    expect(seen).toEqual(every.filter((row) => row['impressions'] !== '0'));
  });

  it('may lack the key of a breakdown, and are different even so', async () => {
    const { emulator, report } = createInsightsCaller({ missingBreakdownEvery: 3 });
    const params = { level: 'ad', fields: 'ad_id,impressions', time_increment: '1' };
    const rows = await report({ ...params, ...range(NOVEMBER.since, NOVEMBER.until), breakdowns: 'country' });
    expect(rows.some((row) => row['country'] === undefined)).toBe(true);
    expect(rows.some((row) => row['country'] !== undefined)).toBe(true);
    const keys = rows.map((row) => [row['ad_id'], row['date_start'], row['country']].join());
    expect(new Set(keys).size).toBe(rows.length);
    const query = {
      accountId: ACCOUNT,
      level: 'ad',
      fields: ['ad_id', 'impressions'],
      breakdowns: ['country'],
      increment: 1,
    } as const;
    expect(sortRows(rows)).toEqual(sortRows(emulator.truth.insights({ ...query, ...NOVEMBER })));
  });

  it('have whole amounts in currencies without minor units', async () => {
    const { report } = createInsightsCaller({ currencies: ['JPY'] });
    const [row] = await report({ ...range(NOVEMBER.since, NOVEMBER.until), fields: 'spend,account_currency' });
    expect(row).toMatchObject({ account_currency: 'JPY', spend: expect.stringMatching(/^\d+$/) });
  });
});
