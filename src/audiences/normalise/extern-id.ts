import { isHashOfNothing } from './known-hash.ts';
import { BLANK, type NormalForm } from './normal-form.ts';

/** Kept from columns of names and countries, where they can be one; but as an id they would make one person of many. */
const NO_IDS: ReadonlySet<string> = new Set(['na', 'nil']);

/** An advertiser's own id as it is: upper case and inner spaces count. A hash of one is as good as any id, if it is always the same form. */
export function normaliseExternId(text: string): NormalForm {
  const lower = text.toLowerCase();
  if (NO_IDS.has(lower)) return '';
  if (isHashOfNothing(lower)) return BLANK.hash_of_nothing;
  return text.isWellFormed() ? text : BLANK.malformed;
}
