import { isAbsent } from './absent-words.ts';
import { writeDecimal } from './decimal-text.ts';
import { BLANK, type NormalForm } from './normal-form.ts';
import { trimText } from './trim-text.ts';

/** A list or an object, where one value is needed. */
export const NOT_SCALAR: unique symbol = Symbol('not scalar');

/** Four times the longest address. What is longer is no value of any key, and would only cost time. */
const MAX_LENGTH = 1_024;

/**
 * A column's value as trimmed text; '' where there is none. Numbers become decimal digits. Of truth values there is no key: as text, every `true` would
 * be the same person.
 */
export function readScalar(value: unknown): NormalForm | typeof NOT_SCALAR {
  switch (typeof value) {
    case 'string':
      return readString(value);
    case 'number':
      return isExact(value) ? writeDecimal(value) : BLANK.out_of_range;
    case 'bigint':
      return String(value);
    case 'boolean':
      return BLANK.malformed;
    case 'object':
      return value === null ? '' : NOT_SCALAR;
    default:
      return '';
  }
}

/** Whole numbers beyond 2^53 are given as text; one that comes as a number was rounded, and is another one. */
function isExact(value: number): boolean {
  return Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value));
}

function readString(value: string): NormalForm {
  if (value.length > MAX_LENGTH) return BLANK.too_long;
  const text = trimText(value);
  return isAbsent(text) ? '' : text;
}
