import codes from 'i18n-iso-countries/codes.json' with { type: 'json' };
import english from 'i18n-iso-countries/langs/en.json' with { type: 'json' };
import { COUNTRY_ALIASES } from './country-aliases.ts';
import { COUNTRY_LANGUAGES, type CountryNames } from './country-languages.ts';

const CODE = /^[a-z]{2,3}$/i;
const DOTS = /[.\s]+/g;
const LATIN_ACCENTS = /[\u{300}-\u{36f}]+/gu;
const NO_LETTER = /[^\p{L}\p{M}]+/gu;
const ARTICLE = /^the(?=.{4})/;
/** Shorter names are codes, or would be read as one: `my` is Malaysia, though "Mỹ" is the United States. */
const SHORTEST_ASCII_NAME = 3;
const SHORT_ASCII = /^[a-z]*$/;

/** Stands in the indexes for a name that two countries have. */
const SHARED = '';

/**
 * Finds countries by their codes and names. English names are there from the start; those of other languages are read when one is first asked for, since
 * most lists of customers hold codes.
 */
export class CountryTable {
  readonly #codes: ReadonlyMap<string, string> = listCodes();
  readonly #english: ReadonlyMap<string, string> = indexNames([english.countries, COUNTRY_ALIASES]);
  #foreign: ReadonlyMap<string, string> | undefined;

  /** All alpha-2 codes, in lower case. */
  get alpha2Codes(): ReadonlySet<string> {
    return new Set(this.#codes.values());
  }

  /** An alpha-2 code, in lower case, by an alpha-2 or alpha-3 code or a name; undefined for what is none, or names two countries ("Congo"). */
  find(text: string): string | undefined {
    const bare = text.replace(DOTS, '');
    const code = CODE.test(bare) ? this.#codes.get(bare.toLowerCase()) : undefined;
    if (code !== undefined) return code;
    const name = foldCountryName(text);
    const found = this.#english.get(name) ?? this.#findForeign(name);
    return found === SHARED ? undefined : found;
  }

  #findForeign(name: string): string | undefined {
    this.#foreign ??= indexNames(COUNTRY_LANGUAGES);
    return this.#foreign.get(name);
  }
}

/** Alpha-2 and alpha-3 codes, with the one that people use in place of `GB`. */
function listCodes(): ReadonlyMap<string, string> {
  const found = new Map([['uk', 'gb']]);
  for (const [alpha2, alpha3] of codes as readonly (readonly string[])[]) {
    if (alpha2 === undefined || alpha3 === undefined) continue;
    found.set(alpha2.toLowerCase(), alpha2.toLowerCase()).set(alpha3.toLowerCase(), alpha2.toLowerCase());
  }
  return found;
}

/** Codes by folded name. */
function indexNames(languages: readonly CountryNames[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const language of languages) {
    for (const [alpha2, names] of Object.entries(language)) {
      const code = alpha2.toLowerCase();
      for (const name of typeof names === 'string' ? [names] : names) {
        const folded = foldCountryName(name);
        if (folded.length < SHORTEST_ASCII_NAME && SHORT_ASCII.test(folded)) continue;
        const known = found.get(folded);
        found.set(folded, known === undefined || known === code ? code : SHARED);
      }
    }
  }
  return found;
}

/** A name in lower case by its letters, without Latin accents and an English article. */
function foldCountryName(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(LATIN_ACCENTS, '')
    .replace(NO_LETTER, '')
    .normalize('NFC')
    .replace(ARTICLE, '');
}
