import type { UploadRow } from './audience-keys.ts';

/** How invalid rows are shown: each with its reason, rows alone, or not at all in one of three ways, however many there are. */
export type InvalidSamplesShape = 'map' | 'array' | 'empty_array' | 'empty_object' | 'absent';

export const invalidSamplesShapes: readonly InvalidSamplesShape[] = ['map', 'array', 'empty_array', 'empty_object', 'absent'];

export interface InvalidRow {
  readonly row: UploadRow;
  readonly reason: string;
}

/** `invalid_entry_samples` of an answer. A row is named by its JSON, so two equal ones are one sample. */
export function describeSamples(shape: InvalidSamplesShape, rows: readonly InvalidRow[]): unknown {
  if (shape === 'absent') return undefined;
  if (shape === 'map') return Object.fromEntries(rows.map(({ row, reason }) => [JSON.stringify(row), reason]));
  if (shape === 'array') return [...new Set(rows.map(({ row }) => JSON.stringify(row)))];
  return shape === 'empty_array' ? [] : {};
}
