import { BACKSLASH, NINE, QUOTE, SLASH, SMALL_U, SPACE, ZERO } from './ascii.ts';

/** What may follow a backslash, `u` apart: `"\/bfnrt`. */
const ESCAPED = new Set([QUOTE, BACKSLASH, SLASH, 0x62, 0x66, 0x6e, 0x72, 0x74]);
const UNICODE_LENGTH = 6;

/** The length of the escape at `at`; 0 where there is none, or where one like `\u0041` stands for a character of ASCII: a secret might hide behind it. */
export function scanEscape(bytes: Uint8Array, at: number): number {
  const kind = bytes[at + 1] ?? 0;
  if (kind === SMALL_U) return scanUnicode(bytes, at);
  return ESCAPED.has(kind) ? 2 : 0;
}

function scanUnicode(bytes: Uint8Array, at: number): number {
  let code = 0;
  for (let place = at + 2; place < at + UNICODE_LENGTH; place += 1) {
    const digit = valueOfHex(bytes[place] ?? 0);
    if (digit < 0) return 0;
    code = code * 16 + digit;
  }
  return code >= SPACE && code < 0x80 ? 0 : UNICODE_LENGTH;
}

function valueOfHex(byte: number): number {
  if (byte >= ZERO && byte <= NINE) return byte - ZERO;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
