import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/insights/day.ts';
import type { Increment, InsightsQuery } from '../../src/insights/query.ts';
import { type PlanRequest, planWindows, takeWindow, type WindowOrder } from '../../src/insights/window-plan.ts';
import { InsightsState } from '../../src/streams/insights-state.ts';

const TODAY = '2026-11-21';
const START = '2026-01-01';
const QUERY: InsightsQuery = {
  level: 'ad',
  keyFields: ['account_id', 'ad_id'],
  fields: ['clicks', 'spend'],
  breakdowns: [],
  actionBreakdowns: ['action_type'],
  actionAttributionWindows: ['1d_click'],
  useAccountAttributionSetting: false,
  increment: { unit: 'day', count: 1 },
  filtering: [],
};

interface Setup {
  readonly accountIds?: readonly string[];
  readonly legacyAccountId?: string;
  readonly query?: Partial<InsightsQuery>;
}

function parse(raw: unknown, { accountIds = ['1', '2'], legacyAccountId, query = {} }: Setup = {}): InsightsState {
  const settings = { accountIds, ...(legacyAccountId === undefined ? {} : { legacyAccountId }) };
  return new InsightsState({ settings, query: { ...QUERY, ...query }, anchor: START }, raw as never);
}

/** Begins an account as the stream does. */
function begin(state: InsightsState, accountId: string, more: Partial<PlanRequest> = {}) {
  const progress = state.account(accountId);
  const plan = planWindows({
    grid: { increment: QUERY.increment, anchor: START },
    startDay: START,
    endDay: TODAY,
    today: TODAY,
    lookbackDays: 28,
    retentionFloor: '2023-10-22',
    ...(progress?.cursor === undefined ? {} : { cursor: progress.cursor }),
    ...(progress?.done === undefined ? {} : { done: progress.done }),
    ...more,
  });
  state.begin(accountId, plan);
  return plan;
}

const toJson = (state: InsightsState): Record<string, unknown> => JSON.parse(JSON.stringify(state));
const accountOf = (state: InsightsState, accountId: string) => toJson(state)[accountId] as Record<string, unknown>;
const day = (increment: number): Increment => ({ unit: 'day', count: increment });

