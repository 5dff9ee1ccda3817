import { dropFloatTail } from './float-tail.ts';
import { BLANK, type NormalForm } from './normal-form.ts';

/** Countries and territories with ZIP codes of the United States Postal Service. */
const US_COUNTRIES: ReadonlySet<string> = new Set(['us', 'pr', 'gu', 'vi', 'as', 'mp', 'um', 'fm', 'mh', 'pw']);
/** Five digits, and whatever extends them, but not a sixth digit that is none of a ZIP+4. */
const US_ZIP = /^(\d{5})(?:\D.*|\d{4})?$/s;
const ZIP_PLUS_4 = /^\d{5}[-‐-―]\d{4}$/;
const LOST_ZEROS = /^\d{1,4}(?:\D.*)?$/s;
const PLAIN = /^[a-z0-9]+$/;
const NO_CODE = /[^a-z0-9]+/g;
/** No country has longer ones. */
const LONGEST = 10;

export interface ZipPlace {
  /** Alpha-2 in lower case, '' where unknown. */
  readonly country: string;
  /** It came as a number, which has no leading zeros. */
  readonly isNumber: boolean;
}

/**
 * A postal code in lower case without spaces and dashes; of a US one the first five digits. A US code of four digits has lost its zero on the way, as
 * numbers do. It stays blank: with a zero put back it would be a guess, without one a code that nobody has.
 * https://developers.facebook.com/docs/marketing-api/audiences/guides/custom-audiences#hash
 */
export function normaliseZip(given: string, { country, isNumber }: ZipPlace): NormalForm {
  const text = dropFloatTail(given);
  if (US_COUNTRIES.has(country) || (country === '' && ZIP_PLUS_4.test(text))) {
    return US_ZIP.exec(text)?.[1] ?? (LOST_ZEROS.test(text) ? BLANK.too_short : BLANK.malformed);
  }
  if (country === '' && isNumber && LOST_ZEROS.test(text)) return BLANK.too_short;
  const code = PLAIN.test(text) ? text : text.normalize('NFKC').toLowerCase().replace(NO_CODE, '');
  return code === '' || code.length > LONGEST ? BLANK.malformed : code;
}
