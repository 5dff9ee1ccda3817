import type { Reject } from './reject.ts';

/** Where rejected rows are kept. */
export interface RejectSink {
  /** Resolves when the rejects are durable; until then their states are held back. Throws a `ConnectorError` when they can not be kept. */
  write(rejects: readonly Reject[]): Promise<void>;
  /** Tries whether the sink can be written to, and leaves nothing behind. Throws a `ConnectorError` that says what to do. */
  probe(): Promise<void>;
  close(): Promise<void>;
}
