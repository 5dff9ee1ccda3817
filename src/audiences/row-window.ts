import { IdentifierIndex } from './identifier-index.ts';
import { isSameRow, namesMore, nameWhole, type Operation, type PersonRow } from './person-row.ts';

/** What a window says to a row that comes after it. */
export type Encounter =
  /** An equal row is here, and stands for both. */
  | 'joined'
  /** A row of the same person is here, or one that may be about the same person. */
  | 'met'
  | 'none';

/**
 * Rows that wait to be sent: of several rows of a person the last one, and removals that name more than it does. Removals are sent before additions; beyond
 * that the order does not matter to a set. Where rows of opposite operations share an identifier without being the same person's for sure, the later one
 * `conflicts` and must wait for the next window.
 */
export class RowWindow {
  readonly #rows = new Set<PersonRow>();
  /** By match key and cell of what tells the person from all others. */
  readonly #persons = new Map<string, Map<unknown, PersonRow>>();
  readonly #whole = new Map<string, PersonRow>();
  /** Made when rows of both operations meet: among rows of one there is nothing to overtake. */
  #index: IdentifierIndex | undefined;
  #operation: Operation | undefined;
  #bytes = 0;
  #held = 0;

  get size(): number {
    return this.#rows.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** All that were taken, those included that another one stands for. */
  get held(): number {
    return this.#held;
  }

  /** In the order in which the last row of each person came. */
  get rows(): Iterable<PersonRow> {
    return this.#rows;
  }

  /** The row must not be added to this window: it would overtake one that may be about the same person. */
  conflicts(row: PersonRow): boolean {
    if (this.#rows.size === 0 || (this.#index === undefined && this.#operation === row.operation)) return false;
    return this.#openIndex().conflicts(row);
  }

  meet(row: PersonRow): Encounter {
    const same = this.#findSame(row);
    if (same === undefined) return this.conflicts(row) ? 'met' : 'none';
    if (!isSameRow(same, row)) return 'met';
    same.receipts.push(...row.receipts);
    this.#held += 1;
    return 'joined';
  }

  add(row: PersonRow): void {
    if (this.#operation !== undefined && this.#operation !== row.operation) this.#openIndex();
    this.#operation ??= row.operation;
    const before = this.#findSame(row);
    // A changed address comes as a removal with the old one and an addition with the new one: without the first, the old one would stay.
    const isNeeded = before?.operation === 'remove' && namesMore(before, row);
    if (before !== undefined && !isNeeded) {
      this.#rows.delete(before);
      this.#bytes -= before.bytes;
      row.previous = before;
    }
    this.#rows.add(row);
    this.#bytes += row.bytes;
    this.#held += 1;
    this.#remember(row);
    this.#index?.register(row);
  }

  /** These rows have come to their end. */
  settle(rows: Iterable<PersonRow>): void {
    for (const row of rows) this.#rows.delete(row);
  }

  #findSame(row: PersonRow): PersonRow | undefined {
    const { shape, cells, identity } = row;
    const found =
      identity < 0
        ? this.#whole.size > 0
          ? this.#whole.get(nameWhole(row))
          : undefined
        : this.#persons.get(shape.keys[identity] as string)?.get(cells[identity]);
    return found !== undefined && this.#rows.has(found) ? found : undefined;
  }

  #remember(row: PersonRow): void {
    const { shape, cells, identity } = row;
    if (identity < 0) {
      this.#whole.set(nameWhole(row), row);
      return;
    }
    const key = shape.keys[identity] as string;
    const persons = this.#persons.get(key);
    if (persons === undefined) this.#persons.set(key, new Map([[cells[identity], row]]));
    else persons.set(cells[identity], row);
  }

  #openIndex(): IdentifierIndex {
    if (this.#index !== undefined) return this.#index;
    this.#index = new IdentifierIndex();
    for (const row of this.#rows) this.#index.registerAll(row);
    return this.#index;
  }
}
