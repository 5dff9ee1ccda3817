import { type ColumnRole, MATCH_KEYS, type MatchKey } from '../keys/match-key.ts';
import { BIRTH_KEYS, type BirthKey, BirthReader } from './birth-reader.ts';
import { createCellMakers } from './cell-makers.ts';
import { HashCache } from './hash-cache.ts';
import { type CellReader, KeyReader } from './key-reader.ts';
import type { ColumnPlan, NormalisedPerson, RecordData } from './normalised-person.ts';
import type { PhoneOptions } from './phone.ts';
import { RowDraft } from './row-draft.ts';
import { ScopedIdReader } from './scoped-id-reader.ts';
import { ValueReader } from './value-reader.ts';

export interface PersonNormaliserOptions extends PhoneOptions {
  readonly columns: readonly ColumnPlan[];
  readonly currentYear: number;
}

/** Years, months, days, genders, countries, and the states of all the world. */
const CACHED_HASHES = 5_000;

/** Read before the others, which depend on it: phone numbers, states and postal codes are those of a country. */
const READ_FIRST: MatchKey = 'COUNTRY';

/** Turns the columns of records into the cells of upload rows: normalised and hashed, in the order of the keys. */
export class PersonNormaliser {
  /** What rows have cells for, in the order of `MATCH_KEYS`. */
  readonly keys: readonly MatchKey[];
  readonly #readers: readonly CellReader[];
  readonly #valueSlot: number;

  constructor(options: PersonNormaliserOptions) {
    this.keys = listKeys(options.columns);
    this.#valueSlot = this.keys.indexOf('LOOKALIKE_VALUE');
    this.#readers = createReaders(this.keys, options);
  }

  normalise(data: RecordData): NormalisedPerson {
    const draft = new RowDraft(data, this.keys.length);
    for (const reader of this.#readers) reader.read(draft);
    return draft.finish(this.#valueSlot);
  }
}

function listKeys(columns: readonly ColumnPlan[]): readonly MatchKey[] {
  const roles = new Set(columns.map(({ role }) => role));
  return MATCH_KEYS.filter((key) => roles.has(key) || (roles.has('DOB') && isBirthKey(key)));
}

function createReaders(
  keys: readonly MatchKey[],
  { columns, currentYear, ...phones }: PersonNormaliserOptions,
): readonly CellReader[] {
  const { hash } = new HashCache(CACHED_HASHES);
  const makers = createCellMakers(phones, hash);
  const columnsOf = (key: MatchKey) => columns.filter(({ role }) => role === key);
  const births = columns.filter(({ role }) => role === 'DOB' || isBirthKey(role));
  const places = keys.map((key, slot) => ({ key, slot })).sort((a, b) => rankOf(a.key) - rankOf(b.key));
  const readers = places.flatMap(({ key, slot }): CellReader[] => {
    if (isBirthKey(key)) return [];
    if (key === 'LOOKALIKE_VALUE') return [new ValueReader(slot, columnsOf(key))];
    if (key === 'PAGEUID' || key === 'APPUID') return [new ScopedIdReader({ key, slot }, columnsOf(key))];
    return [new KeyReader({ key, slot }, columnsOf(key), makers[key])];
  });
  const birthPlaces = places.flatMap(({ key, slot }) => (isBirthKey(key) ? [{ key, slot }] : []));
  return births.length === 0
    ? readers
    : [...readers, new BirthReader({ places: birthPlaces, columns: births, currentYear, hash })];
}

function rankOf(key: MatchKey): number {
  return key === READ_FIRST ? -1 : MATCH_KEYS.indexOf(key);
}

function isBirthKey(role: ColumnRole): role is BirthKey {
  return (BIRTH_KEYS as readonly ColumnRole[]).includes(role);
}
