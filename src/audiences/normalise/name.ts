import { BLANK, type NormalForm } from './normal-form.ts';

/** Latin letters that are composed already, and stay so: nothing of them is to be changed. */
const LATIN_NAME = /^[a-zß-öø-ÿ\u0100-\u017f]+$/;
const ASCII = /^\p{ASCII}*$/u;
const ASCII_NO_LETTER = /[^a-z0-9]+/g;
/**
 * What is no part of a name: whitespace, punctuation, symbols and emoji (with their joiners, variants and key caps), marks of direction, broken
 * characters. Of these Meta names the first two; the rest can not be in a name on Facebook.
 */
const NO_LETTER = /[\p{P}\p{S}\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{Me}\p{Variation_Selector}]+/gu;

/**
 * A first or last name in lower case, without spaces and punctuation. Accents stay: Meta's own example keeps "valéry". Composed (NFC), since the same
 * name in two notations would have two hashes.
 * https://developers.facebook.com/docs/marketing-api/audiences/guides/custom-audiences#hash
 */
export function normaliseName(text: string): NormalForm {
  const lower = text.toLowerCase();
  if (LATIN_NAME.test(lower)) return lower;
  const name = ASCII.test(lower) ? lower.replace(ASCII_NO_LETTER, '') : foldName(text);
  return name === '' ? BLANK.malformed : name;
}

/** The first character of a name. */
export function normaliseInitial(text: string): NormalForm {
  const name = normaliseName(text);
  return typeof name === 'string' ? String.fromCodePoint(name.codePointAt(0) ?? 0) : name;
}

/** Composed twice: lower case takes some letters apart, and taking out what stood between two can join them. */
function foldName(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(NO_LETTER, '').normalize('NFC');
}
