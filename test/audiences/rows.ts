import type { PayloadKey, PersonRow, RowShape } from '../../src/audiences/person-row.ts';
import { createRow, createShape, type Operation } from '../../src/audiences/person-row.ts';
import type { Receipt } from '../../src/audiences/record-writer.ts';
import { StreamReport } from '../../src/audiences/stream-report.ts';

export interface CountingReceipt extends Receipt {
  readonly told: string[];
}

export function createReceipt(): CountingReceipt {
  const told: string[] = [];
  return {
    told,
    deliver: (records, how) => void told.push(`${how} ${records}`),
    reject: (records) => void told.push(`rejected ${records}`),
  };
}

export function shapeOf(...keys: readonly PayloadKey[]): RowShape {
  const stream = { name: 'people' };
  return createShape({
    stream,
    report: new StreamReport(stream, 1),
    keys,
    columns: keys,
    redaction: 'hash',
    keptColumns: new Set(),
  });
}

export function rowOf(
  shape: RowShape,
  cells: readonly (string | number)[],
  operation: Operation = 'add',
  receipt: Receipt = createReceipt(),
): PersonRow {
  return createRow({ shape, cells, operation, bytes: 10, receipts: [receipt], isPart: false, kept: undefined });
}
