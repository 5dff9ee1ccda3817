import { foldToLatin } from './latin-fold.ts';
import { BLANK, type NormalForm } from './normal-form.ts';
import { expandProvince } from './provinces.ts';
import { findUsState } from './us-states.ts';

/** ISO 3166-2 writes the country before the state: `US-CA`. */
const ISO_US_STATE = /^us[-_ ]([a-z]{2})$/i;

/**
 * A US state by its two letters, any other state by its full name. Where the row tells no country, a name or code of a US state is taken for that.
 * `country` is alpha-2 in lower case, '' where unknown.
 * https://developers.facebook.com/docs/marketing-api/audiences/guides/custom-audiences#hash
 */
export function normaliseState(text: string, country: string): NormalForm {
  const state = readUsState(text, country);
  if (state !== undefined) return state;
  const folded = foldToLatin(text);
  if (folded === '') return BLANK.malformed;
  return country === 'us' ? BLANK.unknown_word : expandProvince(folded, country);
}

/** The code of a US state, in lower case, where a text names one and the country allows it. */
export function readUsState(text: string, country: string): string | undefined {
  return country === 'us' || country === '' ? findUsState(foldToLatin(ISO_US_STATE.exec(text)?.[1] ?? text)) : undefined;
}
