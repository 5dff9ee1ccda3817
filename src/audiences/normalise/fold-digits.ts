const DIGIT = /\p{Nd}/u;
const OTHER_DIGITS = /(?![0-9])\p{Nd}/gu;

/** Compatible forms made plain (full-width digits, no-break spaces), and the digits of every script made ASCII's: people type what their keyboard has. */
export function foldDigits(text: string): string {
  return text.normalize('NFKC').replace(OTHER_DIGITS, readDigit);
}

/** Unicode keeps the ten digits of a script together and in order: the value is the way back to the first. Some scripts have several tens in a row. */
function readDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (DIGIT.test(String.fromCodePoint(code - before - 1))) before += 1;
  return String(before % 10);
}
