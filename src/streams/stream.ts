import type { ConnectorError } from '../protocol/connector-error.ts';
import type { AirbyteStream, FieldChange, JsonObject, SyncMode } from '../protocol/messages.ts';

/**
 * One record's data. Rows travel in pages; a layer may change them in place but never keeps them. A row that has been read as text has a few columns only, and
 * its record is that text (`findRowText`).
 */
export type Row = Record<string, unknown>;
export type StreamState = JsonObject;

export interface ReadRequest {
  readonly syncMode: SyncMode;
  /** Names of the selected top-level properties, from the configured catalog. */
  readonly fields: readonly string[];
  /** The stream's last state; absent to read from the beginning. */
  readonly state?: StreamState;
  /** A limit holds the stream back until `resumeAtMs` (epoch milliseconds). */
  readonly onRateLimited?: (resumeAtMs: number) => void;
}

export type StreamEvent =
  /** `changes` names the fields of single rows that could not be read. */
  | { readonly type: 'rows'; readonly rows: readonly Row[]; readonly changes?: ReadonlyMap<Row, readonly FieldChange[]> }
  /** Covers every row yielded before it, and nothing else. */
  | { readonly type: 'checkpoint'; readonly state: StreamState }
  /** A part (an account) is missing; the stream goes on with the rest and is incomplete at its end. */
  | { readonly type: 'failure'; readonly error: ConnectorError };

/** What a stream cost, for the log line at its end. */
export interface StreamCost {
  readonly calls: number;
  readonly parts: number;
  readonly bytes: number;
  readonly retries: number;
}

export interface Stream {
  readonly description: AirbyteStream;
  /** Pulled: the next page is asked for only when the last one has been taken. Ends with a checkpoint. A throw ends the stream as failed. */
  read(request: ReadRequest): AsyncGenerator<StreamEvent, StreamCost>;
}
