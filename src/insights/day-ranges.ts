import { addDays, compareDays, daysBetween, laterDay } from './day.ts';
import type { DayRange } from './query.ts';

/** Sets of days as ranges in their smallest form: in order, none empty, none overlapping or touching another. `mergeRanges` makes it of any list. */

/** The days of any of the ranges. Ranges that end before they begin hold no day. */
export function mergeRanges(ranges: readonly DayRange[]): readonly DayRange[] {
  const merged: DayRange[] = [];
  const filled = ranges.filter((range) => range.since <= range.until);
  for (const range of filled.sort((a, b) => compareDays(a.since, b.since))) {
    const last = merged.at(-1);
    if (last !== undefined && range.since <= addDays(last.until, 1)) {
      merged[merged.length - 1] = { since: last.since, until: laterDay(last.until, range.until) };
    } else merged.push({ since: range.since, until: range.until });
  }
  return merged;
}

/** The days of `ranges` that are in none of `removed`. */
export function subtractRanges(ranges: readonly DayRange[], removed: readonly DayRange[]): readonly DayRange[] {
  const rest: DayRange[] = [];
  const holes = mergeRanges(removed);
  for (const range of mergeRanges(ranges)) {
    let { since } = range;
    for (const hole of holes) {
      if (hole.until < since) continue;
      if (hole.since > range.until) break;
      if (hole.since > since) rest.push({ since, until: addDays(hole.since, -1) });
      since = addDays(hole.until, 1);
    }
    if (since <= range.until) rest.push({ since, until: range.until });
  }
  return rest;
}

/** Whether every day of `range` is in `ranges`, which must be in their smallest form. */
export function containsRange(ranges: readonly DayRange[], range: DayRange): boolean {
  return ranges.some(({ since, until }) => since <= range.since && range.until <= until);
}

export function countDays(range: DayRange): number {
  return Math.max(0, daysBetween(range.since, range.until) + 1);
}
