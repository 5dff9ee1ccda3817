import { type CellReader, rejectNotScalar } from './key-reader.ts';
import { readLookalikeValue } from './lookalike-value.ts';
import type { ColumnPlan } from './normalised-person.ts';
import type { RowDraft } from './row-draft.ts';

/** LOOKALIKE_VALUE, which every row of a value-based audience has to have. */
export class ValueReader implements CellReader {
  readonly #slot: number;
  readonly #columns: readonly ColumnPlan[];

  constructor(slot: number, columns: readonly ColumnPlan[]) {
    this.#slot = slot;
    this.#columns = columns;
  }

  read(draft: RowDraft): void {
    const value = this.#findValue(draft);
    if (value !== undefined) {
      draft.fill(this.#slot, value);
      return;
    }
    const [column] = this.#columns;
    draft.reject({
      code: 'invalid_value',
      message: 'LOOKALIKE_VALUE is missing, or no number of 0 or more',
      ...(column === undefined ? {} : { field: column.column }),
    });
  }

  #findValue(draft: RowDraft): number | undefined {
    for (const column of this.#columns) {
      const given = draft.data[column.column];
      if (typeof given === 'object' && given !== null) rejectNotScalar(draft, column);
      const value = readLookalikeValue(given);
      if (value !== undefined) return value;
    }
    return undefined;
  }
}
