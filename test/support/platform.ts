import type { AirbyteMessage, StateMessage } from '../../src/protocol/messages.ts';
import type { Row } from '../../src/streams/stream.ts';

/**
 * What a platform holds of a source's streams, run after run, at its worst: of a run that ended in the middle it keeps the records that a state covers and
 * loses all others. Throws where a state miscounts its records.
 */
export class Platform {
  /** The newest row of each key, of each stream. */
  readonly rows = new Map<string, Map<string, Row>>();
  readonly #states = new Map<string, StateMessage>();
  readonly #keyOf: (stream: string, row: Row) => string;

  constructor(keyOf: (stream: string, row: Row) => string) {
    this.#keyOf = keyOf;
  }

  /** For the next run. */
  get states(): StateMessage[] {
    return [...this.#states.values()];
  }

  /** Takes what a run has written; returns the streams that it says are complete. */
  take(messages: readonly AirbyteMessage[]): Set<string> {
    const open = new Map<string, Row[]>();
    const complete = new Set<string>();
    for (const message of messages) {
      if (message.type === 'RECORD') {
        const { stream, data } = message.record;
        const rows = open.get(stream);
        if (rows === undefined) open.set(stream, [data as Row]);
        else rows.push(data as Row);
      } else if (message.type === 'STATE') {
        const { name } = message.state.stream.stream_descriptor;
        const rows = open.get(name) ?? [];
        open.delete(name);
        const counted = message.state.sourceStats?.recordCount;
        if (counted !== rows.length) throw new Error(`a state of ${name} counts ${counted} records of ${rows.length}`);
        this.#keep(name, rows);
        this.#states.set(name, message.state);
      } else if (message.type === 'TRACE' && message.trace.type === 'STREAM_STATUS') {
        const { status, stream_descriptor: stream } = message.trace.stream_status;
        if (status === 'COMPLETE') complete.add(stream.name);
      }
    }
    return complete;
  }

  #keep(stream: string, rows: readonly Row[]): void {
    const kept = this.rows.get(stream) ?? new Map<string, Row>();
    this.rows.set(stream, kept);
    for (const row of rows) kept.set(this.#keyOf(stream, row), row);
  }
}
