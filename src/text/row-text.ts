const ROW_TEXT = Symbol('row text');

/**
 * Marks a row as one that has been read as text: it has the columns that readers look at and no others, and `text` is all of it, finished: JSON, in UTF-8.
 * Rows are not changed any more from then on.
 */
export function attachRowText<Row extends object>(row: Row, text: Uint8Array): Row {
  return Object.assign(row, { [ROW_TEXT]: text });
}

/** The finished text of a row; undefined for a row that is the record itself. */
export function findRowText(row: object): Uint8Array | undefined {
  return (row as { readonly [ROW_TEXT]?: Uint8Array })[ROW_TEXT];
}
