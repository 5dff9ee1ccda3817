import type { GraphObject } from './detail-draft.ts';
import { RowTally } from './row-tally.ts';

export interface GivenRowsOptions {
  readonly identify: (row: GraphObject) => string;
  /** Rows with one identity are one row: it is given once. Otherwise they are as many rows as there are of them. */
  readonly isUnique: boolean;
}

/** Knows which rows of a walk were given, so that one which starts again gives the rest alone. */
export class GivenRows {
  readonly #options: GivenRowsOptions;
  readonly #given = new RowTally();
  /** What came since the walk started again. */
  #seen: RowTally | undefined;
  #count = 0;

  constructor(options: GivenRowsOptions) {
    this.#options = options;
  }

  /** Rows given so far. */
  get count(): number {
    return this.#count;
  }

  /** The walk begins at its first page again. */
  restart(): void {
    this.#seen = new RowTally();
  }

  /** The rows that were not given yet; from now on they are. */
  take(rows: readonly GraphObject[]): GraphObject[] {
    const fresh = rows.filter((row) => this.#isNew(this.#options.identify(row)));
    this.#count += fresh.length;
    return fresh;
  }

  #isNew(identity: string): boolean {
    if (this.#options.isUnique) return this.#given.add(identity) === 1;
    if (this.#seen !== undefined && this.#seen.add(identity) <= this.#given.count(identity)) return false;
    this.#given.add(identity);
    return true;
  }
}
