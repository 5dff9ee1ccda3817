import type { MatchKey } from '../keys/match-key.ts';
import type { Blank } from './normal-form.ts';
import type { BlankedCell, NormalisedPerson, RecordData, RowReject } from './normalised-person.ts';

/** Stands for a country that a row names and nobody knows. It is no region, so that no other one is assumed. */
const UNREAD = '?';

/** A row in the making, with what some keys tell about others. */
export class RowDraft {
  readonly data: RecordData;
  readonly #cells: (string | number)[];
  #blanked: BlankedCell[] | undefined;
  #reject: RowReject | undefined;
  /** Alpha-2 in lower case, '' where unknown. */
  country = '';
  /** The country that phone numbers without one are from. Beside a country that could not be read, a default one would make another person's number. */
  phoneCountry = '';
  /** The code of a US state in lower case, '' where unknown. */
  usState = '';

  constructor(data: RecordData, width: number) {
    this.data = data;
    this.#cells = new Array<string | number>(width).fill('');
  }

  fill(slot: number, cell: string | number): void {
    this.#cells[slot] = cell;
  }

  blank(key: MatchKey, { reason }: Blank): void {
    this.#blanked ??= [];
    this.#blanked.push({ key, reason });
  }

  /** The first reason is kept. */
  reject(reject: RowReject): void {
    this.#reject ??= reject;
  }

  /** `code` is '' for a country that nobody knows. */
  noteCountry(code: string): void {
    this.country = code;
    this.phoneCountry = code === '' ? UNREAD : code;
  }

  /** `valueSlot` is the place of the one cell that identifies nobody. */
  finish(valueSlot: number): NormalisedPerson {
    if (this.#reject === undefined && !this.#cells.some((cell, slot) => cell !== '' && slot !== valueSlot)) {
      this.#reject = { code: 'no_identifier', message: 'no column of the row tells who the person is' };
    }
    return {
      cells: this.#cells,
      ...(this.#blanked === undefined ? {} : { blanked: this.#blanked }),
      ...(this.#reject === undefined ? {} : { reject: this.#reject }),
      ...(this.usState === '' ? {} : { usState: this.usState }),
    };
  }
}
