import { foldToLatin } from './latin-fold.ts';
import { BLANK, type NormalForm } from './normal-form.ts';

/**
 * A city by its letters a to z. One in another script has none, and stays blank.
 * https://developers.facebook.com/docs/marketing-api/audiences/guides/custom-audiences#hash
 */
export function normaliseCity(text: string): NormalForm {
  const city = foldToLatin(text);
  return city === '' ? BLANK.malformed : city;
}
