import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/insights/day.ts';
import { countDays } from '../../src/insights/day-ranges.ts';
import { bucketOf } from '../../src/insights/grid.ts';
import type { Entity, InsightsLevel, InsightsQuery, InsightsSlice, Scope } from '../../src/insights/query.ts';
import { afterDiscovery, discoveryQuery, planSplit, splitDiscovery } from '../../src/insights/split.ts';
import type { SplitPlan } from '../../src/insights/split-plan.ts';
import { daysOf, FIRST_DAY, increments, ranges } from './arbitraries.ts';

const ANCHOR = FIRST_DAY;
const LEVELS: readonly InsightsLevel[] = ['account', 'campaign', 'adset', 'ad'];
const FIELDS = ['clicks', 'spend', 'reach', 'actions', 'cpm'];

const QUERY: InsightsQuery = {
  level: 'ad',
  keyFields: ['account_id', 'ad_id'],
  fields: FIELDS,
  breakdowns: ['age'],
  actionBreakdowns: ['action_type'],
  actionAttributionWindows: ['7d_click'],
  useAccountAttributionSetting: true,
  increment: { unit: 'day', count: 1 },
  filtering: [{ field: 'ad.effective_status', operator: 'IN', value: ['ACTIVE'] }],
};
const DAY = { since: '2026-01-05', until: '2026-01-05' };

function sliceOf(more: Partial<InsightsSlice> = {}, query: Partial<InsightsQuery> = {}): InsightsSlice {
  return { query: { ...QUERY, ...query }, accountId: '1', range: DAY, scope: { type: 'account' }, fields: FIELDS, ...more };
}
const entities = (entity: Entity, ...ids: string[]): Scope => ({ type: 'entities', entity, ids });
const split = (slice: InsightsSlice) => planSplit(slice, { anchor: ANCHOR });

const slices: fc.Arbitrary<InsightsSlice> = fc
  .record({
    level: fc.constantFrom(...LEVELS),
    increment: increments,
    range: ranges(300, 60),
    ids: fc.uniqueArray(fc.nat(99).map(String), { minLength: 1, maxLength: 9 }),
    scope: fc.nat(3),
    fields: fc.subarray(FIELDS),
  })
  .map(({ level, increment, range, ids, scope, fields }) => {
    const allowed = (['campaign', 'adset', 'ad'] as const).slice(0, LEVELS.indexOf(level));
    const entity = allowed[scope - 1];
    const since = increment.unit === 'all_days' ? range.since : bucketOf({ increment, anchor: ANCHOR }, range.since).since;
    return sliceOf(
      {
        range: { since, until: range.until },
        fields,
        scope: entity === undefined ? { type: 'account' } : entities(entity, ...ids),
      },
      { level, increment, keyFields: level === 'account' ? ['account_id'] : ['account_id', `${level}_id`] },
    );
  });

