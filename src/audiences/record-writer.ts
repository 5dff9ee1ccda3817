import type { JsonObject } from '../protocol/messages.ts';
import type { RejectCode } from './rejects/reject.ts';

/** Who is told what became of records: each one taken is told of once, as delivered or as durably rejected. */
export interface Receipt {
  /** `how` is what was done with them, for statistics: `added`. */
  deliver(records: number, how: string): void;
  /** `code` is the reason, for statistics. */
  reject(records: number, code?: RejectCode): void;
}

/** Writes one stream. Once a call has thrown, the stream has failed, and all that was not told to receipts is not written. */
export interface RecordWriter {
  /** Set where nothing is done before `complete` has resolved: until then no state of the stream may leave, whatever receipts were told. */
  readonly holdsStates?: boolean;
  /** Takes a record. A promise where there is no room for another until it resolves. */
  write(data: JsonObject, receipt: Receipt): Promise<void> | undefined;
  /** The source has finished the stream: resolves when everything taken is settled. */
  complete(): Promise<void>;
  /** There will be no more, though the source has not finished: settles what can be without its end, and drops the rest. */
  abandon(): Promise<void>;
}
