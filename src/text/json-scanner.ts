import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  MINUS,
  NINE,
  OPEN_BRACE,
  OPEN_BRACKET,
  POINT,
  QUOTE,
  SMALL_E,
  SPACE,
  ZERO,
} from './ascii.ts';
import { scanEscape } from './json-escape.ts';
import type { KnownName } from './known-name.ts';
import { mixByte, type NameInText } from './name-table.ts';

/** A number of so many digits is held exactly by every reader. */
const EXACT_DIGITS = 15;
/** What lies deeper is left to the parser. */
const MAX_DEPTH = 64;
/** Bytes that are compared at once, and what they are compared with. */
const WORD = 4;
const ONES = 0x01010101;
const QUOTES = 0x22222222;
const BACKSLASHES = 0x5c5c5c5c;
const SPACES = 0x20202020;
const HIGH_BITS = 0x80808080 | 0;
const NULL = Buffer.from('null');
const TRUE = Buffer.from('true');
const FALSE = Buffer.from('false');

/** Passes over one thing; see the methods of `JsonScanner` for what false means. */
export type Scan = (scanner: JsonScanner) => boolean;

/**
 * Goes over JSON in UTF-8 and changes it in place, where a parser would make values of it and a serialiser text again. It knows the plain JSON that Meta
 * writes, without blanks between its parts. Each method passes over what stands at `at`; where that is not JSON, or is written in a way that hides what it
 * is, it returns false, and `at` means nothing any more. What has been changed until then means the same as before.
 */
export class JsonScanner implements NameInText {
  /** Where the next thing stands. */
  at = 0;
  readonly input: Uint8Array;
  readonly #view: DataView;
  /** The last name passed. */
  nameFrom = 0;
  nameTo = 0;
  nameHash = 0;
  #depth = 0;

  constructor(input: Uint8Array) {
    this.input = input;
    this.#view = new DataView(input.buffer, input.byteOffset, input.length);
  }

  /** Goes to a value that stands in no other one. */
  begin(at: number): void {
    this.at = at;
    this.#depth = 0;
  }

  /** This byte. */
  passByte(byte: number): boolean {
    if (this.input[this.at] !== byte) return false;
    this.at += 1;
    return true;
  }

  passString(): boolean {
    if (!this.passByte(QUOTE)) return false;
    for (;;) {
      this.#passPlain();
      const byte = this.input[this.at];
      if (byte === QUOTE) {
        this.at += 1;
        return true;
      }
      if (byte !== BACKSLASH) return false;
      const length = scanEscape(this.input, this.at);
      if (length === 0) return false;
      this.at += length;
    }
  }

