import type { AccountEvent, AccountRead } from './account-reader.ts';
import { parseMetaTime, toUnixSeconds } from './meta-time.ts';
import type { Row } from './stream.ts';
import { walkEdge } from './walk-edge.ts';

const DAY_S = 86_400;
/** Without `since`, Meta answers with about a week; without a start date, this much of the past is asked for. */
const DEFAULT_PAST_S = 730 * DAY_S;
const FIRST_WINDOW_S = 30 * DAY_S;
const SMALLEST_WINDOW_S = DAY_S;
const LARGEST_WINDOW_S = 240 * DAY_S;
/** Windows with fewer events are followed by one twice as long, those with more by one half as long. */
const FEW_EVENTS = 100;
const MANY_EVENTS = 5_000;

/** For events, listed by `since` and `until`: explicit windows of time, oldest first, each a step to resume from. */
export async function* readByWindow(read: AccountRead): AsyncGenerator<AccountEvent> {
  const endS = toUnixSeconds(read.untilMs ?? read.readAtMs);
  let sinceS = read.afterMs === undefined ? endS - DEFAULT_PAST_S : toUnixSeconds(read.afterMs) + 1;
  let lengthS = FIRST_WINDOW_S;
  while (sinceS <= endS) {
    const untilS = Math.min(endS, sinceS + lengthS - 1);
    const count = yield* readWindow(read, { sinceS, untilS });
    yield { type: 'progress', coveredUntilMs: untilS * 1_000 };
    sinceS = untilS + 1;
    if (count < FEW_EVENTS) lengthS = Math.min(LARGEST_WINDOW_S, lengthS * 2);
    else if (count > MANY_EVENTS) lengthS = Math.max(SMALLEST_WINDOW_S, Math.floor(lengthS / 2));
  }
}

interface Window {
  /** Unix seconds, both inclusive. */
  readonly sinceS: number;
  readonly untilS: number;
}

/** Yields the window's events; returns their number. */
async function* readWindow(read: AccountRead, { sinceS, untilS }: Window): AsyncGenerator<AccountEvent, number> {
  const { numberTwin } = read.definition;
  const twins = new Map<string, number>();
  let count = 0;
  // Whether `until` includes its own second is not documented: one second more is asked for, and what is not the window's is left to the next.
  for await (const { rows, flaws } of walkEdge(read, { params: { since: sinceS, until: untilS + 1 } })) {
    const own = rows.filter((row) => {
      const second = toUnixSeconds(parseMetaTime(row[read.definition.cursorField ?? '']));
      return !(second < sinceS) && !(second > untilS);
    });
    if (numberTwin !== undefined) for (const row of own) numberTwins(row, { twins, numberTwin });
    count += own.length;
    yield { type: 'rows', rows: own, flaws };
  }
  return count;
}

interface TwinCount {
  readonly twins: Map<string, number>;
  readonly numberTwin: NonNullable<AccountRead['definition']['numberTwin']>;
}

/** Twins share their second, so they are always in one window. */
function numberTwins(row: Row, { twins, numberTwin }: TwinCount): void {
  const key = numberTwin.keyOf(row);
  const number = twins.get(key) ?? 0;
  twins.set(key, number + 1);
  numberTwin.mark(row, number);
}
