import { BACKSLASH, CLOSE_BRACE, CLOSE_BRACKET, COMMA, OPEN_BRACE, OPEN_BRACKET, QUOTE } from './ascii.ts';

/** Where the value that begins at `at` ends, exclusive; undefined where it does not. Whether it is JSON is not looked at. */
export function findValueEnd(bytes: Uint8Array, at: number): number | undefined {
  const end = bytes.length;
  let depth = 0;
  let isInString = false;
  for (let place = at; place < end; place += 1) {
    const byte = bytes[place] as number;
    if (isInString) {
      if (byte === BACKSLASH) place += 1;
      else if (byte === QUOTE) isInString = false;
    } else if (byte === QUOTE) isInString = true;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
    else if (depth === 0 && (byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET)) return place;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth -= 1;
  }
  return undefined;
}
