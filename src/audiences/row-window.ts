import { findIdentity, isSameRow, type PersonRow } from './person-row.ts';

/**
 * Rows that wait to be sent, each person at most once: of several rows of a person the last counts. The order among different persons does not matter
 * to a set; where rows of opposite operations share an identifier without being the same person's for sure, the later one `conflicts` and must wait for
 * the next window.
 */
export class RowWindow {
  readonly #rows = new Set<PersonRow>();
  /** By match key and cell; the last row that has it. */
  readonly #byIdentifier = new Map<string, Map<unknown, PersonRow>>();
  readonly #weak = new Map<string, PersonRow>();
  #bytes = 0;

  get size(): number {
    return this.#rows.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** In the order in which the last row of each person came. */
  get rows(): Iterable<PersonRow> {
    return this.#rows;
  }

  /** The row must not be added to this window: it would overtake one that may be about the same person. */
  conflicts(row: PersonRow): boolean {
    const { shape, cells, operation } = row;
    const identity = findIdentity(row);
    for (const index of shape.strong) {
      const cell = cells[index];
      if (cell === '') continue;
      const other = this.#byIdentifier.get(shape.keys[index] as string)?.get(cell);
      if (other === undefined || other.operation === operation || !this.#rows.has(other)) continue;
      if (index !== identity || !isIdentifiedBy(other, shape.keys[index] as string, cell)) return true;
    }
    return false;
  }

  /** A row of the same person is here. */
  hasPerson(row: PersonRow): boolean {
    return this.#findSame(row) !== undefined;
  }

  /** Lets an equal row that is here stand for this one too; false where there is none. */
  join(row: PersonRow): boolean {
    const equal = this.#findSame(row);
    if (equal === undefined || !isSameRow(equal, row)) return false;
    equal.receipts.push(...row.receipts);
    return true;
  }

  add(row: PersonRow): void {
    const before = this.#findSame(row);
    if (before !== undefined) {
      this.#rows.delete(before);
      this.#bytes -= before.bytes;
      row.previous = before;
    }
    this.#rows.add(row);
    this.#bytes += row.bytes;
    // What the replaced rows were known by still names the person: a row of another operation that has it must not overtake this one.
    for (let named: PersonRow | undefined = row; named !== undefined; named = named.previous) this.#register(named, row);
  }

  /** These rows have come to their end. */
  settle(rows: Iterable<PersonRow>): void {
    for (const row of rows) this.#rows.delete(row);
  }

  #findSame(row: PersonRow): PersonRow | undefined {
    const identity = findIdentity(row);
    if (identity < 0) return this.#findWhole(row);
    const key = row.shape.keys[identity] as string;
    const cell = row.cells[identity];
    const found = this.#byIdentifier.get(key)?.get(cell);
    return found !== undefined && this.#rows.has(found) && isIdentifiedBy(found, key, cell) ? found : undefined;
  }

  #findWhole(row: PersonRow): PersonRow | undefined {
    const found = this.#weak.get(weakKeyOf(row));
    return found !== undefined && this.#rows.has(found) ? found : undefined;
  }

  #register(named: PersonRow, row: PersonRow): void {
    const { shape, cells } = named;
    for (const index of shape.strong) {
      if (cells[index] !== '') this.#cellsOf(shape.keys[index] as string).set(cells[index], row);
    }
    if (findIdentity(named) < 0) this.#weak.set(weakKeyOf(named), row);
  }

  #cellsOf(key: string): Map<unknown, PersonRow> {
    const known = this.#byIdentifier.get(key);
    if (known !== undefined) return known;
    const cells = new Map<unknown, PersonRow>();
    this.#byIdentifier.set(key, cells);
    return cells;
  }
}

/** The strongest identifier of the row is this one: another row of the same is the same person's. */
function isIdentifiedBy(row: PersonRow, key: string, cell: unknown): boolean {
  const identity = findIdentity(row);
  return identity >= 0 && row.shape.keys[identity] === key && row.cells[identity] === cell;
}

function weakKeyOf({ shape, cells }: PersonRow): string {
  return JSON.stringify([shape.keys, cells]);
}
