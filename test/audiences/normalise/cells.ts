import { createHash } from 'node:crypto';
import type { ColumnRole, Hashing, MatchKey } from '../../../src/audiences/keys/match-key.ts';
import type { NormalisedPerson, RecordData } from '../../../src/audiences/normalise/normalised-person.ts';
import { PersonNormaliser, type PersonNormaliserOptions } from '../../../src/audiences/normalise/person-normaliser.ts';

export const THIS_YEAR = 2026;

/** Not the code's own way to hash. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

export interface CellOptions extends Partial<Omit<PersonNormaliserOptions, 'columns'>> {
  readonly hashing?: Hashing;
}

/** Columns that are named for what they hold, in the order of the data. */
export function createNormaliser(
  roles: readonly ColumnRole[],
  { hashing = 'auto', ...options }: CellOptions = {},
): PersonNormaliser {
  const columns = roles.map((role) => ({ column: role, role, hashing }));
  return new PersonNormaliser({ currentYear: THIS_YEAR, ...options, columns });
}

/** A row of data whose columns are named for what they hold. */
export function normalise(data: RecordData, options?: CellOptions): NormalisedPerson {
  return createNormaliser(Object.keys(data) as ColumnRole[], options).normalise(data);
}

/** The cells of such a row by their keys, without the blank ones. */
export function cellsOf(data: RecordData, options?: CellOptions): Partial<Record<MatchKey, string | number>> {
  const normaliser = createNormaliser(Object.keys(data) as ColumnRole[], options);
  const { cells } = normaliser.normalise(data);
  return Object.fromEntries(normaliser.keys.map((key, slot) => [key, cells[slot]]).filter(([, cell]) => cell !== ''));
}

/** The cell of one key, with what other columns tell about it. */
export function cellOf(
  key: MatchKey,
  value: unknown,
  others: RecordData = {},
  options?: CellOptions,
): string | number | undefined {
  return cellsOf({ ...others, [key]: value }, options)[key];
}

/** Why a key's cell is blank; undefined where it is not, or had no value. */
export function reasonOf(key: MatchKey, value: unknown, others: RecordData = {}, options?: CellOptions): string | undefined {
  return normalise({ ...others, [key]: value }, options).blanked?.find((cell) => cell.key === key)?.reason;
}
