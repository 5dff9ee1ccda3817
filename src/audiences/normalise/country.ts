import { CountryTable } from './country-table.ts';
import { hashText } from './hash-cache.ts';
import { BLANK, type NormalForm } from './normal-form.ts';

/** Spellings that are remembered: more than a list of customers has, unless its column holds something else. */
const SPELLINGS = 2_000;
const LONGEST_SPELLING = 64;

/** Countries as alpha-2 codes in lower case, and what hashes of such codes stand for. */
export class CountryNormaliser {
  readonly #table = new CountryTable();
  readonly #spellings = new Map<string, NormalForm>();
  #hashes: ReadonlyMap<string, string> | undefined;

  normalise(text: string): NormalForm {
    const known = this.#spellings.get(text);
    if (known !== undefined) return known;
    const found = this.#table.find(text) ?? BLANK.unknown_word;
    if (text.length <= LONGEST_SPELLING && this.#spellings.size < SPELLINGS) this.#spellings.set(text, found);
    return found;
  }

  /** The country that a hash is of; '' for a hash of anything else. Without it, phone numbers beside a hashed country would be read as another's. */
  findByHash(digits: string): string {
    this.#hashes ??= new Map([...this.#table.alpha2Codes].map((code) => [hashText(code), code]));
    return this.#hashes.get(digits) ?? '';
  }
}
