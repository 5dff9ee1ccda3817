import type { PersonRow } from './person-row.ts';

/** Which row was the last to name each identifier. */
export class IdentifierIndex {
  /** By match key and cell. */
  readonly #rows = new Map<string, Map<unknown, PersonRow>>();

  /** What the rows that it took the place of were known by still names the person. */
  register(row: PersonRow): void {
    for (let named: PersonRow | undefined = row; named !== undefined; named = named.previous) {
      const { shape, cells } = named;
      for (const index of shape.strong) {
        if (cells[index] !== '') this.#cellsOf(shape.keys[index] as string).set(cells[index], row);
      }
    }
  }

  /** A row of the other operation shares an identifier with this one, without being the same person's for sure. */
  conflicts(row: PersonRow, isHere: (other: PersonRow) => boolean): boolean {
    const { shape, cells, operation, identity } = row;
    for (const index of shape.strong) {
      if (cells[index] === '') continue;
      const key = shape.keys[index] as string;
      const other = this.#rows.get(key)?.get(cells[index]);
      if (other === undefined || other.operation === operation || !isHere(other)) continue;
      if (index !== identity || !isIdentifiedBy(other, key, cells[index])) return true;
    }
    return false;
  }

  #cellsOf(key: string): Map<unknown, PersonRow> {
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    const cells = new Map<unknown, PersonRow>();
    this.#rows.set(key, cells);
    return cells;
  }
}

/** The strongest identifier of the row is this one: another row of the same is the same person's. */
function isIdentifiedBy({ shape, cells, identity }: PersonRow, key: string, cell: unknown): boolean {
  return identity >= 0 && shape.keys[identity] === key && cells[identity] === cell;
}
