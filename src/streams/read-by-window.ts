import type { AccountEvent, AccountRead } from './account-reader.ts';
import { parseMetaTime, toUnixSeconds } from './meta-time.ts';
import type { Row } from './stream.ts';
import { walkEdge } from './walk-edge.ts';

const DAY_S = 86_400;
/** Without `since`, Meta answers with about a week; without a start date, this much of the past is asked for. */
const DEFAULT_PAST_S = 730 * DAY_S;
const FIRST_WINDOW_S = 30 * DAY_S;
const LARGEST_WINDOW_S = 240 * DAY_S;
/** Windows with fewer events are followed by one twice as long. */
const FEW_EVENTS = 100;

/** For events, listed by `since` and `until`: explicit windows of time, oldest first, each a step to resume from. */
export async function* readByWindow(read: AccountRead): AsyncGenerator<AccountEvent> {
  const endS = toUnixSeconds(read.untilMs ?? read.readAtMs);
  let sinceS = read.afterMs === undefined ? endS - DEFAULT_PAST_S : toUnixSeconds(read.afterMs) + 1;
  let lengthS = FIRST_WINDOW_S;
  let edge = new Set<string>();
  while (sinceS <= endS) {
    const untilS = Math.min(endS, sinceS + lengthS);
    const before = edge;
    edge = new Set();
    let count = 0;
    for await (const { rows, flaws } of walkEdge(read, { params: { since: sinceS, until: untilS } })) {
      const fresh = rows.filter((row) => !before.has(identify(read, row)));
      for (const row of rows) if (secondOf(read, row) === untilS) edge.add(identify(read, row));
      count += fresh.length;
      yield { type: 'rows', rows: fresh, flaws };
    }
    yield { type: 'progress' };
    if (untilS >= endS) return;
    // Whether `until` includes its own second is not documented: the next window asks for it again and drops what came already.
    sinceS = untilS;
    if (count < FEW_EVENTS) lengthS = Math.min(LARGEST_WINDOW_S, lengthS * 2);
  }
}

function secondOf(read: AccountRead, row: Row): number {
  return toUnixSeconds(parseMetaTime(row[read.definition.cursorField ?? 'event_time']));
}

function identify(read: AccountRead, row: Row): string {
  return (read.definition.identify ?? JSON.stringify)(row);
}
