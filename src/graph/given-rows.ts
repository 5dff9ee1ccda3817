import type { GraphObject } from './detail-draft.ts';
import { RowTally } from './row-tally.ts';

export interface GivenRowsOptions {
  readonly identify: (row: GraphObject) => string;
  /**
   * What rows with one identity are: 'same', one row, given once; 'several', as many rows as there are of them; 'several_in_page', the same where a walk
   * comes by it once more, but as many rows as there are of them in one page.
   */
  readonly equals: 'same' | 'several' | 'several_in_page';
}

/** Knows which rows of a walk were given, so that one which starts again gives the rest alone. */
export class GivenRows {
  readonly #options: GivenRowsOptions;
  readonly #given: RowTally;
  /** What came since the walk started again. */
  #seen: RowTally | undefined;
  #count = 0;

  constructor(options: GivenRowsOptions, given = new RowTally({ counts: options.equals === 'several' })) {
    this.#options = options;
    this.#given = given;
  }

  /** Rows given so far. */
  get count(): number {
    return this.#count;
  }

  /** Knows the same, and goes its own way from now on. */
  copy(): GivenRows {
    const copy = new GivenRows(this.#options, this.#given.copy());
    copy.#count = this.#count;
    return copy;
  }

  /** The walk begins at its first page again. */
  restart(): void {
    this.#seen = new RowTally();
  }

  /** The rows that were not given yet; from now on they are. */
  take(rows: readonly GraphObject[]): GraphObject[] {
    const identities = rows.map(this.#options.identify);
    const isNew = this.#judge(identities);
    const fresh = rows.filter((_, place) => isNew[place]);
    this.#count += fresh.length;
    return fresh;
  }

  #judge(identities: readonly string[]): readonly boolean[] {
    switch (this.#options.equals) {
      case 'same':
        return identities.map((identity) => this.#given.add(identity));
      case 'several':
        return identities.map((identity) => this.#isOneMore(identity));
      case 'several_in_page': {
        const isNew = identities.map((identity) => this.#given.count(identity) === 0);
        for (const [place, identity] of identities.entries()) if (isNew[place]) this.#given.add(identity);
        return isNew;
      }
    }
  }

  #isOneMore(identity: string): boolean {
    this.#seen?.add(identity);
    if (this.#seen !== undefined && this.#seen.count(identity) <= this.#given.count(identity)) return false;
    this.#given.add(identity);
    return true;
  }
}
