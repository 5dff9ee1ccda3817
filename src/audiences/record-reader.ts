import type { JsonObject, StreamDescriptor } from '../protocol/messages.ts';
import { type DataUsePlan, decideDataUse } from './data-use.ts';
import type { ColumnPlan, NormalisedPerson } from './normalise/normalised-person.ts';
import { PersonNormaliser, type PersonNormaliserOptions } from './normalise/person-normaliser.ts';
import { type OperationPlan, resolveOperation } from './operation.ts';
import { type Cell, createRow, createShape, DATA_USE_KEYS, type Operation, type PersonRow, type RowShape } from './person-row.ts';
import type { Receipt } from './record-writer.ts';
import type { Redaction } from './rejects/redact.ts';
import type { RejectCode } from './rejects/reject.ts';
import { SharedReceipt } from './shared-receipt.ts';
import { splitLists } from './split-lists.ts';
import type { StreamReport } from './stream-report.ts';

/** How one stream's records are to be understood. */
export interface RecordPlan {
  readonly stream: StreamDescriptor;
  readonly columns: readonly ColumnPlan[];
  readonly normalising: Omit<PersonNormaliserOptions, 'columns'>;
  readonly operation: OperationPlan;
  readonly dataUse: DataUsePlan;
  readonly takesListsApart: boolean;
  readonly allowsWeakRemovals: boolean;
  readonly redaction: Redaction;
  /** Columns that a rejection shows as they are. */
  readonly keptColumns: ReadonlySet<string>;
  readonly pageId?: string;
  readonly appIds?: readonly string[];
  /** A row of more bytes is rejected. */
  readonly maxRowBytes: number;
}

/** A record that can not become a row. */
export interface RecordFault {
  readonly code: RejectCode;
  readonly message: string;
  readonly field?: string;
  readonly operation?: Operation;
  /** What its columns were normalised to, as far as they were. */
  readonly shape?: RowShape;
  readonly cells?: readonly Cell[];
}

export type RecordReading = { readonly rows: readonly PersonRow[] } | { readonly fault: RecordFault };

interface Reading {
  readonly normaliser: PersonNormaliser;
  readonly shape: RowShape;
}

/** Turns records into rows. The plain values end here: a row holds what goes to Meta, and what a rejection may show. */
export class RecordReader {
  readonly #plan: RecordPlan;
  readonly #report: StreamReport;
  readonly #kept: readonly string[];
  readonly #additions: Reading;
  readonly #removals: Reading;

  constructor(plan: RecordPlan, report: StreamReport) {
    this.#plan = plan;
    this.#report = report;
    this.#kept = [...plan.keptColumns];
    const hasValue = plan.columns.some(({ role }) => role === 'LOOKALIKE_VALUE');
    this.#additions = this.#createReading(plan.columns, plan.dataUse.mode !== 'off');
    // A value says nothing about who is to go, and a wrong one must not keep anybody in.
    const columns = hasValue ? plan.columns.filter(({ role }) => role !== 'LOOKALIKE_VALUE') : plan.columns;
    this.#removals = this.#createReading(columns, false);
  }

  read(data: JsonObject, receipt: Receipt): RecordReading {
    const operation = resolveOperation(data, this.#plan.operation);
    if (operation === undefined) {
      return { fault: { code: 'unknown_operation', message: 'The operation is neither an addition nor a removal.' } };
    }
    const parts = this.#plan.takesListsApart ? splitLists(data, this.#plan.columns) : undefined;
    if (parts === undefined) return this.#readOne(data, operation, receipt);
    return this.#readParts(parts, operation, receipt);
  }

  #readParts(parts: readonly JsonObject[], operation: Operation, receipt: Receipt): RecordReading {
    const rows: PersonRow[] = [];
    let fault: RecordFault | undefined;
    const shared = new SharedReceipt(receipt, this.#report);
    for (const part of parts) {
      const reading = this.#readOne(part, operation, shared);
      if ('rows' in reading) rows.push(...reading.rows.map((row) => createRow({ ...row, isPart: true })));
      else fault ??= reading.fault;
    }
    // An item that tells nobody apart is no loss where another does.
    if (fault !== undefined && (rows.length === 0 || fault.code !== 'no_identifier')) return { fault };
    shared.expect(rows.length);
    return { rows };
  }

  #readOne(data: JsonObject, operation: Operation, receipt: Receipt): RecordReading {
    const { normaliser, shape } = operation === 'add' ? this.#additions : this.#removals;
    const person = normaliser.normalise(data);
    if (person.blanked !== undefined) for (const { key, reason } of person.blanked) this.#report.noteBlank(key, reason);
    const cells = this.#addDataUse(person, data, shape);
    const bytes = countBytes(cells);
    const { reject } = person;
    if (reject !== undefined) return { fault: { ...reject, operation, shape, cells } };
    if (bytes > this.#plan.maxRowBytes)
      return { fault: { code: 'too_large', message: 'The row is larger than a request may be.', operation } };
    const kept = this.#keep(data);
    const row = createRow({ shape, cells, operation, bytes, receipts: [receipt], isPart: false, kept });
    if (operation === 'remove' && !this.#plan.allowsWeakRemovals && row.identity < 0) {
      return { fault: { code: 'no_identifier', message: WEAK_REMOVAL, operation, shape, cells } };
    }
    return { rows: [row] };
  }

  #addDataUse(person: NormalisedPerson, data: JsonObject, shape: RowShape): readonly Cell[] {
    const { dataUse } = this.#plan;
    if (dataUse.mode === 'off' || shape !== this.#additions.shape) return person.cells;
    const { cells, isElsewhere } = decideDataUse(data, dataUse, person.usState);
    if (isElsewhere) this.#report.noteDataUseElsewhere();
    return [...person.cells, ...cells];
  }

  #keep(data: JsonObject): JsonObject | undefined {
    if (this.#plan.redaction === 'none') return data;
    const kept = this.#kept.filter((column) => Object.hasOwn(data, column));
    return kept.length === 0 ? undefined : Object.fromEntries(kept.map((column) => [column, data[column]]));
  }

  #createReading(columns: readonly ColumnPlan[], hasDataUse: boolean): Reading {
    const { stream, normalising, redaction, keptColumns, pageId, appIds } = this.#plan;
    const normaliser = new PersonNormaliser({ ...normalising, columns });
    const names = normaliser.keys.map((key) => columns.find(({ role }) => role === key)?.column ?? key);
    const dataUseKeys = hasDataUse ? DATA_USE_KEYS : [];
    const shape = createShape({
      stream,
      report: this.#report,
      redaction,
      keptColumns,
      keys: [...normaliser.keys, ...dataUseKeys],
      columns: [...names, ...dataUseKeys],
      ...(pageId === undefined ? {} : { pageId }),
      ...(appIds === undefined ? {} : { appIds }),
    });
    return { normaliser, shape };
  }
}

const WEAK_REMOVAL =
  'A removal needs an external id, an e-mail address, a phone number or a mobile advertiser id; the setting weak_removals allows less.';
/** Quotation marks and the comma. */
const CELL_BYTES = 3;
const ROW_BYTES = 3;

function countBytes(cells: readonly Cell[]): number {
  let bytes = ROW_BYTES;
  for (const cell of cells) {
    const text = typeof cell === 'string' ? cell : JSON.stringify(cell);
    // Only external ids are other than ASCII, and each unit of theirs takes three bytes at most, or six where it is written as an escape.
    bytes += CELL_BYTES + (text.length > HASH_CHARS ? Buffer.byteLength(JSON.stringify(text)) : text.length);
  }
  return bytes;
}

const HASH_CHARS = 64;
