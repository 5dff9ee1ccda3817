import type { GraphObject } from './detail-draft.ts';

/** Reads the rows of one page from its text, so that they need not be parsed. */
export interface RowReader {
  /**
   * The row that begins at this byte, its columns as parsing would give them, as far as those are wanted as values. Undefined where it has to be parsed
   * after all; then it is skipped, and the next one may be read again.
   */
  read(at: number): GraphObject | undefined;
  /** Where the row that was read last ends, exclusive. */
  readonly end: number;
}

/** Begins with a piece of a page, in UTF-8, which it may change in place. */
export type OpenRows = (page: Uint8Array) => RowReader;
