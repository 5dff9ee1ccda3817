import type { Emulator } from '../../src/emulator/emulator.ts';
import type { AirbyteStream } from '../../src/protocol/messages.ts';
import { formatMetaTime } from '../../src/streams/meta-time.ts';
import { EDGES, type EntityStream, keyOf, listTruth } from '../../test/support/entity-truth.ts';
import { keyOfRow, listInsightsTruth } from '../../test/support/insights-truth.ts';

/** Streams that no start date bounds. */
const WHOLE: readonly string[] = [
  'ad_account',
  'ad_creatives',
  'ad_creatives_from_ads',
  'custom_audiences',
  'custom_conversions',
];
const FIXED_COLUMNS = ['date_start', 'account_id', 'ad_id'];

export interface Period {
  /** Epoch milliseconds of the start date. */
  readonly startMs: number;
  /** Days, `YYYY-MM-DD`. */
  readonly since: string;
  readonly until: string;
}

/** The keys of all records that the emulator has for a stream, sorted. */
export function listExpectedKeys(emulator: Emulator, stream: AirbyteStream, { startMs, since, until }: Period): string[] {
  const { name } = stream;
  if (name in EDGES) {
    if (WHOLE.includes(name)) return listTruth(emulator, name as EntityStream);
    const edge = EDGES[name as EntityStream];
    return emulator.truth
      .accounts()
      .flatMap((account) => emulator.truth.ids(edge, account, { updatedAfterMs: startMs - 1 }))
      .sort();
  }
  const columns = keyColumnsOf(stream);
  const breakdowns = columns.filter((column) => !FIXED_COLUMNS.includes(column));
  const rows = listInsightsTruth(emulator, { level: 'ad', increment: 1, breakdowns, columns, since, until });
  return rows.map((row) => keyOfInsights(row, columns)).sort();
}

/** The key of a record of a database, which writes times without `T` and zone, in the same form. */
export function keyOfRecord(stream: AirbyteStream, row: Readonly<Record<string, unknown>>): string {
  const { event_time: time } = row;
  const event =
    time === undefined ? {} : { event_time: formatMetaTime(Date.parse(`${String(time).replace(' ', 'T').slice(0, 19)}Z`)) };
  if (stream.name in EDGES) return keyOf(stream.name as EntityStream, { ...row, ...event });
  return keyOfInsights(row, keyColumnsOf(stream));
}

function keyOfInsights(row: Readonly<Record<string, unknown>>, columns: readonly string[]): string {
  return keyOfRow({ ...row, date_start: String(row['date_start']).slice(0, 10) }, columns);
}

function keyColumnsOf({ source_defined_primary_key: key = [] }: AirbyteStream): readonly string[] {
  return key.map(([column = '']) => column);
}
