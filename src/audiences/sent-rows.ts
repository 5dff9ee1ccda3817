import { hashText } from '../graph/text-hash.ts';
import { type Cell, findIdentity, type Operation, type PersonRow } from './person-row.ts';

/** Places of the table: 6 MiB, whatever the number of rows. */
const PLACES = 2 ** 19;
/** Two halves of the person's hash, two of the row's. */
const WORDS = 4;
const HASH_CHARS = 64;

/**
 * The rows that were delivered last, in a fixed amount of memory: a row that comes again need not be sent again. It holds only while all rows had one
 * operation, because after a removal even an equal addition counts.
 */
export class SentRows {
  readonly #table = new Uint32Array(PLACES * WORDS);
  #operation: Operation | undefined;
  #isMixed = false;

  /** To be told of each row before it is sent. */
  noteOperation(operation: Operation): void {
    this.#operation ??= operation;
    if (this.#operation !== operation) this.#isMixed = true;
  }

  noteDelivered(row: PersonRow): void {
    if (this.#isMixed) return;
    const [low, high, rowLow, rowHigh] = hashRow(row);
    const at = (low % PLACES) * WORDS;
    this.#table[at] = low;
    this.#table[at + 1] = high;
    this.#table[at + 2] = rowLow;
    this.#table[at + 3] = rowHigh;
  }

  /** The last row delivered of this person is equal to this one. */
  has(row: PersonRow): boolean {
    if (this.#isMixed || row.operation !== this.#operation) return false;
    const [low, high, rowLow, rowHigh] = hashRow(row);
    const at = (low % PLACES) * WORDS;
    const table = this.#table;
    return table[at] === low && table[at + 1] === high && table[at + 2] === rowLow && table[at + 3] === rowHigh;
  }
}

function hashRow(row: PersonRow): readonly [number, number, number, number] {
  const { shape, cells } = row;
  let content = shape.signature;
  for (const cell of cells) content += `|${shorten(cell)}`;
  const identity = findIdentity(row);
  const [low, high] = hashText(identity < 0 ? content : `${shape.keys[identity]}|${String(cells[identity])}`);
  const [rowLow, rowHigh] = hashText(content);
  return [low, high, rowLow, rowHigh];
}

/** A quarter of a SHA-256 tells as much as all of it. */
function shorten(cell: Cell): string {
  return typeof cell === 'string' && cell.length === HASH_CHARS ? cell.slice(0, HASH_CHARS / 4) : String(cell);
}
