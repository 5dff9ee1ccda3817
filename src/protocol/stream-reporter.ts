import type { MessageWriter } from './message-writer.ts';
import type { FieldChange, JsonObject, StreamDescriptor, StreamStatus } from './messages.ts';

/** What a stream without any checkpoint leaves behind: a state it starts from the beginning with. Airbyte's own mark for it. */
const NO_CURSOR_STATE: JsonObject = { __ab_no_cursor_state_message: true };

/**
 * One stream's part of the output: its statuses in the order the protocol asks for, and its states with the number of records they cover.
 * After the last status nothing more of the stream is written.
 */
export class StreamReporter {
  readonly #descriptor: StreamDescriptor;
  readonly #messages: MessageWriter;
  #status: StreamStatus | undefined;
  #records = 0;
  #recordsSinceState = 0;
  #lastState: { readonly state: JsonObject; readonly text: string } | undefined;
  #limitedUntilMs: number | undefined;

  constructor(descriptor: StreamDescriptor, messages: MessageWriter) {
    this.#descriptor = descriptor;
    this.#messages = messages;
  }

  /** Records written so far. */
  get records(): number {
    return this.#records;
  }

  start(): void {
    if (this.#status === undefined) this.#setStatus('STARTED');
  }

  async writeRows(rows: readonly JsonObject[], changes?: ReadonlyMap<JsonObject, readonly FieldChange[]>): Promise<void> {
    if (this.#isFinished || rows.length === 0) return;
    this.#run();
    // A record takes the mark of the limit away on the platform's side.
    this.#limitedUntilMs = undefined;
    const page = { descriptor: this.#descriptor, rows, ...(changes === undefined ? {} : { changes }) };
    const written = await this.#messages.writeRecords(page);
    this.#records += written;
    this.#recordsSinceState += written;
  }

  /**
   * A state equal to the last one with records between them fails a sync, so it is held back: its records are covered by the next state that
   * differs, or by the one that `writeFinalState` writes in any case.
   */
  writeState(state: JsonObject): void {
    if (this.#isFinished) return;
    const text = JSON.stringify(state);
    if (this.#recordsSinceState > 0 && text === this.#lastState?.text) return;
    this.#emitState(state, text);
  }

  /** To be called when the stream has been read to its end: makes sure that there is a state, and that one covers the last record. */
  writeFinalState(): void {
    if (this.#isFinished || (this.#lastState !== undefined && this.#recordsSinceState === 0)) return;
    const state = this.#lastState?.state ?? NO_CURSOR_STATE;
    this.#emitState(state, JSON.stringify(state));
  }

  /** A limit holds the stream back until `resumeAtMs` (epoch milliseconds). Repeated only when the wait has grown longer. */
  reportRateLimit(resumeAtMs: number): void {
    const resetMs = Math.ceil(resumeAtMs);
    if (this.#isFinished || (this.#limitedUntilMs !== undefined && resetMs <= this.#limitedUntilMs)) return;
    this.start();
    this.#limitedUntilMs = resetMs;
    this.#status = 'RUNNING';
    this.#messages.writeStatus({
      stream_descriptor: this.#descriptor,
      status: 'RUNNING',
      reasons: [{ type: 'RATE_LIMITED', rate_limited: { quota_reset: resetMs } }],
    });
  }

  reportFailure(error: unknown): void {
    if (!this.#isFinished) this.#messages.writeError(error, this.#descriptor);
  }

  finish(status: 'COMPLETE' | 'INCOMPLETE'): void {
    if (this.#isFinished) return;
    this.start();
    if (status === 'COMPLETE') this.#run();
    this.#setStatus(status);
  }

  get #isFinished(): boolean {
    return this.#status === 'COMPLETE' || this.#status === 'INCOMPLETE';
  }

  #run(): void {
    this.start();
    if (this.#status === 'STARTED') this.#setStatus('RUNNING');
  }

  #setStatus(status: StreamStatus): void {
    this.#status = status;
    this.#messages.writeStatus({ stream_descriptor: this.#descriptor, status });
  }

  #emitState(state: JsonObject, text: string): void {
    this.#messages.write({
      type: 'STATE',
      state: {
        type: 'STREAM',
        stream: { stream_descriptor: this.#descriptor, stream_state: state },
        sourceStats: { recordCount: this.#recordsSinceState },
      },
    });
    this.#lastState = { state, text };
    this.#recordsSinceState = 0;
  }
}
