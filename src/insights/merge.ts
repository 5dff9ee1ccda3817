import type { GraphObject } from '../graph/details.ts';

/**
 * Joins the rows of reports that differ in their fields alone, by their key columns. A row that only some parts have is kept with what they have; equal
 * rows of one part become one. Should a part have several different rows of one key, the first joins the others' first, the second their second, and none
 * is lost. Where parts disagree about a column they share, the earlier part counts.
 */
export function joinByKey(parts: readonly (readonly GraphObject[])[], keyColumns: readonly string[]): readonly GraphObject[] {
  const joined = new Map<string, GraphObject[]>();
  for (const part of parts) {
    for (const [key, rows] of gatherByKey(part, keyColumns)) {
      const known = joined.get(key);
      if (known === undefined) joined.set(key, rows);
      else for (const [place, row] of rows.entries()) known[place] = { ...row, ...known[place] };
    }
  }
  return [...joined.values()].flat();
}

/** The different rows of each key, in order. */
function gatherByKey(rows: readonly GraphObject[], keyColumns: readonly string[]): Map<string, GraphObject[]> {
  const gathered = new Map<string, GraphObject[]>();
  for (const row of rows) {
    const key = JSON.stringify(keyColumns.map((column) => orderKeys(row[column] ?? null)));
    const known = gathered.get(key);
    if (known === undefined) gathered.set(key, [row]);
    else if (!known.some((other) => isEqual(other, row))) known.push(row);
  }
  return gathered;
}

function isEqual(a: GraphObject, b: GraphObject): boolean {
  return JSON.stringify(orderKeys(a)) === JSON.stringify(orderKeys(b));
}

/** The same value with the keys of its objects in order: Meta does not promise any, and asset breakdowns are objects. */
function orderKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(orderKeys);
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, orderKeys((value as GraphObject)[name])]));
}
