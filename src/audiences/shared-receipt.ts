import type { Receipt } from './record-writer.ts';
import type { RejectCode } from './rejects/reject.ts';
import type { StreamReport } from './stream-report.ts';

/** The receipt of one record that has become several rows: it is delivered when all of them are, and rejected when one of them is. */
export class SharedReceipt implements Receipt {
  readonly #receipt: Receipt;
  readonly #report: StreamReport;
  #expected = Number.POSITIVE_INFINITY;
  #settled = 0;
  #how = '';
  #rejectedFor: RejectCode | undefined;

  constructor(receipt: Receipt, report: StreamReport) {
    this.#receipt = receipt;
    this.#report = report;
  }

  /** To be called once, before any of the rows is settled. */
  expect(rows: number): void {
    this.#expected = rows;
  }

  deliver(records: number, how: string): void {
    if (how !== 'superseded' || this.#how === '') this.#how = how;
    this.#settle(records);
  }

  reject(records: number, code: RejectCode = 'refused_by_meta'): void {
    this.#rejectedFor = code;
    this.#settle(records);
  }

  #settle(rows: number): void {
    this.#settled += rows;
    if (this.#settled < this.#expected) return;
    if (this.#rejectedFor === undefined) {
      this.#receipt.deliver(1, this.#how);
      this.#report.noteDelivered(1, this.#how);
    } else {
      this.#receipt.reject(1);
      this.#report.noteRejected({ code: this.#rejectedFor, count: 1 });
    }
  }
}
