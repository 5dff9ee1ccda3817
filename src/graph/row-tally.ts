import { hashText } from './text-hash.ts';

const INITIAL_PLACES = 1_024;
/** Tables grow when more than four fifths of their places are taken. */
const FULL = 0.8;
/** Two halves of a hash, and a count where there is one. */
const HASH_WORDS = 2;

export interface RowTallyOptions {
  /** False where it is enough to know that an identity has come: then it counts as 1 however often it came. Default true. */
  readonly counts?: boolean;
}

/**
 * How often each identity came, in 15 to 30 bytes an identity however long it is, two thirds of that without counts: 64 bits of hash stand for it. Two of
 * ten million identities share a hash with a probability of 1 in 300 000.
 */
export class RowTally {
  /** Words of a place. */
  readonly #words: number;
  #table: Uint32Array<ArrayBuffer>;
  #size = 0;

  constructor({ counts = true }: RowTallyOptions = {}) {
    this.#words = HASH_WORDS + (counts ? 1 : 0);
    this.#table = new Uint32Array(INITIAL_PLACES * this.#words);
  }

  /** Different identities. */
  get size(): number {
    return this.#size;
  }

  /** Another one with the same counts. */
  copy(): RowTally {
    const copy = new RowTally({ counts: this.#words > HASH_WORDS });
    copy.#table = this.#table.slice();
    copy.#size = this.#size;
    return copy;
  }

  /** Takes note that the identity has come; tells whether it is the first time. */
  add(identity: string): boolean {
    if (this.#size * this.#words >= this.#table.length * FULL) this.#grow();
    const [low, high] = hashIdentity(identity);
    const at = this.#find(low, high);
    const isFirst = this.#isFree(at);
    if (isFirst) this.#size += 1;
    this.#table[at] = low;
    this.#table[at + 1] = high;
    if (this.#words > HASH_WORDS) this.#table[at + HASH_WORDS] = (this.#table[at + HASH_WORDS] ?? 0) + 1;
    return isFirst;
  }

  count(identity: string): number {
    const at = this.#find(...hashIdentity(identity));
    if (this.#isFree(at)) return 0;
    return this.#words > HASH_WORDS ? (this.#table[at + HASH_WORDS] ?? 0) : 1;
  }

  /** Where the hash stands, or would stand. */
  #find(low: number, high: number): number {
    const table = this.#table;
    const words = this.#words;
    const places = table.length / words;
    for (let place = low & (places - 1); ; place = (place + 1) & (places - 1)) {
      const at = place * words;
      if ((table[at] === low && table[at + 1] === high) || this.#isFree(at)) return at;
    }
  }

  #isFree(at: number): boolean {
    return this.#table[at] === 0 && this.#table[at + 1] === 0;
  }

  #grow(): void {
    const old = this.#table;
    this.#table = new Uint32Array(old.length * 2);
    for (let from = 0; from < old.length; from += this.#words) {
      const low = old[from] ?? 0;
      const high = old[from + 1] ?? 0;
      if (low === 0 && high === 0) continue;
      // Word by word: a view of each place would be many megabytes of garbage at once.
      const to = this.#find(low, high);
      for (let word = 0; word < this.#words; word += 1) this.#table[to + word] = old[from + word] ?? 0;
    }
    // Nobody else has it, and garbage of this size would wait for its collection.
    old.buffer.transfer(0);
  }
}

/** Never two zeros, which mark a free place. */
function hashIdentity(identity: string): readonly [low: number, high: number] {
  const [low, high] = hashText(identity);
  return [low, low === 0 && high === 0 ? 1 : high];
}
