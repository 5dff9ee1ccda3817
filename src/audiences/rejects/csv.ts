import type { JsonObject } from '../../protocol/messages.ts';

/**
 * Rows as CSV (RFC 4180) with a header of all their columns, in the order in which they appear first. Numbers stand bare, all else in quotes, objects
 * and lists as JSON; null, and a column that the row does not have, is nothing at all, an empty text is a pair of quotes.
 */
export function toCsv(rows: readonly JsonObject[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [
    columns.map(quote),
    ...rows.map((row) => columns.map((column) => toCell(Object.hasOwn(row, column) ? row[column] : null))),
  ];
  return lines.map((line) => `${line.join(',')}\r\n`).join('');
}

function toCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  return quote(typeof value === 'string' ? value : JSON.stringify(value));
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
