import type { Page } from '../graph/paging.ts';
import type { AccountEvent, AccountRead } from './account-reader.ts';
import { buildFiltering, type TimeRange } from './filtering.ts';
import { walkEdge } from './walk-edge.ts';

/** A walk of more objects than this is cut in two by time, so that there is something to resume from. */
const SEGMENT_OBJECTS = 5_000;
/** Nothing on Meta's ad platform is older: the far end of a walk without a start date. */
const BEGINNING_MS = Date.UTC(2007, 0);
const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;
const LONG_MS = 7 * DAY_MS;

/**
 * For objects with a filterable `updated_time`. A page walk has no order that Meta promises, so its middle can not be resumed; long walks are therefore
 * cut into segments of time, oldest first, each complete before the next begins. The last one is open, so what changes meanwhile moves into it.
 */
export async function* readByUpdate(read: AccountRead): AsyncGenerator<AccountEvent> {
  const open: TimeRange[] = [rangeOf(read)];
  for (let range = open.pop(); range !== undefined; range = open.pop()) {
    const pages = walkRange(read, range);
    const first = await pages.next();
    if (first.done) continue;
    const halves = isLong(first.value) ? halve(range, read.readAtMs) : undefined;
    if (halves !== undefined) {
      await pages.return(undefined);
      open.push(...halves.toReversed());
      continue;
    }
    yield toRows(first.value);
    for await (const page of pages) yield toRows(page);
    // An object that changed while its segment was read came with a later time than the segment's own: that time is not covered.
    yield { type: 'progress', ...(range.untilMs === undefined ? {} : { coveredUntilMs: range.untilMs }) };
  }
}

function rangeOf(read: AccountRead): TimeRange {
  return {
    ...(read.afterMs === undefined ? {} : { afterMs: read.afterMs }),
    ...(read.untilMs === undefined ? {} : { untilMs: read.untilMs }),
  };
}

function walkRange(read: AccountRead, range: TimeRange): AsyncGenerator<Page> {
  const filtering = buildFiltering(read, range);
  return walkEdge(read, { params: { filtering: filtering.length > 0 ? filtering : undefined }, counted: true });
}

function isLong(first: Page): boolean {
  return !first.isLast && (first.total ?? 0) > SEGMENT_OBJECTS;
}

/** Both halves, older first; undefined where a range is a single second. */
function halve(range: TimeRange, nowMs: number): [TimeRange, TimeRange] | undefined {
  const fromMs = range.afterMs ?? BEGINNING_MS;
  const toMs = range.untilMs ?? nowMs;
  // On whole days while that is possible: a sync that is repeated asks the same questions.
  const stepMs = toMs - fromMs > LONG_MS ? DAY_MS : SECOND_MS;
  const middleMs = Math.floor((fromMs + (toMs - fromMs) / 2) / stepMs) * stepMs;
  if (middleMs <= fromMs || middleMs >= toMs) return undefined;
  return [
    { ...range, untilMs: middleMs },
    { ...range, afterMs: middleMs },
  ];
}

function toRows(page: Page): AccountEvent {
  return { type: 'rows', rows: page.rows, flaws: page.flaws };
}
