import type { Clock } from '../runtime.ts';
import type { Audience } from './audience.ts';
import type { BatchOutcome, UnnamedRefusal } from './batch-outcome.ts';
import type { PersonRow } from './person-row.ts';
import type { Receipt } from './record-writer.ts';
import { createReject } from './reject-rows.ts';
import type { Reject } from './rejects/reject.ts';
import type { RejectSink } from './rejects/reject-sink.ts';
import { SharedReceipt } from './shared-receipt.ts';
import type { StreamReport } from './stream-report.ts';

/** A record that never became a row. */
export interface LocalReject {
  readonly reject: Reject;
  readonly receipt: Receipt;
  readonly report: StreamReport;
}

/** Tells receipts and reports what became of rows: of the rejected ones only after the sink has them for good. */
export class RejectDesk {
  readonly #sink: RejectSink;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #audience: Audience;

  constructor(options: { readonly sink: RejectSink; readonly clock: Pick<Clock, 'now'>; readonly audience: Audience }) {
    this.#sink = options.sink;
    this.#clock = options.clock;
    this.#audience = options.audience;
  }

  deliver({ shape, receipts }: PersonRow, how: string): void {
    for (const [place, receipt] of receipts.entries()) {
      // Of equal rows one was sent.
      const what = place === 0 ? how : 'superseded';
      this.deliverRecords({ receipt, report: shape.report }, what, 1);
    }
  }

  deliverRecords(
    { receipt, report }: { readonly receipt: Receipt; readonly report: StreamReport },
    how: string,
    records: number,
  ): void {
    receipt.deliver(records, how);
    // A shared receipt reports its record when all the record's rows are settled.
    if (!(receipt instanceof SharedReceipt)) report.noteDelivered(records, how);
  }

  /** Rejects records that never became rows. */
  async rejectLocal(rejects: readonly LocalReject[]): Promise<void> {
    if (rejects.length === 0) return;
    await this.#sink.write(rejects.map(({ reject }) => reject));
    for (const { reject, receipt, report } of rejects) {
      report.noteRejected(reject);
      receipt.reject(reject.count);
    }
  }

  /** Keeps what Meta refused of a batch, and tells whoever waits for the rows. */
  async rejectRefused(outcome: BatchOutcome, isReplace = false): Promise<void> {
    const rejects = this.#listRejects(outcome, isReplace);
    if (rejects.length === 0) return;
    await this.#sink.write(rejects);
    for (const rows of [outcome.refused, outcome.suspects]) {
      for (const [{ shape, receipts }, { code }] of rows) {
        for (const receipt of receipts) {
          receipt.reject(1, code);
          if (!(receipt instanceof SharedReceipt)) shape.report.noteRejected({ code, count: 1 });
        }
      }
    }
  }

  #listRejects({ refused, suspects }: BatchOutcome, isReplace: boolean): readonly Reject[] {
    const context = { audience: this.#audience, nowMs: this.#clock.now(), isReplace };
    const named = [...refused].flatMap(([row, refusal]) => row.receipts.map(() => createReject(row, refusal, context)));
    const counted = new Map<UnnamedRefusal, { readonly row: PersonRow; count: number }>();
    for (const [row, refusal] of suspects) {
      const entry = counted.get(refusal) ?? { row, count: 0 };
      entry.count += row.receipts.length;
      counted.set(refusal, entry);
    }
    return [...named, ...[...counted].map(([refusal, { row, count }]) => createReject(row, refusal, context, { count }))];
  }
}
