import type { InsightsFilter as ConfiguredFilter } from '../../generated/source-config.ts';
import type { InsightsFilter } from '../../insights/query.ts';
import { parseJson } from '../../text/parse-json.ts';

/** Operators that compare with several values. */
const LIST_OPERATORS: ReadonlySet<string> = new Set(['ALL', 'ANY', 'IN', 'IN_RANGE', 'NONE', 'NOT_IN', 'NOT_IN_RANGE']);
/** Operators that compare sizes. */
const ORDER_OPERATORS: ReadonlySet<string> = new Set([
  'GREATER_THAN',
  'GREATER_THAN_OR_EQUAL',
  'LESS_THAN',
  'LESS_THAN_OR_EQUAL',
]);
const NUMBER = /^\s*-?\d+(\.\d+)?\s*$/;

/** A condition as Meta takes it; a config has its value as text. Undefined where an operator that needs a list has none. */
export function parseFilter({ field, operator: written, value }: ConfiguredFilter): InsightsFilter | undefined {
  const operator = written.trim().toUpperCase();
  const condition = { field: field.trim(), operator };
  if (LIST_OPERATORS.has(operator)) {
    const list = parseList(value);
    return list === undefined ? undefined : { ...condition, value: list };
  }
  // Ids look like numbers too, and are too long to be one: only sizes are turned.
  return { ...condition, value: ORDER_OPERATORS.has(operator) && NUMBER.test(value) ? Number(value) : value };
}

function parseList(text: string): readonly unknown[] | undefined {
  try {
    const value = parseJson(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
