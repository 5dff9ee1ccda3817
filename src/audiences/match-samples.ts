import { type Batch, listData } from './batch.ts';
import type { Cell, PersonRow } from './person-row.ts';
import type { InvalidSample } from './upload-answer.ts';

/**
 * Whose rows Meta's samples are: each of the rows with Meta's reason. Meta names a row by the JSON of its values; some answers are known to hold a
 * single value only. Equal rows are all meant.
 */
export function matchSamples(batch: Batch, samples: readonly InvalidSample[]): ReadonlyMap<PersonRow, string> {
  const matched = new Map<PersonRow, string>();
  if (samples.length === 0) return matched;
  const data = listData(batch);
  const byText = groupRows(batch, (place) => [JSON.stringify(data[place])]);
  const open = samples.filter((sample) => !take(byText.get(sample.row) ?? byText.get(normaliseRow(sample.row)), sample));
  if (open.length === 0) return matched;
  const byValue = groupRows(batch, (place) => (data[place] ?? []).filter(isTelling).map(String));
  for (const sample of open) take(byValue.get(sample.row), sample);
  return matched;

  function take(rows: readonly PersonRow[] | undefined, { reason }: InvalidSample): boolean {
    for (const row of rows ?? []) matched.set(row, hideCells(reason, row));
    return rows !== undefined;
  }
}

function groupRows({ rows }: Batch, listNames: (place: number) => readonly string[]): ReadonlyMap<string, readonly PersonRow[]> {
  const groups = new Map<string, PersonRow[]>();
  for (const [place, row] of rows.entries()) {
    for (const name of listNames(place)) {
      const group = groups.get(name);
      if (group === undefined) groups.set(name, [row]);
      else group.push(row);
    }
  }
  return groups;
}

/** Reasons are logged: one that quotes an id, which no hash hides, is shown without it. */
function hideCells(reason: string, { cells }: PersonRow): string {
  let shown = reason;
  for (const cell of cells) if (typeof cell === 'string' && cell !== '') shown = shown.replaceAll(cell, '***');
  return shown;
}

/** A short value, such as a country's hash would not be but a year is, is shared by too many to name one. */
function isTelling(cell: Cell): boolean {
  return typeof cell === 'string' && cell.length >= 16;
}

/** The same JSON written with other spaces. */
function normaliseRow(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}