  /** Up to the next quote, backslash or control character. */
  #passPlain(): void {
    const { input } = this;
    const view = this.#view;
    const lastWord = input.length - WORD;
    let { at } = this;
    for (; at <= lastWord; at += WORD) {
      const word = view.getInt32(at, true);
      // The highest bit of a byte is set where that byte is a quote, a backslash, or below a space. https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord
      const quotes = word ^ QUOTES;
      const backslashes = word ^ BACKSLASHES;
      const special = ((quotes - ONES) & ~quotes) | ((backslashes - ONES) & ~backslashes) | ((word - SPACES) & ~word);
      if ((special & HIGH_BITS) !== 0) break;
    }
    for (; at < input.length; at += 1) {
      const byte = input[at] as number;
      if (byte === QUOTE || byte === BACKSLASH || byte < SPACE) break;
    }
    this.at = at;
  }

  /** A name that is expected here, with its colon. */
  passKnown(name: KnownName): boolean {
    if (!name.standsAt(this.#view, this.at)) return false;
    this.at += name.length;
    return true;
  }

  /** A member's name and the colon behind it; tells which name it is. Of ASCII only, and without escapes. */
  passName(): boolean {
    const { input } = this;
    let { at } = this;
    if (input[at] !== QUOTE) return false;
    at += 1;
    this.nameFrom = at;
    let hash = 0;
    for (; at < input.length; at += 1) {
      const byte = input[at] as number;
      if (byte === QUOTE) break;
      if (byte < SPACE || byte === BACKSLASH || byte >= 0x7f) return false;
      hash = mixByte(hash, byte);
    }
    this.nameTo = at;
    this.nameHash = hash;
    this.at = at + 1;
    return this.passByte(COLON);
  }

  /** A bare number of few digits and without exponent. */
  passNumber(): boolean {
    return this.#passDigits() >= 0;
  }

  /** A bare integer of few digits. */
  passInteger(): boolean {
    const { at } = this;
    if (this.#passDigits() === 0) return true;
    this.at = at;
    return false;
  }

  /**
   * A number in quotes: blanks take the place of the quotes, and JSON has a number there. `isInteger`: of a fraction's digits, which then have to be zeros,
   * too.
   */
  unquoteNumber(isInteger: boolean): boolean {
    const { input } = this;
    const start = this.at;
    if (input[start] !== QUOTE) return false;
    this.at += 1;
    const decimals = this.#passDigits();
    const end = this.at;
    if (decimals < 0 || input[end] !== QUOTE) return false;
    if (isInteger && decimals > 0 && !this.#blankZeros(end - decimals, end)) return false;
    input[start] = SPACE;
    input[end] = SPACE;
    this.at = end + 1;
    return true;
  }

  #blankZeros(from: number, to: number): boolean {
    const { input } = this;
    for (let place = from; place < to; place += 1) if (input[place] !== ZERO) return false;
    input.fill(SPACE, from - 1, to);
    return true;
  }

  /** Passes a number; returns how many digits its fraction has, -1 where it is none or not a plain one. */
  #passDigits(): number {
    const { input } = this;
    let { at } = this;
    let byte = input[at] as number;
    const isNegative = byte === MINUS;
    if (isNegative) {
      at += 1;
      byte = input[at] as number;
    }
    const first = at;
    const startsWithZero = byte === ZERO;
    while (byte >= ZERO && byte <= NINE) {
      at += 1;
      byte = input[at] as number;
    }
    const whole = at - first;
    let decimals = 0;
    if (byte === POINT) {
      const point = at;
      do {
        at += 1;
        byte = input[at] as number;
      } while (byte >= ZERO && byte <= NINE);
      decimals = at - point - 1;
      if (decimals === 0) return -1;
    }
    if (whole === 0 || whole + decimals > EXACT_DIGITS || (byte | SPACE) === SMALL_E) return -1;
    // Neither -0 nor 007.
    if (startsWithZero && (isNegative || whole > 1)) return -1;
    this.at = at;
    return decimals;
  }

  passNull(): boolean {
    return this.#passWord(NULL);
  }

  passBoolean(): boolean {
    return this.#passWord(TRUE) || this.#passWord(FALSE);
  }

  #passWord(word: Uint8Array): boolean {
    const { input, at } = this;
    for (let place = 0; place < word.length; place += 1) if (input[at + place] !== word[place]) return false;
    this.at += word.length;
    return true;
  }

  /** Any value. */
  passValue(): boolean {
    switch (this.input[this.at]) {
      case QUOTE:
        return this.passString();
      case OPEN_BRACE:
        return this.passItems(OPEN_BRACE, CLOSE_BRACE, passMember);
      case OPEN_BRACKET:
        return this.passItems(OPEN_BRACKET, CLOSE_BRACKET, passAny);
      default:
        return this.passNumber() || this.passBoolean() || this.passNull();
    }
  }

  /** What stands between `open` and `close`, with commas between. */
  passItems(open: number, close: number, passItem: Scan): boolean {
    if (this.#depth >= MAX_DEPTH || !this.passByte(open)) return false;
    if (this.passByte(close)) return true;
    this.#depth += 1;
    do {
      if (!passItem(this)) return false;
    } while (this.passByte(COMMA));
    this.#depth -= 1;
    return this.passByte(close);
  }
}

export const passAny: Scan = (scanner) => scanner.passValue();
const passMember: Scan = (scanner) => scanner.passString() && scanner.passByte(COLON) && scanner.passValue();
