import { type Cell, createRow, createShape, type PayloadKey, type PersonRow, type RowShape } from '../person-row.ts';

/** One shape for all rows of a replacement: Meta wants the same keys in each of its batches. Keys that a row lacks are empty. */
export function uniteShapes(shapes: readonly RowShape[], without: ReadonlySet<PayloadKey>): RowShape {
  const columns = new Map<PayloadKey, string>();
  for (const shape of shapes) {
    for (const [place, key] of shape.keys.entries()) if (!without.has(key)) columns.set(key, shape.columns[place] ?? key);
  }
  const [first] = shapes;
  if (first === undefined) throw new RangeError('There is no shape');
  const { stream, report, redaction, keptColumns, pageId, appIds } = first;
  return createShape({
    stream,
    report,
    redaction,
    keptColumns,
    keys: [...columns.keys()],
    columns: [...columns.values()],
    ...(pageId === undefined ? {} : { pageId }),
    ...(appIds === undefined ? {} : { appIds }),
  });
}

/** The row with the cells that the shape has. */
export function fitRow(row: PersonRow, shape: RowShape): PersonRow {
  const cells = shape.keys.map((key): Cell => row.cells[row.shape.keys.indexOf(key)] ?? '');
  return createRow({ ...row, shape, cells });
}
