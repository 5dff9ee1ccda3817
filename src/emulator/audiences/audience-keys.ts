/** Keys whose cells are SHA-256 in lower-case hexadecimal. */
export const hashedKeys: readonly string[] = [
  'EMAIL',
  'PHONE',
  'GEN',
  'DOBY',
  'DOBM',
  'DOBD',
  'LN',
  'FN',
  'FI',
  'CT',
  'ST',
  'ZIP',
  'COUNTRY',
];

/** Keys that name a person on their own, the most telling first. */
export const strongKeys: readonly string[] = ['EXTERN_ID', 'EMAIL', 'PHONE', 'MADID', 'PAGEUID', 'APPUID'];

/** Keys that say who is meant. */
export const identityKeys: readonly string[] = [...new Set([...strongKeys, ...hashedKeys])];

/** Columns that say something about the row rather than who is meant. */
export const rowOptionKeys: readonly string[] = [
  'LOOKALIKE_VALUE',
  'DATA_PROCESSING_OPTIONS',
  'DATA_PROCESSING_OPTIONS_COUNTRY',
  'DATA_PROCESSING_OPTIONS_STATE',
];

export const audienceKeys: readonly string[] = [...identityKeys, ...rowOptionKeys];

/** One row of an upload: a cell for each key of the schema. */
export type UploadRow = readonly unknown[];
