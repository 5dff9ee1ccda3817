import type { JsonObject } from '../protocol/messages.ts';
import type { ColumnPlan } from './normalise/normalised-person.ts';

/**
 * A record whose columns hold lists as several without any: the nth has the nth item of each list, or nothing where a list is shorter. Undefined where
 * no column holds a list.
 */
export function splitLists(data: JsonObject, columns: readonly ColumnPlan[]): readonly JsonObject[] | undefined {
  const lists = columns.flatMap(({ column }): [string, readonly unknown[]][] => {
    const value = data[column];
    return Array.isArray(value) ? [[column, value]] : [];
  });
  if (lists.length === 0) return undefined;
  const length = Math.max(1, ...lists.map(([, list]) => list.length));
  return Array.from({ length }, (_, place) => ({
    ...data,
    ...Object.fromEntries(lists.map(([column, list]) => [column, list[place] ?? null])),
  }));
}
