import { isAbsent } from './absent-words.ts';
import type { CountryNormaliser } from './country.ts';
import type { HashText } from './hash-cache.ts';
import { readKnownHash } from './known-hash.ts';
import { BLANK, type NormalForm } from './normal-form.ts';
import type { ColumnPlan } from './normalised-person.ts';
import type { RowDraft } from './row-draft.ts';
import { normaliseState, readUsState } from './state.ts';

/** Turns a column's text, which is not empty, into a cell; '' where the text stands for no value. */
export type CellMaker = (text: string, column: ColumnPlan, draft: RowDraft) => NormalForm;

/** Cells that are the hash of a normal form, or come as one. */
export function hashedCell(normalise: CellMaker, hash: HashText): CellMaker {
  return (text, column, draft) => {
    const known = readKnownHash(text, column.hashing);
    if (known !== undefined) return known;
    return hashForm(normalise(text, column, draft), hash);
  };
}

/** A country, which tells how to read the row's other cells. */
export function countryCell(countries: CountryNormaliser, hash: HashText): CellMaker {
  return (text, column, draft) => {
    const known = readKnownHash(text, column.hashing);
    if (known === BLANK.hash_of_nothing) return known;
    const isHash = typeof known === 'string';
    const form = known ?? countries.normalise(text);
    draft.noteCountry(isHash ? countries.findByHash(known) : typeof form === 'string' ? form : '');
    return isHash ? form : hashForm(form, hash);
  };
}

/** A state, which is kept in plain where it is one of the United States. */
export function stateCell(hash: HashText): CellMaker {
  return hashedCell((text, _column, draft) => {
    const state = readUsState(text, draft.country);
    if (state !== undefined) draft.usState = state;
    return state ?? normaliseState(text, draft.country);
  }, hash);
}

/** A word such as "null" is looked for once more: it may have stood in quotes. */
function hashForm(form: NormalForm, hash: HashText): NormalForm {
  if (typeof form !== 'string') return form;
  return isAbsent(form) ? '' : hash(form);
}
