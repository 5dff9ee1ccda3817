import type { MatchKey } from '../keys/match-key.ts';
import type { CellMaker } from './cell-maker.ts';
import type { Blank } from './normal-form.ts';
import type { ColumnPlan } from './normalised-person.ts';
import type { RowDraft } from './row-draft.ts';
import { NOT_SCALAR, readScalar } from './scalar-text.ts';

/** Fills one cell of a row, or several that belong together. */
export interface CellReader {
  read(draft: RowDraft): void;
}

export interface KeySlot {
  readonly key: MatchKey;
  /** The cell's place in the row. */
  readonly slot: number;
}

/** A key's columns, of which the first with a usable value wins. */
export class KeyReader implements CellReader {
  readonly #place: KeySlot;
  readonly #columns: readonly ColumnPlan[];
  readonly #makeCell: CellMaker;

  constructor(place: KeySlot, columns: readonly ColumnPlan[], makeCell: CellMaker) {
    this.#place = place;
    this.#columns = columns;
    this.#makeCell = makeCell;
  }

  read(draft: RowDraft): void {
    let blank: Blank | undefined;
    for (const column of this.#columns) {
      const text = readScalar(draft.data[column.column]);
      if (text === '') continue;
      if (text === NOT_SCALAR) {
        rejectNotScalar(draft, column);
        return;
      }
      const cell = typeof text === 'string' ? this.#makeCell(text, column, draft) : text;
      if (cell === '') continue;
      if (typeof cell === 'string') {
        draft.fill(this.#place.slot, cell);
        return;
      }
      blank ??= cell;
    }
    if (blank !== undefined) draft.blank(this.#place.key, blank);
  }
}

export function rejectNotScalar(draft: RowDraft, { role, column }: ColumnPlan): void {
  draft.reject({ code: 'not_scalar', message: `${role} is to be one value, not a list or an object`, field: column });
}
