import { type CellReader, type KeySlot, rejectNotScalar } from './key-reader.ts';
import type { ColumnPlan } from './normalised-person.ts';
import type { RowDraft } from './row-draft.ts';
import { NOT_SCALAR, readScalar } from './scalar-text.ts';

const DIGITS = /^\d+$/;

/**
 * A person's id within a page or an app, which Meta gave out: digits. Anything else shows that the column holds something else, so the row is given up.
 * https://developers.facebook.com/docs/marketing-api/audiences/guides/custom-audiences
 */
export class ScopedIdReader implements CellReader {
  readonly #place: KeySlot;
  readonly #columns: readonly ColumnPlan[];

  constructor(place: KeySlot, columns: readonly ColumnPlan[]) {
    this.#place = place;
    this.#columns = columns;
  }

  read(draft: RowDraft): void {
    const { key, slot } = this.#place;
    for (const column of this.#columns) {
      const text = readScalar(draft.data[column.column]);
      if (text === '') continue;
      if (text === NOT_SCALAR) rejectNotScalar(draft, column);
      else if (typeof text === 'string' && DIGITS.test(text)) draft.fill(slot, text);
      else draft.reject({ code: 'invalid_id', message: `${key} is not made of digits`, field: column.column });
      return;
    }
  }
}
