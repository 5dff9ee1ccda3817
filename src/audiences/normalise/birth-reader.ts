import { splitBirthDate } from './birth-date.ts';
import { isCalendarDay, normaliseBirthDay, normaliseBirthMonth, normaliseBirthYear } from './birth-parts.ts';
import type { HashText } from './hash-cache.ts';
import { type CellReader, type KeySlot, rejectNotScalar } from './key-reader.ts';
import { isHash, readKnownHash } from './known-hash.ts';
import { BLANK, type NormalForm } from './normal-form.ts';
import type { ColumnPlan } from './normalised-person.ts';
import type { RowDraft } from './row-draft.ts';
import { NOT_SCALAR, readScalar } from './scalar-text.ts';

export const BIRTH_KEYS = ['DOBY', 'DOBM', 'DOBD'] as const;

export type BirthKey = (typeof BIRTH_KEYS)[number];

/** Normal forms or hashes of the parts; '' where unknown. */
type BirthForms = { readonly [K in BirthKey]: NormalForm };

const UNKNOWN: BirthForms = { DOBY: '', DOBM: '', DOBD: '' };
/** Longer than any part of a date: the part came as a hash. */
const HASH_LENGTH = 64;

export interface BirthReaderOptions {
  readonly places: readonly (KeySlot & { readonly key: BirthKey })[];
  readonly columns: readonly ColumnPlan[];
  readonly currentYear: number;
  readonly hash: HashText;
}

/** The year, month and day of birth, from one column, from three, or some of both. They are one date: one bad part spoils all three. */
export class BirthReader implements CellReader {
  readonly #options: BirthReaderOptions;

  constructor(options: BirthReaderOptions) {
    this.#options = options;
  }

  read(draft: RowDraft): void {
    let found = UNKNOWN;
    for (const column of this.#options.columns) {
      const text = readScalar(draft.data[column.column]);
      if (text === '') continue;
      if (text === NOT_SCALAR) {
        rejectNotScalar(draft, column);
        return;
      }
      found = merge(found, typeof text === 'string' ? this.#readColumn(text, column) : spread(text, column));
    }
    if (found !== UNKNOWN) this.#fill(draft, found);
  }

  #fill(draft: RowDraft, found: BirthForms): void {
    const isDate = BIRTH_KEYS.every((key) => typeof found[key] === 'string') && isPossibleDay(found);
    for (const { key, slot } of this.#options.places) {
      const form = found[key];
      if (form === '') continue;
      if (!isDate) draft.blank(key, typeof form === 'string' ? BLANK.not_a_date : form);
      else if (typeof form === 'string') draft.fill(slot, form.length === HASH_LENGTH ? form : this.#options.hash(form));
    }
  }

  #readColumn(text: string, column: ColumnPlan): BirthForms {
    const { role, hashing } = column;
    if (role !== 'DOB') return spread(readKnownHash(text, hashing) ?? this.#normalise(text, column), column);
    // The hash of a whole date can not be taken apart.
    if (hashing !== 'raw' && isHash(text)) return spread(BLANK.wrong_hash, column);
    const date = hashing === 'hashed' ? BLANK.not_a_hash : splitBirthDate(text);
    if ('reason' in date) return spread(date, column);
    return {
      DOBY: normaliseBirthYear(date.year, this.#options.currentYear),
      DOBM: normaliseBirthMonth(date.month),
      DOBD: normaliseBirthDay(date.day),
    };
  }

  #normalise(text: string, { role }: ColumnPlan): NormalForm {
    if (role === 'DOBY') return normaliseBirthYear(text, this.#options.currentYear);
    return role === 'DOBM' ? normaliseBirthMonth(text) : normaliseBirthDay(text);
  }
}

/** The form for the part that a column holds, or for all of them. */
function spread(form: NormalForm, { role }: ColumnPlan): BirthForms {
  return role === 'DOB' ? { DOBY: form, DOBM: form, DOBD: form } : { ...UNKNOWN, [role]: form };
}

function merge(first: BirthForms, second: BirthForms): BirthForms {
  return {
    DOBY: chooseUsable(first.DOBY, second.DOBY),
    DOBM: chooseUsable(first.DOBM, second.DOBM),
    DOBD: chooseUsable(first.DOBD, second.DOBD),
  };
}

/** The first usable form; the first reason where none is. */
function chooseUsable(first: NormalForm, second: NormalForm): NormalForm {
  if (typeof first === 'string' && first !== '') return first;
  return first === '' || (typeof second === 'string' && second !== '') ? second : first;
}

function isPossibleDay(found: BirthForms): boolean {
  return isCalendarDay(plainOf(found.DOBY), plainOf(found.DOBM), plainOf(found.DOBD));
}

function plainOf(form: NormalForm): string {
  return typeof form === 'string' && form.length < HASH_LENGTH ? form : '';
}
