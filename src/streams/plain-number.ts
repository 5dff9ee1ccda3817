import { NINE, POINT, ZERO } from '../text/ascii.ts';

/** So many digits are held exactly, and so is the power of ten that they are divided by: the quotient is what `Number` makes of the text. */
const EXACT_DIGITS = 15;

/**
 * The number that a text of digits stands for, with at most one point among them; -1 for any other text. Nearly all numbers of a report are written so, and
 * this reads them in one pass, where a pattern and `Number` would take two.
 */
export function readPlainNumber(text: string): number {
  const { length } = text;
  if (length === 0 || length > EXACT_DIGITS) return -1;
  let digits = 0;
  let divisor = 0;
  for (let at = 0; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= ZERO && code <= NINE) {
      digits = digits * 10 + (code - ZERO);
      divisor *= 10;
    } else {
      if (code !== POINT || divisor > 0 || at === 0 || at === length - 1) return -1;
      divisor = 1;
    }
  }
  return divisor > 0 ? digits / divisor : digits;
}
