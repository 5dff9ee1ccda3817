import { describe, expect, it } from 'vitest';
import { INSIGHTS_FIELDS } from '../../src/generated/vocabulary.ts';
import { ACCOUNT, OTHER_ACCOUNT } from './caller.ts';
import { createInsightsCaller, type InsightsCaller, labelOf, range, sortRows } from './insights-caller.ts';

const recent = {
  ...range('2026-11-01', '2026-11-10'),
  level: 'ad',
  time_increment: '1',
  fields: 'ad_id,impressions,unique_actions',
};

async function statusOf({ get }: InsightsCaller, run: string): Promise<string> {
  const body = await get(run);
  return `${body['async_status']} ${body['async_percent_completion']}`;
}

async function beginMany(caller: InsightsCaller, count: number): Promise<readonly string[]> {
  const runs: string[] = [];
  for (let at = 0; at < count; at++) runs.push(await caller.begin(recent));
  return runs;
}

describe('a report run', () => {
  it('goes through its states on the clock', async () => {
    const caller = createInsightsCaller({ reportDelayMs: 10_000, reportLingerMs: 5_000 });
    const run = await caller.begin(recent);
    const seen = [await statusOf(caller, run)];
    for (const ms of [50, 4_950, 5_000, 5_000]) {
      await caller.clock.advance(ms);
      seen.push(await statusOf(caller, run));
    }
    expect(seen).toEqual(['Job Not Started 0', 'Job Started 0', 'Job Running 50', 'Job Running 100', 'Job Completed 100']);
  });

  it('takes as long as its account and its request say, again and again', async () => {
    const caller = createInsightsCaller({
      reportDelayMs: 1_000,
      reportDelaySpread: 60,
      reportDelayOfAccounts: { [OTHER_ACCOUNT]: 100_000 },
    });
    const fields = ['spend', 'clicks', 'reach', 'spend', 'clicks', 'reach'];
    for (const each of fields) await caller.begin({ ...recent, fields: `ad_id,${each}` });
    await caller.begin(recent, `act_${OTHER_ACCOUNT}`);
    const delays = caller.emulator.reports.list().map(({ createdMs, finishedMs }) => finishedMs - createdMs);
    expect(delays.slice(0, 3)).toEqual(delays.slice(3, 6));
    expect(new Set(delays).size).toBe(4);
    for (const delay of delays.slice(0, 6)) expect(delay >= 1_000 && delay <= 60_000).toBe(true);
    expect(delays[6]).toBeGreaterThanOrEqual(100_000);
  });

  it('shows its members, and those asked for', async () => {
    const caller = createInsightsCaller();
    const run = await caller.begin(recent);
    const seconds = caller.clock.now() / 1_000;
    expect(await caller.get(run)).toEqual({
      id: run,
      account_id: ACCOUNT,
      time_ref: seconds,
      time_completed: seconds,
      async_status: 'Job Completed',
      async_percent_completion: 100,
      date_start: '2026-11-01',
      date_stop: '2026-11-10',
      is_running: false,
    });
    expect(await caller.get(run, { fields: 'async_status' })).toEqual({ id: run, async_status: 'Job Completed' });
    expect(await caller.fail(run, { fields: 'progress' })).toBe('400 100');
  });

  it('takes longer the more rows it has', async () => {
    const caller = createInsightsCaller({ reportRowDelayMs: 10 });
    const run = await caller.begin(recent);
    expect(await statusOf(caller, run)).toBe('Job Not Started 0');
    await caller.clock.advance(60 * 10 * 10 * 2);
    expect(await statusOf(caller, run)).toBe('Job Completed 100');
  });

  it('is polled through batches, which are counted', async () => {
    const caller = createInsightsCaller();
    const runs = await beginMany(caller, 3);
    const parts = (await caller.batch(runs.map((run) => ({ method: 'GET', relative_url: `v25.0/${run}` })))) as {
      body: string;
    }[];
    expect(parts.map(({ body }) => (JSON.parse(body) as { id: string }).id)).toEqual(runs);
    const { reports, writes, byEdge } = caller.emulator.counters;
    expect(reports).toEqual({ created: 3, polls: 3, resultPages: 0, rows: 0, failed: {} });
    expect(byEdge).toEqual({ insights: 3, batch: 1, report: 3 });
    expect(writes).toBe(0);
  });

  it('may have an id that no number holds', async () => {
    const { fetch, get } = createInsightsCaller({ bareReportRunIds: true });
    const response = await fetch(`/v25.0/act_${ACCOUNT}/insights`, { method: 'POST', body: new URLSearchParams(recent) });
    const [, digits = ''] = /^\{"report_run_id":(\d+)\}$/.exec(await response.text()) ?? [];
    expect(String(Number(digits))).not.toBe(digits);
    expect((await get(digits))['id']).toBe(digits);
  });

  it.each([
    ['reportStallAtZeroEvery', 'Job Not Started 0'],
    ['reportStallAt37Every', 'Job Running 37'],
  ] as const)('stands still for ever by %s', async (knob, status) => {
    const caller = createInsightsCaller({ [knob]: 2, reportDelayMs: 1_000 });
    const [first = '', second = ''] = await beginMany(caller, 2);
    await caller.clock.advance(86_400_000);
    expect(await statusOf(caller, first)).toBe('Job Completed 100');
    expect(await statusOf(caller, second)).toBe(status);
  });

  it('may be skipped, and may lack its status', async () => {
    const caller = createInsightsCaller({ reportSkippedEvery: 1, reportStatusMissingEvery: 2 });
    const run = await caller.begin(recent);
    expect(await statusOf(caller, run)).toBe('Job Skipped 0');
    expect(await statusOf(caller, run)).toBe('undefined 0');
    expect(caller.emulator.counters.reports.failed).toEqual({ skipped: 1 });
  });

  it.each([
    ['2601', '400 2601/1815107'],
    ['33', '400 100/33'],
    ['summary', '400 100'],
  ] as const)('may not be readable at first: %s', async (reportUnreadableError, label) => {
    const caller = createInsightsCaller({ reportUnreadableReads: 2, reportUnreadableError });
    const run = await caller.begin(recent);
    expect(await caller.fail(`${run}/insights`)).toBe(label);
    expect(await caller.fail(`${run}/insights`)).toBe(label);
    expect((await caller.readRows(run)).length).toBeGreaterThan(0);
  });

  it('can not be read before it is completed, nor with a summary', async () => {
    const caller = createInsightsCaller({ reportDelayMs: 1_000 });
    const run = await caller.begin(recent);
    expect(await caller.fail(`${run}/insights`)).toBe('400 2601/1815107');
    await caller.clock.advance(1_000);
    expect(await caller.fail(`${run}/insights`, { summary: 'true' })).toBe('400 100');
  });

  it('fails once and passes when asked for again', async () => {
    const caller = createInsightsCaller({ reportFailFirstEvery: 1 });
    const failed = await caller.get(await caller.begin(recent));
    expect(failed).toMatchObject({
      async_status: 'Job Failed',
      error_code: -2,
      error_subcode: 2490547,
      error_user_title: 'Report Failed',
    });
    expect(await statusOf(caller, await caller.begin(recent))).toBe('Job Completed 100');
    expect(await statusOf(caller, await caller.begin({ ...recent, fields: 'spend' }))).toBe('Job Failed 0');
    expect(caller.emulator.counters.reports.failed).toEqual({ 2490547: 2 });
  });

  it('fails when it has too many rows, or rows times fields', async () => {
    const caller = createInsightsCaller();
    const rows = (await caller.report(recent)).length;
    caller.emulator.configure({ maxReportRows: rows - 1 });
    expect(await caller.get(await caller.begin(recent))).toMatchObject({ error_code: -3, error_subcode: 1504045 });
    caller.emulator.configure({ maxReportRows: rows });
    expect(await statusOf(caller, await caller.begin(recent))).toBe('Job Completed 100');
    caller.emulator.configure({ maxReportRowsFields: rows * 2, maxReportRowsFailure: '2/1504038' });
    expect(await caller.get(await caller.begin(recent))).toMatchObject({ error_code: 2, error_subcode: 1504038 });
    expect(await statusOf(caller, await caller.begin({ ...recent, fields: 'ad_id,spend' }))).toBe('Job Completed 100');
    caller.emulator.configure({ maxReportRowsFailure: '100/1487534' });
    expect(labelOf(await caller.create(recent))).toBe('100/1487534');
  });

  it('fails wherever a poisoned cell is in it, and only there', async () => {
    const caller = createInsightsCaller();
    const [adId = '', otherId = ''] = caller.emulator.truth.ids('ads', ACCOUNT, { statuses: ['ACTIVE'] });
    caller.emulator.configure({ poisonCells: [{ adId, day: '2026-11-05', field: 'unique_actions' }] });
    const status = async (params: Readonly<Record<string, string>>) =>
      await statusOf(caller, await caller.begin({ ...recent, ...params }));
    const only = (id: string) => ({ filtering: JSON.stringify([{ field: 'ad.id', operator: 'IN', value: [id] }]) });
    expect(await status({})).toBe('Job Failed 0');
    expect(await status(only(adId))).toBe('Job Failed 0');
    expect(await status(only(otherId))).toBe('Job Completed 100');
    expect(await status({ fields: 'ad_id,spend' })).toBe('Job Completed 100');
    expect(await status(range('2026-11-06', '2026-11-10'))).toBe('Job Completed 100');
    expect(labelOf(await caller.get(`act_${ACCOUNT}/insights`, recent))).toBe('2/1504044');
    caller.emulator.configure({ poisonCells: [{ breakdown: 'age', window: 'incrementality' }] });
    expect(await status({ breakdowns: 'age' })).toBe('Job Completed 100');
    expect(await status({ breakdowns: 'age', action_attribution_windows: 'incrementality' })).toBe('Job Failed 0');
  });

  it('fails for drawn cells in one field each', async () => {
    const caller = createInsightsCaller({ poisonCellEvery: 20 });
    const wide = { ...recent, fields: INSIGHTS_FIELDS.join(',') };
    expect(await statusOf(caller, await caller.begin(wide))).toBe('Job Failed 0');
    expect(await statusOf(caller, await caller.begin({ ...recent, fields: 'ad_id,spend,actions' }))).toBe('Job Completed 100');
  });

  it('is refused while too many are under way, for the account or the app', async () => {
    const caller = createInsightsCaller({ maxRunningReports: 2, reportDelayMs: 1_000 });
    await beginMany(caller, 2);
    expect(labelOf(await caller.create(recent))).toBe('4/1504022');
    expect(await caller.create(recent, `act_${OTHER_ACCOUNT}`)).toHaveProperty('report_run_id');
    caller.emulator.configure({ maxRunningReports: 0, maxRunningReportsOfApp: 3 });
    expect(labelOf(await caller.create(recent))).toBe('4/1504022');
    await caller.clock.advance(1_000);
    expect(await caller.create(recent)).toHaveProperty('report_run_id');
  });

  it('shows how full account and app are on every answer of insights', async () => {
    const caller = createInsightsCaller({ maxRunningReports: 4, maxRunningReportsOfApp: 10, reportDelayMs: 1_000 });
    const run = await caller.begin(recent);
    const readHeader = async (path: string) => (await caller.fetch(`/v25.0/${path}`)).headers.get('x-fb-ads-insights-throttle');
    const header = JSON.stringify({ app_id_util_pct: 10, acc_id_util_pct: 25, ads_api_access_tier: 'standard_access' });
    expect(await readHeader(`act_${ACCOUNT}/insights?date_preset=today`)).toBe(header);
    expect(await readHeader(`${run}/insights`)).toBe(header);
    expect(await readHeader(run)).toBeNull();
    caller.emulator.configure({ usageHeaders: 'lying' });
    expect(await readHeader(`${run}/insights`)).toContain('"acc_id_util_pct":0.01');
  });

  it('uses the quota of insights', async () => {
    const caller = createInsightsCaller({ callsPerHour: 3 });
    const run = await caller.begin(recent);
    await caller.get(run);
    await caller.get(`${run}/insights`);
    expect(await caller.fail(run)).toBe('400 80000/2446079');
    expect((await caller.get(`act_${ACCOUNT}/ads`)).error).toBeUndefined();
  });

  it('expires', async () => {
    const caller = createInsightsCaller();
    const run = await caller.begin(recent);
    await caller.clock.advance(30 * 86_400_000);
    expect(await statusOf(caller, run)).toBe('Job Skipped 0');
    expect(await caller.fail(`${run}/insights`)).toBe('400 100/33');
  });

  it('gives the rows of the moment it was made', async () => {
    const caller = createInsightsCaller();
    const run = await caller.begin(recent);
    const before = await caller.readRows(run);
    await caller.clock.advance(5 * 86_400_000);
    expect(await caller.readRows(run)).toEqual(before);
    expect(await caller.report(recent)).not.toEqual(before);
  });

  it('is of no use to a token that may not read its account', async () => {
    const caller = createInsightsCaller();
    const run = await caller.begin(recent);
    caller.emulator.configure({ deniedAccounts: { [ACCOUNT]: '200' } });
    expect(await caller.fail(run)).toBe('403 200');
    expect(await caller.fail(`${run}/insights`)).toBe('403 200');
  });
});

