/** A value as Python's `str` writes it: how the peer fills a column of text whose value is an object. */
export function writeAsPython(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string')
    return value.includes("'") && !value.includes('"') ? `"${value}"` : `'${value.replaceAll("'", "\\'")}'`;
  if (Array.isArray(value)) return `[${value.map(writeAsPython).join(', ')}]`;
  if (typeof value !== 'object') return String(value);
  return `{${Object.entries(value)
    .map(([key, inner]) => `${writeAsPython(key)}: ${writeAsPython(inner)}`)
    .join(', ')}}`;
}
