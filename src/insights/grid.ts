import { addDays, daysBetween, earlierDay, startOfLaterMonth, startOfMonth, startOfWeek } from './day.ts';
import type { Day, DayRange, Increment } from './query.ts';

/** Where the periods of a config without a start date are counted from: a Monday that never moves. */
export const EPOCH_MONDAY: Day = '1970-01-05';

/** The fixed calendar that rows are gathered on, so that each re-read gives the rows of a period the same keys. */
export interface Grid {
  readonly increment: Increment;
  /** A day on which a period of several days begins: the start date of the config. Weeks and months have their own beginnings. */
  readonly anchor: Day;
}

/** The days of one row. */
export interface Bucket extends DayRange {
  /** The end of what is read cuts the bucket short; a later sync may read more of it, under the same first day. */
  readonly isPartial: boolean;
}

/** The whole period that a day is in. Of `all_days`, which has no periods, the day itself. */
export function bucketOf({ increment, anchor }: Grid, day: Day): DayRange {
  switch (increment.unit) {
    case 'day': {
      const since = addDays(day, -modulo(daysBetween(anchor, day), increment.count));
      return { since, until: addDays(since, increment.count - 1) };
    }
    case 'week': {
      const since = startOfWeek(day);
      return { since, until: addDays(since, 6) };
    }
    case 'month':
      return { since: startOfMonth(day), until: addDays(startOfLaterMonth(day, 1), -1) };
    case 'all_days':
      return { since: day, until: day };
  }
}

/**
 * The buckets that cover a range, oldest first. The first begins where its period does, which can be before the range; one that would begin before
 * `floor` is left out, since a bucket without its first days would come under another key, or overwrite the whole one. The last ends with the range.
 * `all_days` is one bucket: the range from the floor on.
 */
export function listBuckets(grid: Grid, range: DayRange, floor?: Day): readonly Bucket[] {
  if (range.since > range.until) return [];
  if (grid.increment.unit === 'all_days') {
    const since = floor !== undefined && floor > range.since ? floor : range.since;
    return since > range.until ? [] : [{ since, until: range.until, isPartial: false }];
  }
  const buckets: Bucket[] = [];
  for (let since = bucketOf(grid, range.since).since; since <= range.until; ) {
    const { until } = bucketOf(grid, since);
    if (floor === undefined || since >= floor) {
      buckets.push({ since, until: earlierDay(until, range.until), isPartial: until > range.until });
    }
    since = addDays(until, 1);
  }
  return buckets;
}

/** The first day after `EPOCH_MONDAY` on which a period of the grid begins: two anchors that mean the same grid have the same. */
export function phaseOf({ increment, anchor }: Grid): Day {
  if (increment.unit !== 'day') return EPOCH_MONDAY;
  return addDays(EPOCH_MONDAY, modulo(daysBetween(EPOCH_MONDAY, anchor), increment.count));
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