describe('planSplit', () => {
  it('halves the dates first, between buckets', () => {
    const plan = split(sliceOf({ range: { since: '2026-01-05', until: '2026-01-11' } }));
    expect(plan).toMatchObject({
      type: 'parts',
      join: 'union',
      slices: [{ range: { since: '2026-01-05', until: '2026-01-08' } }, { range: { since: '2026-01-09', until: '2026-01-11' } }],
    });
    const weeks = split(sliceOf({ range: { since: '2026-01-05', until: '2026-01-20' } }, { increment: { unit: 'week' } }));
    expect(weeks).toMatchObject({
      slices: [{ range: { until: '2026-01-18' } }, { range: { since: '2026-01-19', until: '2026-01-20' } }],
    });
  });

  it('asks for the campaigns of one bucket, unless the level is the account', () => {
    expect(split(sliceOf())).toEqual({ type: 'discover', entity: 'campaign', within: sliceOf() });
    expect(split(sliceOf({}, { level: 'account' }))).toMatchObject({ type: 'parts', join: 'fields' });
  });

  it('does not cut the one bucket of all days', () => {
    const slice = sliceOf({ range: { since: '2026-01-01', until: '2026-03-31' } }, { increment: { unit: 'all_days' } });
    expect(split(slice)).toMatchObject({ type: 'discover' });
  });

  it('halves lists of ids before it descends', () => {
    expect(split(sliceOf({ scope: entities('campaign', 'a', 'b', 'c') }))).toMatchObject({
      type: 'parts',
      join: 'union',
      slices: [{ scope: { ids: ['a', 'b'] } }, { scope: { ids: ['c'] } }],
    });
  });

  it.each([
    ['ad', 'campaign', 'adset'],
    ['ad', 'adset', 'ad'],
    ['adset', 'campaign', 'adset'],
  ] as const)('descends at level %s from one %s to its objects of kind %s', (level, from, to) => {
    const slice = sliceOf({ scope: entities(from, 'a') }, { level });
    expect(split(slice)).toEqual({ type: 'discover', entity: to, within: slice });
  });

  it.each(['campaign', 'adset', 'ad'] as const)('halves the fields of one %s when that is the level', (level) => {
    expect(split(sliceOf({ scope: entities(level, 'a') }, { level }))).toMatchObject({
      type: 'parts',
      join: 'fields',
      slices: [{ fields: ['clicks', 'spend', 'reach'] }, { fields: ['actions', 'cpm'] }],
    });
  });

  it('drops the last field, and gives up without any', () => {
    const slice = sliceOf({ scope: entities('ad', 'a'), fields: ['cpm'] });
    expect(split(slice)).toEqual({ type: 'drop', field: 'cpm', within: slice });
    expect(split({ ...slice, fields: [] })).toEqual({ type: 'give_up' });
  });

  it('divides without loss or overlap into smaller parts that keep the query, and so the key fields', () => {
    fc.assert(
      fc.property(slices, (slice) => {
        const plan = split(slice);
        if (plan.type !== 'parts') return;
        expect(plan.slices).toHaveLength(2);
        const cells = plan.slices.map(cellsOf);
        expect(cells.reduce((sum, part) => sum + part.size, 0)).toBe(cellsOf(slice).size);
        expect(new Set(cells.flatMap((part) => [...part]))).toEqual(cellsOf(slice));
        for (const part of plan.slices) {
          expect(part.query).toBe(slice.query);
          expect(cellsOf(part).size).toBeLessThan(cellsOf(slice).size);
          expect(part.fields.length > 0 || slice.fields.length === 0).toBe(true);
          const { increment } = slice.query;
          if (increment.unit !== 'all_days') {
            expect(bucketOf({ increment, anchor: ANCHOR }, part.range.since).since).toBe(part.range.since);
          }
        }
      }),
    );
  });

  it('always ends, never below the level, and drops each field of each cell exactly once', () => {
    fc.assert(
      fc.property(slices, fc.integer({ min: 1, max: 3 }), (whole, children) => {
        const { level } = whole.query;
        const start = { ...whole, range: shorten(whole) };
        const dropped = new Set<string>();
        let ends = 0;
        const queue: SplitPlan[] = [split(start)];
        for (let plan = queue.pop(), steps = 0; plan !== undefined; plan = queue.pop(), steps += 1) {
          expect(steps).toBeLessThan(100_000);
          if (plan.type === 'discover') {
            expect(LEVELS.indexOf(plan.entity)).toBeLessThanOrEqual(LEVELS.indexOf(level));
            const { scope } = plan.within;
            const parent = scope.type === 'account' ? '' : `${scope.ids[0]}.`;
            queue.push(
              afterDiscovery(
                plan.within,
                plan.entity,
                Array.from({ length: children }, (_, index) => `${parent}${index}`),
              ),
            );
          } else if (plan.type === 'parts') queue.push(...plan.slices.map(split));
          else if (plan.type === 'drop') {
            const [cell, ...others] = cellsOf(plan.within);
            expect(others.length === 0 || whole.query.increment.unit !== 'day' || whole.query.increment.count > 1).toBe(true);
            expect(dropped.has(cell as string)).toBe(false);
            dropped.add(cell as string);
            ends += 1;
          } else ends += 1;
        }
        expect(ends).toBeGreaterThan(0);
        expect(dropped.size).toBe(start.fields.length === 0 ? 0 : ends);
      }),
      { numRuns: 40 },
    );
  });
});

