/** Bytes that are compared at once: as a double, which engines read and compare in one step. ASCII is never the pattern of a NaN, nor of a zero. */
const WIDE = 8;
const NARROW = 4;

/** A member's name as it stands in JSON, quotes and colon included, in ASCII. */
export class KnownName {
  /** In bytes. */
  readonly length: number;
  /** One after another; the last one ends with the name, and begins within the one before it. Empty for names of less than eight bytes. */
  readonly #wide: Float64Array;
  /** The first four bytes and the last four. */
  readonly #first: number;
  readonly #last: number;

  constructor(name: string) {
    const bytes = Buffer.from(`"${name}":`);
    const { length } = bytes;
    this.length = length;
    const count = length < WIDE ? 0 : Math.ceil(length / WIDE);
    this.#wide = Float64Array.from({ length: count }, (_, place) => bytes.readDoubleLE(Math.min(place * WIDE, length - WIDE)));
    this.#first = bytes.readInt32LE(0);
    this.#last = bytes.readInt32LE(length - NARROW);
  }

  standsAt(text: DataView, at: number): boolean {
    const { length } = this;
    if (at + length > text.byteLength) return false;
    const wide = this.#wide;
    const final = wide.length - 1;
    if (final < 0) return text.getInt32(at, true) === this.#first && text.getInt32(at + length - NARROW, true) === this.#last;
    for (let place = 0; place < final; place += 1) if (text.getFloat64(at + place * WIDE, true) !== wide[place]) return false;
    return text.getFloat64(at + length - WIDE, true) === wide[final];
  }
}
