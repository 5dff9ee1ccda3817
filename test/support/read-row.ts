import type { Row } from '../../src/streams/stream.ts';
import { findRowText } from '../../src/text/row-text.ts';

/** A row's record, whether it came as an object or as text. */
export function readRow(row: Row): Row {
  const text = findRowText(row);
  return text === undefined ? row : (JSON.parse(Buffer.from(text).toString()) as Row);
}
