import { hash } from 'node:crypto';
import type { JsonObject } from '../../protocol/messages.ts';

/**
 * What is done to personal values before a rejected row is kept. `hash` keeps rows comparable: equal values have equal hashes, and those of identifiers
 * are the ones that Meta is sent. `drop` keeps what names the row and nothing else. `none` keeps the row as it came.
 */
export type Redaction = 'hash' | 'drop' | 'none';

export interface RedactionColumns {
  /** The finished cells of columns that are mapped to match keys; columns whose value gave no cell are not in it. */
  readonly cells: ReadonlyMap<string, string | number>;
  /** Columns that stay as they are: they name the row and not the person. They win over `cells`. */
  readonly kept: ReadonlySet<string>;
}

const SHA256 = /^[0-9a-f]{64}$/;

/** A row's data as it may be written down. Names of columns always stay. */
export function redact(data: JsonObject, redaction: Redaction, { cells, kept }: RedactionColumns): JsonObject {
  if (redaction === 'none') return data;
  const columns = Object.entries(data);
  // Not by assignment: a column named `__proto__` would be lost.
  if (redaction === 'drop') return Object.fromEntries(columns.filter(([column]) => kept.has(column)));
  return Object.fromEntries(
    columns.map(([column, value]) => [column, kept.has(column) ? value : hide(value, cells.get(column))]),
  );
}

/** What is blank has nothing to hide, and its hash would only look as if there were something. */
function hide(value: unknown, cell: string | number | undefined): unknown {
  if (value === null || value === undefined || value === '') return value;
  if (typeof cell === 'string' && SHA256.test(cell)) return cell;
  // Meta takes some keys in plain text, a device's id for one. Here they are personal values like any other.
  return hash('sha256', toText(cell === undefined || cell === '' ? value : cell));
}

/** A string itself; anything else as JSON writes it, which for numbers and booleans is the text that people see. */
function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