describe('reading a state', () => {
  it("reads Airbyte's form by account", () => {
    const state = parse({ '1': { date_start: '2026-10-01', slices: ['2026-10-03'] }, time_increment: 1 });
    expect(state.account('1')).toMatchObject({ cursor: '2026-10-01', slices: ['2026-10-03'] });
    expect(state.account('1')?.done).toBeUndefined();
    expect(state.account('2')).toBeUndefined();
    expect(state.rereadReason('1')).toBeUndefined();
  });

  it('reads the flat form of the time of one account', () => {
    const flat = { date_start: '2026-10-01', slices: [], time_increment: 1 };
    expect(parse(flat, { accountIds: ['7'] }).account('7')?.cursor).toBe('2026-10-01');
    expect(parse(flat, { legacyAccountId: '2' }).account('2')?.cursor).toBe('2026-10-01');
    expect(parse(flat, { legacyAccountId: '2' }).account('1')).toBeUndefined();
    expect(parse(flat).account('1')).toBeUndefined();
  });

  it('reads the flat form without slices, increment, or with a time of day', () => {
    expect(parse({ date_start: '2026-10-01T00:00:00+00:00' }, { accountIds: ['7'] }).account('7')?.cursor).toBe('2026-10-01');
    expect(parse({ slices: ['2026-10-01'] }, { accountIds: ['7'] }).account('7')).toMatchObject({ slices: ['2026-10-01'] });
  });

  it.each<[string, Increment, object]>([
    ['days', day(7), { time_increment: 7 }],
    ['daily', day(1), { time_increment: 1, time_increment_period: 'daily' }],
    ['weekly', { unit: 'week' }, { time_increment: 7, time_increment_period: 'weekly' }],
    ['monthly', { unit: 'month' }, { time_increment: 30, time_increment_period: 'monthly' }],
  ])("keeps progress under Airbyte's name of the same increment: %s", (_, increment, mark) => {
    const state = parse({ '1': { date_start: '2026-10-01', slices: [] }, ...mark }, { query: { increment } });
    expect(state.account('1')?.cursor).toBe('2026-10-01');
    expect(toJson(state)).toMatchObject(mark);
  });

  it.each<[Increment, object, string]>([
    [day(7), { time_increment: 1 }, 'from 1 day to 7 days'],
    [day(7), {}, 'from 1 day to 7 days'],
    [{ unit: 'week' }, { time_increment: 7 }, 'from 7 days to weekly'],
    [day(30), { time_increment: 30, time_increment_period: 'monthly' }, 'from monthly to 30 days'],
    [{ unit: 'all_days' }, { time_increment: 1 }, 'from 1 day to all_days'],
  ])('forgets progress under another increment', (increment, mark, words) => {
    const state = parse({ '1': { date_start: '2026-10-01', slices: [] }, ...mark }, { query: { increment } });
    expect(state.account('1')).toBeUndefined();
    expect(state.rereadReason('1')).toContain(words);
    expect(toJson(state)['1']).toBeUndefined();
  });

  it('forgets the progress of accounts that were read with less, and says why', () => {
    const first = parse(undefined);
    first.complete('1', begin(first, '1').buckets.at(0) ?? { since: '', until: '' }, TODAY);
    const saved = toJson(first);
    expect(parse(saved).account('1')).toBeDefined();
    const more = parse(saved, { query: { fields: ['clicks', 'reach', 'spend'] } });
    expect(more.rereadReason('1')).toBe('the fields reach were added');
    expect(more.account('1')).toBeUndefined();
    expect(parse(saved, { query: { fields: ['spend'] } }).account('1')).toBeDefined();
  });

  it('survives any JSON, and stays JSON', () => {
    const keys = fc.constantFrom(
      '1',
      '2',
      '9',
      'date_start',
      'slices',
      'time_increment',
      'time_increment_period',
      'shapes',
      'x',
      '__proto__',
    );
    const days = fc.constantFrom('2026-10-01', '2999-12-31', '1000-01-01', '2026-02-30', '', TODAY);
    const pairs = fc.tuple(days, days).map(([since, until]) => `${since}/${until}`);
    const account = fc.record(
      {
        date_start: fc.oneof(days, fc.jsonValue()),
        slices: fc.oneof(fc.array(days), fc.jsonValue()),
        done: fc.oneof(fc.array(fc.oneof(pairs, days)), fc.jsonValue()),
        shape: fc.oneof(fc.constantFrom('a', 'constructor', '__proto__'), fc.jsonValue()),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.dictionary(keys, fc.oneof(account, days, fc.jsonValue())), (raw) => {
        const json = JSON.parse(JSON.stringify(raw));
        const state = parse(json);
        const plan = begin(state, '1');
        expect(plan.buckets.at(-1)?.until).toBe(TODAY);
        const window = takeWindow(plan.buckets, 30);
        if (window !== undefined) state.complete('1', window.range, TODAY);
        expect(toJson(parse(toJson(state)))).toEqual(toJson(state));
      }),
    );
  });
});

