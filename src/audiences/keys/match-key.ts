/**
 * The keys a custom audience is matched by, in Meta's own spelling and in the order in which payloads carry them.
 * https://developers.facebook.com/docs/marketing-api/audiences/guides/custom-audiences
 */
export const MATCH_KEYS = [
  'EXTERN_ID',
  'EMAIL',
  'PHONE',
  'MADID',
  'FN',
  'LN',
  'FI',
  'GEN',
  'DOBY',
  'DOBM',
  'DOBD',
  'CT',
  'ST',
  'ZIP',
  'COUNTRY',
  'PAGEUID',
  'APPUID',
  'LOOKALIKE_VALUE',
] as const;

export type MatchKey = (typeof MATCH_KEYS)[number];

/** Keys that Meta takes as they are; every other one goes as the SHA-256 of its normal form. */
export const PLAIN_KEYS: ReadonlySet<MatchKey> = new Set(['EXTERN_ID', 'MADID', 'PAGEUID', 'APPUID', 'LOOKALIKE_VALUE']);

/** Keys that tell one person from all others. The other keys only narrow down. */
export const STRONG_KEYS: readonly MatchKey[] = ['EXTERN_ID', 'EMAIL', 'PHONE', 'MADID', 'PAGEUID', 'APPUID'];

/** How the values of a column are to be taken: `auto` passes what looks like a SHA-256 and hashes the rest. */
export type Hashing = 'auto' | 'raw' | 'hashed';

/** What a column can be mapped to: a match key, or a full birth date, which becomes DOBY, DOBM and DOBD. */
export type ColumnRole = MatchKey | 'DOB';
