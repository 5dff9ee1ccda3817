import { addDays, earlierDay, laterDay } from './day.ts';
import { listBuckets } from './grid.ts';
import type { Day, DayRange, Entity, InsightsLevel, InsightsSlice } from './query.ts';
import type { SplitKnowledge, SplitPlan } from './split-plan.ts';

/** Ids that one report is asked for: their filter stays far below the length that Meta takes for a URL. */
const MAX_IDS = 200;
/** The longest attribution window. */
const ATTRIBUTION_DAYS = 28;

/** From the widest to the narrowest. */
const ENTITIES: readonly Entity[] = ['campaign', 'adset', 'ad'];
const GIVE_UP: SplitPlan = { type: 'give_up' };

/**
 * Cuts a slice that failed, by what spoils the answer least: dates first, by whole buckets; then objects, from campaigns down to the stream's level and
 * never below it, where rows would be other rows; at last fields. The parts of a plan share nothing and lack nothing, and each is smaller, so that every
 * chain of splits ends.
 */
export function planSplit(slice: InsightsSlice, { anchor }: SplitKnowledge): SplitPlan {
  const ranges = halveRange(slice, anchor);
  if (ranges.length > 0) return unite(ranges.map((range) => ({ ...slice, range })));
  const { scope } = slice;
  if (scope.type === 'entities' && scope.ids.length > 1) return divideIds(slice, scope.entity, halve(scope.ids));
  const entity = findNarrower(slice);
  if (entity !== undefined) return { type: 'discover', entity, within: slice };
  return splitFields(slice);
}

/** Goes on with the objects that were found in a slice. Where none was, nothing was delivered, and there is nothing to ask for. */
export function afterDiscovery(slice: InsightsSlice, entity: Entity, ids: readonly string[]): SplitPlan {
  return divideIds(slice, entity, chunkEvenly([...new Set(ids)], MAX_IDS));
}

/**
 * A slice that lists the objects which had delivery in another one or shortly before: attribution comes up to 28 days after it. Without breakdowns, and as
 * one row an object, it is cheap. It begins no earlier than `retentionFloor`.
 */
export function discoveryQuery(slice: InsightsSlice, entity: Entity, retentionFloor: Day): InsightsSlice {
  const since = addDays(slice.range.since, -ATTRIBUTION_DAYS);
  const floor = earlierDay(retentionFloor, slice.range.since);
  return {
    ...slice,
    query: {
      ...slice.query,
      level: entity,
      keyFields: [keyFieldOf(entity)],
      fields: [],
      breakdowns: [],
      actionBreakdowns: [],
      actionAttributionWindows: [],
      useAccountAttributionSetting: false,
      increment: { unit: 'all_days' },
    },
    range: { since: laterDay(since, floor), until: slice.range.until },
    fields: [],
  };
}

/** The column that names an object: `campaign_id`. */
export function keyFieldOf(entity: Entity): string {
  return `${entity}_id`;
}

/**
 * Cuts a discovery that failed: the ids of two ranges of days, or of two lists of objects, make up those of both. It never asks for another discovery.
 */
export function splitDiscovery(discovery: InsightsSlice): SplitPlan {
  const ranges = halveDays(discovery.range, listDayStarts(discovery.range));
  if (ranges.length > 0) return unite(ranges.map((range) => ({ ...discovery, range })));
  const { scope } = discovery;
  if (scope.type === 'entities' && scope.ids.length > 1) return divideIds(discovery, scope.entity, halve(scope.ids));
  return GIVE_UP;
}

function halveRange(slice: InsightsSlice, anchor: Day): readonly DayRange[] {
  const buckets = listBuckets({ increment: slice.query.increment, anchor }, slice.range);
  return halveDays(
    slice.range,
    buckets.map((bucket) => bucket.since),
  );
}

/** Two ranges that meet at the middle one of `starts`; none where there is nothing to cut between. */
function halveDays({ since, until }: DayRange, starts: readonly Day[]): readonly DayRange[] {
  const middle = starts[Math.ceil(starts.length / 2)];
  if (middle === undefined || middle <= since) return [];
  return [
    { since, until: addDays(middle, -1) },
    { since: middle, until },
  ];
}

function listDayStarts(range: DayRange): readonly Day[] {
  return listBuckets({ increment: { unit: 'day', count: 1 }, anchor: range.since }, range).map((bucket) => bucket.since);
}

/** The next kind of object below the slice's scope that the level still allows. */
function findNarrower({ scope, query }: InsightsSlice): Entity | undefined {
  const next = scope.type === 'account' ? 0 : ENTITIES.indexOf(scope.entity) + 1;
  return next <= rankOf(query.level) ? ENTITIES[next] : undefined;
}

/** The level's place among the entities; below them all for the account. */
function rankOf(level: InsightsLevel): number {
  return level === 'account' ? -1 : ENTITIES.indexOf(level);
}

function divideIds(slice: InsightsSlice, entity: Entity, lists: readonly (readonly string[])[]): SplitPlan {
  return unite(lists.map((ids) => ({ ...slice, scope: { type: 'entities', entity, ids } })));
}

function splitFields(slice: InsightsSlice): SplitPlan {
  const [field, ...others] = slice.fields;
  if (field === undefined) return GIVE_UP;
  if (others.length === 0) return { type: 'drop', field, within: slice };
  return { type: 'parts', join: 'fields', slices: halve(slice.fields).map((fields) => ({ ...slice, fields })) };
}

function unite(slices: readonly InsightsSlice[]): SplitPlan {
  return { type: 'parts', join: 'union', slices };
}

function halve<T>(items: readonly T[]): readonly (readonly T[])[] {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)];
}

/** Lists of nearly the same length, none above `limit`. */
function chunkEvenly<T>(items: readonly T[], limit: number): readonly (readonly T[])[] {
  const count = Math.ceil(items.length / limit);
  const startOf = (index: number) => Math.floor((index * items.length) / count);
  return Array.from({ length: count }, (_, index) => items.slice(startOf(index), startOf(index + 1)));
}
