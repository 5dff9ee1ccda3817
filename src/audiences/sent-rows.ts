import type { Operation, PersonRow } from './person-row.ts';

/** Places of the table: 4 MiB, whatever the number of rows. */
const PLACES = 2 ** 18;
/** Two halves of the person's hash, two of the row's. */
const WORDS = 4;
/** A cell of this length is a SHA-256, of which a quarter tells as much as all of it. */
const HASH_CHARS = 64;
const TELLING_CHARS = 16;

/**
 * The rows that were delivered last, in a fixed amount of memory: a row that comes again need not be sent again. It holds only while all rows had one
 * operation, because after a removal even an equal addition counts.
 */
export class SentRows {
  readonly #table = new Uint32Array(PLACES * WORDS);
  readonly #hash = new RowHash();
  #operation: Operation | undefined;
  #isMixed = false;

  /** To be told of each row before it is sent. */
  noteOperation(operation: Operation): void {
    this.#operation ??= operation;
    if (this.#operation !== operation) this.#isMixed = true;
  }

  noteDelivered(row: PersonRow): void {
    if (this.#isMixed) return;
    const { words } = this.#hash;
    this.#hash.takePerson(row);
    this.#hash.takeRow(row);
    this.#table.set(words, placeOf(words));
  }

  /** The last row delivered of this person is equal to this one. */
  has(row: PersonRow): boolean {
    if (this.#isMixed || row.operation !== this.#operation) return false;
    const { words } = this.#hash;
    this.#hash.takePerson(row);
    const at = placeOf(words);
    const table = this.#table;
    if (table[at] !== words[0] || table[at + 1] !== words[1]) return false;
    this.#hash.takeRow(row);
    return table[at + 2] === words[2] && table[at + 3] === words[3];
  }
}

function placeOf(words: Uint32Array): number {
  return ((words[0] ?? 0) % PLACES) * WORDS;
}

/** Two hashes of 64 bits, of a row's person and of all its cells. Each row is hashed a few times: no object is made for it. */
class RowHash {
  readonly words = new Uint32Array(WORDS);

  takePerson({ shape, cells, identity }: PersonRow): void {
    this.#begin(0);
    if (identity < 0) for (const cell of cells) this.#add(0, cell);
    else {
      this.#add(0, shape.keys[identity]);
      this.#add(0, cells[identity]);
    }
  }

  takeRow({ shape, cells }: PersonRow): void {
    this.#begin(2);
    this.#add(2, shape.signature);
    for (const cell of cells) this.#add(2, cell);
  }

  #begin(at: number): void {
    this.words[at] = 0x9747b28c;
    this.words[at + 1] = 0x3c6ef372;
  }

  /** The mixing of MurmurHash3, with constants of its own in the second half. */
  #add(at: number, cell: unknown): void {
    const text = typeof cell === 'string' ? cell : String(cell);
    const length = text.length === HASH_CHARS ? TELLING_CHARS : text.length;
    let low = (this.words[at] ?? 0) ^ text.length;
    let high = (this.words[at + 1] ?? 0) ^ (text.length + 1);
    for (let index = 0; index < length; index += 1) {
      const unit = text.charCodeAt(index) + 1;
      low = Math.imul(low ^ Math.imul(unit, 0xcc9e2d51), 0x1b873593);
      low ^= low >>> 15;
      high = Math.imul(high ^ Math.imul(unit, 0x2545f491), 0x52dce729);
      high ^= high >>> 13;
    }
    this.words[at] = low;
    this.words[at + 1] = high;
  }
}
