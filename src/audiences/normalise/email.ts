import { BLANK, type NormalForm } from './normal-form.ts';

const ASCII_ADDRESS = /^[a-z0-9!#$%&'*+/=?^_`{|}~.-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;
/** One `@`, something before it, and a domain of two labels or more; nothing that only stands around an address, or in none. */
const ADDRESS = /^[^@\s\p{C}<>()[\]\\,;:"]+@[^@\s\p{C}<>()[\]\\,;:".]+(?:\.[^@\s\p{C}<>()[\]\\,;:".]+)+$/u;
/** Soft hyphens, zero-width spaces and the like, which copying puts inside of addresses too. */
const INVISIBLE = /\p{Cf}+/gu;

/**
 * An address in lower case. Dots and `+tags` stay: Meta compares the address people gave it. A display name beside the address makes it unusable.
 * https://developers.facebook.com/docs/marketing-api/audiences/guides/custom-audiences#hash
 */
export function normaliseEmail(text: string): NormalForm {
  const lower = text.toLowerCase();
  if (ASCII_ADDRESS.test(lower)) return lower;
  const address = text.replace(INVISIBLE, '').normalize('NFC').toLowerCase().normalize('NFC');
  return ADDRESS.test(address) ? address : BLANK.malformed;
}