describe('afterDiscovery', () => {
  it('has nothing to ask for where nothing was delivered', () => {
    expect(afterDiscovery(sliceOf(), 'campaign', [])).toEqual({ type: 'parts', join: 'union', slices: [] });
  });

  it('asks for each object once, for at most 200 at a time, in parts of like size', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(700).map(String), { maxLength: 900 }), (ids) => {
        const plan = afterDiscovery(sliceOf(), 'campaign', ids);
        if (plan.type !== 'parts') throw new Error('no parts');
        const lists = plan.slices.map(({ scope }) => (scope.type === 'entities' ? scope.ids : []));
        expect(lists.flat()).toEqual([...new Set(ids)]);
        const sizes = lists.map((list) => list.length);
        expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(200);
        if (sizes.length > 0) expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        expect(plan.slices.length).toBe(Math.ceil(new Set(ids).size / 200));
      }),
    );
  });
});

describe('discoveryQuery', () => {
  it('lists ids without breakdowns, from 28 days before the slice', () => {
    const slice = sliceOf({ scope: entities('campaign', 'a') });
    expect(discoveryQuery(slice, 'adset', '2023-10-22')).toEqual({
      accountId: '1',
      scope: slice.scope,
      range: { since: '2025-12-08', until: '2026-01-05' },
      fields: [],
      query: {
        level: 'adset',
        keyFields: ['adset_id'],
        fields: [],
        breakdowns: [],
        actionBreakdowns: [],
        actionAttributionWindows: [],
        useAccountAttributionSetting: false,
        increment: { unit: 'all_days' },
        filtering: QUERY.filtering,
      },
    });
  });

  it('begins neither before the retention nor after the slice', () => {
    expect(discoveryQuery(sliceOf(), 'campaign', '2025-12-25').range.since).toBe('2025-12-25');
    expect(discoveryQuery(sliceOf(), 'campaign', '2026-01-06').range.since).toBe('2026-01-05');
  });
});

describe('splitDiscovery', () => {
  it('halves days, then lists of objects, and never asks for another discovery', () => {
    const discovery = discoveryQuery(sliceOf({ scope: entities('campaign', 'a', 'b') }), 'adset', '2023-10-22');
    const plan = splitDiscovery(discovery);
    expect(plan).toMatchObject({
      slices: [{ range: { since: '2025-12-08', until: '2025-12-22' } }, { range: { since: '2025-12-23', until: '2026-01-05' } }],
    });
    const oneDay = { ...discovery, range: DAY };
    expect(splitDiscovery(oneDay)).toMatchObject({ slices: [{ scope: { ids: ['a'] } }, { scope: { ids: ['b'] } }] });
    expect(splitDiscovery({ ...oneDay, scope: { type: 'account' } })).toEqual({ type: 'give_up' });
  });
});

/** Days x objects x fields, one by one. */
function cellsOf(slice: InsightsSlice): Set<string> {
  const ids = slice.scope.type === 'account' ? [''] : slice.scope.ids.map((id) => `${id}`);
  const fields = slice.fields.length === 0 ? [''] : slice.fields;
  const cells = [...daysOf([slice.range])].flatMap((day) => ids.flatMap((id) => fields.map((field) => `${day} ${id} ${field}`)));
  return new Set(cells);
}

/** A few buckets at most, so that the whole tree can be walked. */
function shorten({ range, query }: InsightsSlice): InsightsSlice['range'] {
  const { increment } = query;
  const limit = increment.unit === 'day' ? increment.count * 4 : 60;
  return countDays(range) <= limit ? range : { since: range.since, until: addDays(range.since, limit - 1) };
}