describe('the pages of a report', () => {
  it('have 25 rows and cursors that are offsets', async () => {
    const caller = createInsightsCaller();
    const run = await caller.begin(recent);
    const { data, paging } = await caller.get(`${run}/insights`);
    expect(data).toHaveLength(25);
    expect(paging?.cursors).toEqual({ before: Buffer.from('0').toString('base64'), after: Buffer.from('24').toString('base64') });
    expect(new URL(paging?.next ?? '').pathname).toBe(`/v25.0/${run}/insights`);
    expect(await caller.fail(`${run}/insights`, { after: 'nonsense' })).toBe('400 2642');
  });

  it.each(['plain', 'empty_pages', 'short_pages', 'trailing_empty_page'] as const)(
    'give all rows once, style %s',
    async (pageStyle) => {
      const caller = createInsightsCaller({ pageStyle });
      const run = await caller.begin(recent);
      const rows = await caller.readRows(run, 7);
      caller.emulator.configure({ pageStyle: 'plain' });
      expect(rows).toEqual(await caller.readRows(run, 5_000));
      expect(sortRows(rows)).toEqual(
        sortRows([...new Map(rows.map((row) => [`${row['ad_id']} ${row['date_start']}`, row])).values()]),
      );
    },
  );

  it('may have a next page for ever', async () => {
    const caller = createInsightsCaller({ pageStyle: 'sticky_next' });
    const run = await caller.begin(recent);
    const first = await caller.get(`${run}/insights`, { limit: '5000' });
    const after = first.paging?.cursors.after ?? '';
    const second = await caller.get(`${run}/insights`, { limit: '5000', after });
    expect(second.data).toEqual([]);
    expect(second.paging?.cursors.after).toBe(after);
    expect(second.paging?.next).toBeDefined();
  });

  it('are without paging when there are no rows', async () => {
    const { get, begin } = createInsightsCaller({ campaignsPerAccount: 0 });
    expect(await get(`${await begin(recent)}/insights`)).toEqual({ data: [] });
  });

  it('break off in the middle of every nth run', async () => {
    const caller = createInsightsCaller({ reportBreakEvery: 2, reportBreakPage: 3 });
    const [whole = '', broken = ''] = await beginMany(caller, 2);
    expect((await caller.readRows(whole, 20)).length).toBeGreaterThan(60);
    const pageFrom = async (offset: number) =>
      await caller.get(`${broken}/insights`, { limit: '20', after: btoa(String(offset)) });
    await caller.get(`${broken}/insights`, { limit: '20' });
    expect((await pageFrom(19)).data).toHaveLength(20);
    expect(labelOf(await pageFrom(39))).toBe('100/33');
    expect(labelOf(await pageFrom(39))).toBe('100/33');
  });
});
