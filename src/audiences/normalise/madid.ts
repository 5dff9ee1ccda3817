import { isHash } from './known-hash.ts';
import { BLANK, type NormalForm } from './normal-form.ts';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** What a device gives whose owner limits ad tracking. https://developer.apple.com/documentation/adsupport/asidentifiermanager */
const ZEROS = '00000000-0000-0000-0000-000000000000';

/** An advertising id (IDFA, Android's) in lower case, with its hyphens. It goes unhashed: a hash can not be turned back into one. */
export function normaliseMadid(text: string): NormalForm {
  const id = text.toLowerCase();
  if (UUID.test(id)) return id === ZEROS ? '' : id;
  return isHash(id) ? BLANK.wrong_hash : BLANK.malformed;
}
