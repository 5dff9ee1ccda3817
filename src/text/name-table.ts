/** Finds what belongs to a name without making a string of the name's bytes. */
export class NameTable<T> {
  readonly #entries: (Entry<T> | undefined)[];
  readonly #mask: number;

  /** Names of ASCII only; others are not found. */
  constructor(values: Iterable<readonly [name: string, value: T]>) {
    const all = [...values].map(([name, value]) => ({ bytes: Buffer.from(name), hash: hashName(Buffer.from(name)), value }));
    this.#mask = 2 ** Math.ceil(Math.log2(all.length * 2 + 2)) - 1;
    this.#entries = new Array<Entry<T> | undefined>(this.#mask + 1).fill(undefined);
    for (const entry of all) {
      let place = entry.hash & this.#mask;
      while (this.#entries[place] !== undefined) place = (place + 1) & this.#mask;
      this.#entries[place] = entry;
    }
  }

  find(name: NameInText): T | undefined {
    const { nameHash } = name;
    for (let place = nameHash & this.#mask; ; place = (place + 1) & this.#mask) {
      const entry = this.#entries[place];
      if (entry === undefined) return undefined;
      if (entry.hash === nameHash && isEqual(entry.bytes, name)) return entry.value;
    }
  }
}

/** A name where it stands. */
export interface NameInText {
  readonly input: Uint8Array;
  readonly nameFrom: number;
  /** Exclusive. */
  readonly nameTo: number;
  /** Made with `mixByte`. */
  readonly nameHash: number;
}

/** One more byte of a name, to the hash of those before it; that of none is 0. */
export function mixByte(hash: number, byte: number): number {
  return (Math.imul(hash, 31) + byte) | 0;
}

interface Entry<T> {
  readonly bytes: Uint8Array;
  readonly hash: number;
  readonly value: T;
}

function hashName(bytes: Uint8Array): number {
  return bytes.reduce(mixByte, 0);
}

function isEqual(bytes: Uint8Array, { input, nameFrom, nameTo }: NameInText): boolean {
  if (bytes.length !== nameTo - nameFrom) return false;
  for (let place = 0; place < bytes.length; place += 1) if (bytes[place] !== input[nameFrom + place]) return false;
  return true;
}
