import type { JsonObject } from '../protocol/messages.ts';
import type { Log } from '../runtime.ts';
import type { ColumnPlan } from './normalise/normalised-person.ts';
import type { PersonRow } from './person-row.ts';
import { type RecordFault, type RecordPlan, RecordReader } from './record-reader.ts';
import type { Receipt } from './record-writer.ts';
import type { LocalReject } from './reject-desk.ts';
import { redact } from './rejects/redact.ts';
import type { StreamReport } from './stream-report.ts';

export interface StreamIntakeOptions {
  readonly plan: Omit<RecordPlan, 'columns'>;
  /** Which columns hold what, for a stream with these columns. */
  readonly mapColumns: (names: readonly string[]) => readonly ColumnPlan[];
  /** The stream's columns; empty where the catalog does not say: then they are learned from the records. */
  readonly columns: readonly string[];
  readonly report: StreamReport;
  readonly audienceId: string;
  readonly now: () => number;
  readonly log: Log;
}

export interface Taken {
  readonly rows: readonly PersonRow[];
  /** Set where the record can not become rows. */
  readonly reject?: LocalReject;
}

const NO_ROWS: readonly PersonRow[] = [];

/** Where the records of one stream come in. */
export class StreamIntake {
  readonly report: StreamReport;
  readonly #options: StreamIntakeOptions;
  readonly #names: Set<string>;
  readonly #isLearning: boolean;
  #reader: RecordReader;

  constructor(options: StreamIntakeOptions) {
    this.#options = options;
    this.report = options.report;
    this.#names = new Set(options.columns);
    this.#isLearning = options.columns.length === 0;
    this.#reader = this.#createReader();
  }

  take(data: JsonObject, receipt: Receipt): Taken {
    this.report.received += 1;
    if (this.#isLearning) this.#learn(data);
    const reading = this.#reader.read(data, receipt);
    if ('rows' in reading) return reading;
    return { rows: NO_ROWS, reject: this.#createReject(data, receipt, reading.fault) };
  }

  warnOfMixedExternIds(found: { readonly withExternId: number; readonly total: number; readonly policy: string }): void {
    const { withExternId, total, policy } = found;
    const what = policy === 'drop_key' ? 'they are left out for all' : 'rows without one are rejected';
    this.#options.log.warn(
      `${withExternId} of ${total} rows have an external id; a replacement can hold them for all or for none, so ${what}`,
    );
  }

  #learn(data: JsonObject): void {
    let isNew = false;
    for (const name in data) {
      if (this.#names.has(name)) continue;
      this.#names.add(name);
      isNew = true;
    }
    if (isNew) this.#reader = this.#createReader();
  }

  #createReader(): RecordReader {
    const { plan, mapColumns, report } = this.#options;
    return new RecordReader({ ...plan, columns: mapColumns([...this.#names]) }, report);
  }

  #createReject(data: JsonObject, receipt: Receipt, fault: RecordFault): LocalReject {
    const { plan, audienceId, now } = this.#options;
    const { code, message, field, operation, shape, cells } = fault;
    const known = new Map<string, string | number>();
    for (const [place, column] of shape?.columns.entries() ?? []) {
      const cell = cells?.[place];
      if (typeof cell === 'string' || typeof cell === 'number') known.set(column, cell);
    }
    return {
      receipt,
      report: this.report,
      reject: {
        stream: plan.stream,
        code,
        message,
        data: redact(data, plan.redaction, { cells: known, kept: plan.keptColumns }),
        count: 1,
        at: new Date(now()).toISOString(),
        audienceId,
        ...(field === undefined ? {} : { field }),
        ...(operation === undefined ? {} : { operation }),
      },
    };
  }
}
