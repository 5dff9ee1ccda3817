import { identityKeys, strongKeys, type UploadRow } from './audience-keys.ts';

/** Who has an identifier: people are numbers. */
export type People = Map<string, number>;

/** Calls back with each identifier of a row, and where those who have it are found. */
export type VisitIdentifiers = (row: UploadRow, visit: (people: People, name: string) => void) => void;

/** Identifiers and who has them, a table for each strong key and one for whole rows. */
export class IdentifierIndex {
  readonly #tables = new Map<string, People>();
  readonly #rows: People = new Map();

  /** A row without a strong identifier is one as a whole, whatever the order of its columns. */
  compileVisit(keys: readonly string[]): VisitIdentifiers {
    const columns = strongKeys
      .filter((key) => keys.includes(key))
      .map((key) => ({ at: keys.indexOf(key), people: this.#tableOf(key), isCaseless: key === 'MADID' }));
    const others = identityKeys.filter((key) => keys.includes(key)).map((key) => ({ at: keys.indexOf(key), key }));
    return (row, visit) => {
      let hasStrong = false;
      for (const { at, people, isCaseless } of columns) {
        const cell = row[at];
        if (cell === '') continue;
        const name = typeof cell === 'string' ? cell : String(cell);
        visit(people, isCaseless ? name.toLowerCase() : name);
        hasStrong = true;
      }
      if (hasStrong) return;
      const cells = others.filter(({ at }) => row[at] !== '').map(({ at, key }) => `${key}:${row[at]}`);
      visit(this.#rows, cells.sort().join('|'));
    };
  }

  /** All identifiers that were ever seen, `KEY:cell`, and the number they stand for. */
  *entries(): Generator<readonly [identifier: string, person: number]> {
    for (const [key, people] of this.#tables) for (const [name, person] of people) yield [`${key}:${name}`, person];
    yield* this.#rows;
  }

  /** The number behind `KEY:cell`, or behind a whole row. */
  get(identifier: string): number | undefined {
    const colon = identifier.indexOf(':');
    return this.#tables.get(identifier.slice(0, colon))?.get(identifier.slice(colon + 1)) ?? this.#rows.get(identifier);
  }

  #tableOf(key: string): People {
    const known = this.#tables.get(key);
    if (known !== undefined) return known;
    const table: People = new Map();
    this.#tables.set(key, table);
    return table;
  }
}