describe('writing a state', () => {
  it("writes Airbyte's form, with additions it passes over", () => {
    const state = parse({ kept: true, '1': { date_start: '2026-10-01', slices: [] }, time_increment: 1 });
    const plan = begin(state, '1');
    state.complete('1', { since: '2026-09-03', until: '2026-10-31' }, TODAY);
    const json = toJson(state);
    const { shape, ...account } = accountOf(state, '1');
    expect(plan.buckets[0]?.since).toBe('2026-09-03');
    expect(account).toEqual({ date_start: '2026-10-31', slices: [], done: ['2026-01-01/2026-10-23'] });
    expect(json).toMatchObject({
      kept: true,
      time_increment: 1,
      shapes: { [String(shape)]: { level: 'ad', fields: 'clicks,spend' } },
    });
    expect(Object.keys(json).sort()).toEqual(['1', 'kept', 'shapes', 'time_increment']);
  });

  it('names buckets completed beyond a gap as slices, and lets the cursor pass over them when it is filled', () => {
    const state = parse(undefined);
    begin(state, '1');
    state.complete('1', { since: '2026-01-03', until: '2026-01-04' }, TODAY);
    expect(accountOf(state, '1')).toMatchObject({ slices: ['2026-01-03', '2026-01-04'], done: ['2026-01-03/2026-01-04'] });
    expect(accountOf(state, '1')['date_start']).toBeUndefined();
    state.complete('1', { since: '2026-01-01', until: '2026-01-02' }, TODAY);
    expect(accountOf(state, '1')).toMatchObject({ date_start: '2026-01-04', slices: [], done: ['2026-01-01/2026-01-04'] });
  });

  it('does not take the cursor back while the lookback is read again', () => {
    const state = parse({ '1': { date_start: '2026-11-20', slices: [] }, time_increment: 1 });
    begin(state, '1');
    expect(accountOf(state, '1')['date_start']).toBe('2026-11-20');
    state.complete('1', { since: '2026-10-23', until: '2026-10-30' }, TODAY);
    expect(accountOf(state, '1')['date_start']).toBe('2026-11-20');
  });

  it('does not hold on to a cursor in the future', () => {
    const state = parse({ '1': { date_start: '2027-05-01', slices: ['2027-05-02'] }, time_increment: 1 });
    begin(state, '1');
    expect(accountOf(state, '1')).toMatchObject({ slices: [], done: [] });
    state.complete('1', { since: START, until: '2026-01-10' }, TODAY);
    expect(accountOf(state, '1')).toMatchObject({ date_start: '2026-01-10' });
  });

  it('keeps accounts that are not read as they are', () => {
    const raw = { '9': { date_start: '2026-10-01', slices: ['2026-10-05'] }, time_increment: 1 };
    expect(toJson(parse(raw))).toEqual(raw);
  });

  it('refuses to complete what was not begun', () => {
    expect(() => parse(undefined).complete('1', { since: START, until: START }, TODAY)).toThrow('before it is begun');
  });

  it('resumes from each of its states without loss, the cursor never going back', () => {
    const steps = fc.array(fc.record({ maxDays: fc.integer({ min: 1, max: 80 }), skips: fc.nat(2), dies: fc.boolean() }), {
      maxLength: 25,
    });
    fc.assert(
      fc.property(steps, fc.constantFrom<WindowOrder>('oldest_first', 'recent_first'), (list, order) => {
        const read = new Set<string>();
        let state = parse(undefined);
        let today = TODAY;
        let rest = begin(state, '1', { order }).buckets;
        let cursor = '';
        for (const { maxDays, skips, dies } of list) {
          if (dies) {
            today = addDays(today, 3);
            state = parse(toJson(state));
            rest = begin(state, '1', { order, today, endDay: today }).buckets;
          }
          const window = takeWindow(rest.slice(skips), maxDays);
          if (window === undefined) continue;
          rest = [...rest.slice(0, skips), ...window.rest];
          for (const bucket of window.buckets) read.add(bucket.since);
          state.complete('1', window.range, today);
          const reached = state.account('1')?.cursor ?? '';
          expect(reached >= cursor).toBe(true);
          cursor = reached;
          for (let at = START; cursor !== '' && at <= cursor; at = addDays(at, 1)) expect(read.has(at)).toBe(true);
        }
        const last = planWindows({
          ...begin(parse(toJson(state)), '1'),
          startDay: START,
          endDay: today,
          today,
          retentionFloor: START,
        });
        for (const bucket of last.buckets) read.add(bucket.since);
        for (let at = START; at <= today; at = addDays(at, 1)) expect(read.has(at)).toBe(true);
      }),
    );
  });
});
