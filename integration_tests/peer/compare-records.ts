import type { Row } from '../../src/streams/stream.ts';

/** One thing that the two connectors do not agree on. */
export type Difference =
  | { readonly type: 'peer only' | 'ours only'; readonly row: Row }
  | { readonly type: 'changed'; readonly field: string; readonly peer: Row; readonly ours: Row };

export interface ComparedRecords {
  readonly peer: readonly Row[];
  readonly ours: readonly Row[];
}

/**
 * Compares the records of one stream as sets: their order and that of their keys mean nothing. Rows that are not equal are told apart by the key columns,
 * or are different rows where the stream has no key.
 */
export function compareRecords({ peer, ours }: ComparedRecords, keyColumns: readonly string[]): readonly Difference[] {
  const peerRest = subtractRows(peer, ours);
  const oursRest = subtractRows(ours, peer);
  if (keyColumns.length === 0) return [...markRows('peer only', peerRest), ...markRows('ours only', oursRest)];
  const keyOf = (row: Row) => JSON.stringify(keyColumns.map((column) => String(row[column])));
  const open = new Map(oursRest.map((row) => [keyOf(row), row]));
  const differences: Difference[] = [];
  for (const row of peerRest) {
    const own = open.get(keyOf(row));
    open.delete(keyOf(row));
    differences.push(...(own === undefined ? markRows('peer only', [row]) : compareFields(row, own)));
  }
  return [...differences, ...markRows('ours only', [...open.values()])];
}

/** The value with the keys of all its objects in order. */
export function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)]));
}

export function writeSorted(value: unknown): string {
  return JSON.stringify(sortKeys(value)) ?? 'undefined';
}

/** The rows that `others` does not have, as often as it does not have them. */
function subtractRows(rows: readonly Row[], others: readonly Row[]): readonly Row[] {
  const counts = new Map<string, number>();
  for (const text of others.map(writeSorted)) counts.set(text, (counts.get(text) ?? 0) + 1);
  return rows.filter((row) => {
    const text = writeSorted(row);
    const left = counts.get(text) ?? 0;
    counts.set(text, left - 1);
    return left <= 0;
  });
}

function markRows(type: 'peer only' | 'ours only', rows: readonly Row[]): readonly Difference[] {
  return rows.map((row) => ({ type, row }));
}

function compareFields(peer: Row, ours: Row): readonly Difference[] {
  const fields = [...new Set([...Object.keys(peer), ...Object.keys(ours)])];
  return fields
    .filter((field) => writeSorted(peer[field]) !== writeSorted(ours[field]))
    .map((field) => ({ type: 'changed', field, peer, ours }));
}
