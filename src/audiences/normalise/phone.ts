import { dropFloatTail } from './float-tail.ts';
import { foldDigits } from './fold-digits.ts';
import { BLANK, type NormalForm } from './normal-form.ts';
import { PhoneDigits, type QuickNumber } from './phone-digits.ts';
import { readPhoneByLibrary } from './phone-library.ts';
import { isPhoneRegion } from './phone-plans.ts';

/** Digits with the usual punctuation, and at most one plus before them. Nothing in them can be an extension. */
const PUNCTUATED = /^[ ().[\]/-]*\+?[ ().[\]/-]*\d[\d ().[\]/-]*$/;
const PUNCTUATION = /[^\d+]+/g;
const BARE = /^\+?\d+$/;
/** Before the first digit: a plus there makes a number international. */
const PLUS = /^[^\d+]*\+/;
const LEADING_ZEROS = /^\D*00/;
/** What a number's plus is put in place of. */
const BEGINNING = /^\D*(?:00)?/;
const FOUR_DIGITS = /(?:\d\D*){4}/;
/** The library takes no longer ones. */
const LONGEST = 250;

export interface PhoneOptions {
  /** Alpha-2 code: where numbers without a country are from. */
  readonly defaultRegion?: string;
  /** Digits without a plus begin with a calling code. */
  readonly assumeInternational?: boolean;
}

/**
 * Phone numbers as E.164 digits without the plus: a number without "symbols, letters and leading zeros", with its country's code.
 * https://developers.facebook.com/docs/marketing-api/audiences/guides/custom-audiences#hash
 */
export class PhoneNormaliser {
  readonly #digits = new PhoneDigits();
  readonly #defaultRegion: string | undefined;
  readonly #assumeInternational: boolean;

  constructor({ defaultRegion, assumeInternational = false }: PhoneOptions) {
    this.#defaultRegion = toRegion(defaultRegion ?? '');
    this.#assumeInternational = assumeInternational;
  }

  /** `country` is the row's, alpha-2; '' where it tells none. */
  normalise(given: string, country: string): NormalForm {
    const text = given.length > LONGEST ? given : prepare(given);
    if (text.length > LONGEST) return BLANK.too_long;
    if (!FOUR_DIGITS.test(text)) return BLANK.malformed;
    if (PLUS.test(text)) return this.#read(text, undefined) || BLANK.not_possible;
    return this.#readWithoutPlus(text, country === '' ? this.#defaultRegion : toRegion(country));
  }

  /** A row with a number of another country than its own is more frequent than a region in which `00` begins a number. */
  #readWithoutPlus(text: string, region: string | undefined): NormalForm {
    const dialsAbroad = LEADING_ZEROS.test(text);
    const found =
      (this.#assumeInternational && this.#read(text.replace(BEGINNING, '+'), undefined)) ||
      (region !== undefined && this.#read(text, region)) ||
      (dialsAbroad && this.#read(text.replace(BEGINNING, '+'), undefined));
    if (found) return found;
    return region === undefined && !this.#assumeInternational && !dialsAbroad ? BLANK.no_region : BLANK.not_possible;
  }

  #read(text: string, region: string | undefined): string {
    return (BARE.test(text) ? this.#readDigits(text, region) : undefined) ?? readPhoneByLibrary(text, region);
  }

  #readDigits(text: string, region: string | undefined): QuickNumber {
    return region === undefined ? this.#digits.readInternational(text.slice(1)) : this.#digits.readNational(text, region);
  }
}

/** Nothing but the digits and the plus where the rest is punctuation; else the text, with what is digits and punctuation in other scripts as ASCII's. */
function prepare(given: string): string {
  const text = dropFloatTail(given);
  return strip(text) ?? fold(text);
}

function fold(text: string): string {
  const folded = foldDigits(text);
  return strip(folded) ?? folded;
}

function strip(text: string): string | undefined {
  if (BARE.test(text)) return text;
  return PUNCTUATED.test(text) ? text.replace(PUNCTUATION, '') : undefined;
}

function toRegion(country: string): string | undefined {
  const region = country.toUpperCase();
  return isPhoneRegion(region) ? region : undefined;
}
