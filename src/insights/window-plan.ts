import { addDays, earlierDay, laterDay } from './day.ts';
import { containsRange, countDays, mergeRanges } from './day-ranges.ts';
import { type Bucket, type Grid, listBuckets } from './grid.ts';
import type { Day, DayRange } from './query.ts';

export type WindowOrder = 'oldest_first' | 'recent_first';

/** A cursor can be the UTC day, which is a day ahead of accounts in the west. */
const CURSOR_TOLERANCE_DAYS = 1;

export interface PlanRequest {
  readonly grid: Grid;
  readonly startDay: Day;
  /** The last day wanted; nothing after `today` is planned. */
  readonly endDay: Day;
  /** In the account's time zone. */
  readonly today: Day;
  /** How many days back Meta may still change numbers. */
  readonly lookbackDays: number;
  /** The first day Meta keeps, in the account's time zone. */
  readonly retentionFloor: Day;
  /** Days that were final when they were read. Absent when the last state is of a program that does not keep them; `cursor` counts then. */
  readonly done?: readonly DayRange[];
  /** The first day of the last bucket that was read, at a time when its days could still change. */
  readonly cursor?: Day;
  /** Default oldest first. */
  readonly order?: WindowOrder;
}

export interface WindowPlan {
  readonly grid: Grid;
  readonly lookbackDays: number;
  /** What need not be read, in the smallest form of day ranges. */
  readonly done: readonly DayRange[];
  /** What to read, in the order asked for. */
  readonly buckets: readonly Bucket[];
  /** The cursor of the request, where it lies in the future: it does not tell when anything was read, so that all is read again. */
  readonly ignoredCursor?: Day;
}

export interface Window {
  /** Consecutive buckets, in the plan's order. */
  readonly buckets: readonly Bucket[];
  /** All their days: the `time_range` of one report. */
  readonly range: DayRange;
  /** What is left of the plan's buckets. */
  readonly rest: readonly Bucket[];
}

/** Plans what a sync reads of one account: all that may have changed since it was read, and all that was never read. */
export function planWindows(request: PlanRequest): WindowPlan {
  const { grid, startDay, today, lookbackDays, retentionFloor, cursor, order = 'oldest_first' } = request;
  const range = { since: laterDay(startDay, retentionFloor), until: earlierDay(request.endDay, today) };
  const all = listBuckets(grid, range, retentionFloor);
  const isCursorUsed = request.done === undefined && cursor !== undefined;
  const isCursorCredible = isCursorUsed && cursor <= addDays(today, CURSOR_TOLERANCE_DAYS);
  const known = isCursorCredible ? listDaysBefore(cursor, { first: all[0], today, lookbackDays }) : (request.done ?? []);
  const done = keepFinalDays(known, addDays(today, -lookbackDays - 1));
  const buckets = all.filter((bucket) => !isFinal(bucket, { nowDay: today, lookbackDays }) || !containsRange(done, bucket));
  return {
    grid,
    lookbackDays,
    done,
    buckets: order === 'oldest_first' ? buckets : buckets.toReversed(),
    ...(isCursorUsed && !isCursorCredible ? { ignoredCursor: cursor } : {}),
  };
}

/** Takes the next buckets that one report can cover: neighbours, of at most `maxDays` days together, and one at the least. */
export function takeWindow(buckets: readonly Bucket[], maxDays: number): Window | undefined {
  const [first] = buckets;
  if (first === undefined) return undefined;
  let range: DayRange = { since: first.since, until: first.until };
  let count = 1;
  for (; count < buckets.length; count += 1) {
    const wider = extendRange(range, buckets[count] as Bucket);
    if (wider === undefined || countDays(wider) > maxDays) break;
    range = wider;
  }
  return { buckets: buckets.slice(0, count), range, rest: buckets.slice(count) };
}

/**
 * Adds what of a window can not change any more to the days that are done. `nowDay` is the account's day when the window's report was asked for (the
 * earliest one, where it was split): a bucket read on its last open day is read once more.
 */
export function markDone(
  done: readonly DayRange[],
  window: DayRange,
  at: { readonly grid: Grid; readonly nowDay: Day; readonly lookbackDays: number },
): readonly DayRange[] {
  return mergeRanges([...done, ...listBuckets(at.grid, window, window.since).filter((bucket) => isFinal(bucket, at))]);
}

/** A bucket is final once its last day is further back than the lookback. */
function isFinal(bucket: DayRange, { nowDay, lookbackDays }: { readonly nowDay: Day; readonly lookbackDays: number }): boolean {
  return bucket.until < addDays(nowDay, -lookbackDays);
}

/** Whoever read up to the cursor, read it on its day or later; what was further back than the lookback then, was final. */
function listDaysBefore(
  cursor: Day,
  { first, today, lookbackDays }: { readonly first: Bucket | undefined; readonly today: Day; readonly lookbackDays: number },
): readonly DayRange[] {
  return first === undefined ? [] : [{ since: first.since, until: addDays(earlierDay(cursor, today), -lookbackDays - 1) }];
}

/** A day that can still change, or has yet to come, is not done whatever a state claims: once it is final, it would never be read. */
function keepFinalDays(ranges: readonly DayRange[], lastFinalDay: Day): readonly DayRange[] {
  return mergeRanges(ranges.map(({ since, until }) => ({ since, until: earlierDay(until, lastFinalDay) })));
}

function extendRange(range: DayRange, bucket: DayRange): DayRange | undefined {
  if (bucket.since === addDays(range.until, 1)) return { since: range.since, until: bucket.until };
  if (range.since === addDays(bucket.until, 1)) return { since: bucket.since, until: range.until };
  return undefined;
}
