import { hashText } from './text-hash.ts';

const INITIAL_PLACES = 1_024;
/** Two halves of a hash and a count. */
const WORDS = 3;

/**
 * How often each identity came, in 24 to 48 bytes an identity however long it is: 64 bits of hash stand for it. Two of ten million identities share a
 * hash with a probability of 1 in 300 000.
 */
export class RowTally {
  #table = new Uint32Array(INITIAL_PLACES * WORDS);
  #size = 0;

  /** Different identities. */
  get size(): number {
    return this.#size;
  }

  /** Another one with the same counts. */
  copy(): RowTally {
    const copy = new RowTally();
    copy.#table = this.#table.slice();
    copy.#size = this.#size;
    return copy;
  }

  /** Returns how often the identity has come, this time included. */
  add(identity: string): number {
    if (this.#size * 2 * WORDS >= this.#table.length) this.#grow();
    const [low, high] = hashText(identity);
    const at = this.#find(low, high);
    const count = (this.#table[at + 2] ?? 0) + 1;
    if (count === 1) this.#size += 1;
    this.#table[at] = low;
    this.#table[at + 1] = high;
    this.#table[at + 2] = count;
    return count;
  }

  count(identity: string): number {
    const [low, high] = hashText(identity);
    return this.#table[this.#find(low, high) + 2] ?? 0;
  }

  /** Where the hash stands, or would stand. A count of 0 marks a free place. */
  #find(low: number, high: number): number {
    const table = this.#table;
    const places = table.length / WORDS;
    for (let place = low & (places - 1); ; place = (place + 1) & (places - 1)) {
      const at = place * WORDS;
      if (table[at + 2] === 0 || (table[at] === low && table[at + 1] === high)) return at;
    }
  }

  #grow(): void {
    const old = this.#table;
    this.#table = new Uint32Array(old.length * 2);
    for (let at = 0; at < old.length; at += WORDS) {
      const entry = old.subarray(at, at + WORDS);
      const [low = 0, high = 0, count = 0] = entry;
      if (count > 0) this.#table.set(entry, this.#find(low, high));
    }
  }
}
