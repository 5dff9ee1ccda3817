import { MISSING_BREAKDOWN } from '../../src/streams/insights/breakdown-column.ts';
import type { Row } from '../../src/streams/stream.ts';
import { type Difference, writeSorted } from './compare-records.ts';
import { writeAsPython } from './write-as-python.ts';

/** What a comparison was made under, as far as a fault depends on it. Epoch milliseconds. */
export interface Circumstances {
  readonly stream: string;
  readonly nowMs: number;
  readonly startMs?: number;
  readonly endMs?: number;
  readonly pageStyle?: string;
  readonly deletedAds?: readonly string[];
}

/** A fault of Airbyte's connector that makes its records differ from ours. */
export interface KnownFault {
  /** Its place in the project's list of that connector's weaknesses; those from 39 on were found by this comparison. */
  readonly number: number;
  readonly fact: string;
  /** Whether the fault, and nothing else, is behind the difference. */
  explains(difference: Difference, circumstances: Circumstances): boolean;
}

const DAY_MS = 86_400_000;
/** What Meta lists of activities where nobody says since when. */
const DEFAULT_ACTIVITY_DAYS = 7;
const CURSORS: Readonly<Record<string, string>> = { activities: 'event_time' };

export const KNOWN_FAULTS: readonly KnownFault[] = [
  {
    number: 2,
    fact: 'an empty page that has a next one ends the stream',
    explains: (difference, { pageStyle }) => difference.type === 'ours only' && pageStyle === 'empty_pages',
  },
  {
    number: 5,
    fact: 'the last period runs on past the end date',
    explains: (difference, { endMs }) =>
      difference.type === 'changed' && endMs !== undefined && Date.parse(String(difference.peer['date_stop'])) > endMs,
  },
  {
    number: 6,
    fact: 'rows without a breakdown are dropped',
    explains: (difference) => difference.type === 'ours only' && Object.values(difference.row).includes(MISSING_BREAKDOWN),
  },
  {
    number: 9,
    fact: 'end_date does not bound objects, nor start_date images and videos',
    explains: (difference, { stream, startMs, endMs }) => {
      if (difference.type !== 'peer only') return false;
      const timeMs = cursorOf(difference.row, stream);
      const isEarly = ['images', 'videos'].includes(stream) && startMs !== undefined && timeMs < startMs;
      return isEarly || (endMs !== undefined && timeMs > endMs);
    },
  },
  {
    number: 10,
    fact: 'custom reports leave out deleted ads',
    explains: (difference, { deletedAds = [] }) =>
      difference.type === 'ours only' && deletedAds.includes(String(difference.row['ad_id'])),
  },
  {
    number: 13,
    fact: 'without a start date, activities of the last week only',
    explains: (difference, { stream, nowMs, startMs }) =>
      difference.type === 'ours only' &&
      stream === 'activities' &&
      startMs === undefined &&
      cursorOf(difference.row, stream) < nowMs - DEFAULT_ACTIVITY_DAYS * DAY_MS,
  },
  {
    number: 39,
    fact: 'an object in a column of text is written as Python prints it, which is no JSON',
    explains: (difference) => {
      if (difference.type !== 'changed') return false;
      const [peer, ours] = [difference.peer[difference.field], difference.ours[difference.field]];
      return typeof ours === 'string' && ours.startsWith('{') && peer === writeAsPython(JSON.parse(ours));
    },
  },
  {
    number: 40,
    fact: 'the text "False" becomes "True" where Meta\'s library takes it for a truth value',
    explains: (difference) => {
      if (difference.type !== 'changed') return false;
      const [peer, ours] = [difference.peer[difference.field], difference.ours[difference.field]];
      const isText = writeSorted(ours).includes('"False"');
      return isText && writeSorted(peer) === writeSorted(ours).replaceAll('"False"', '"True"');
    },
  },
];

function cursorOf(row: Row, stream: string): number {
  return Date.parse(String(row[CURSORS[stream] ?? 'updated_time']));
}
