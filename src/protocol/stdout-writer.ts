import type { Writable } from 'node:stream';
import { type Lines, PendingLines } from './pending-lines.ts';

/** Larger chunks save no more system calls, as a pipe holds 64 KiB. */
const CHUNK_CHARS = 64 * 1024;

/** Nobody reads the output any more (EPIPE, or the stream was closed). There is nothing left to do but to stop. */
export class OutputClosedError extends Error {
  override readonly name = 'OutputClosedError';
}

export interface StdoutWriterOptions {
  /** Told once, as soon as the reader is gone. */
  readonly onClosed?: (error: OutputClosedError) => void;
}

/**
 * The one owner of stdout. Lines are gathered into chunks of 64 KiB; what is short of a chunk leaves at the end of the turn of the event loop,
 * so no line ever waits for the next. Whoever writes much asks `ready` before it makes more: Node would keep all that a slow reader has not
 * taken in memory.
 */
export class StdoutWriter {
  readonly #output: Writable;
  readonly #onClosed: ((error: OutputClosedError) => void) | undefined;
  readonly #pending = new PendingLines();
  #inFlight = 0;
  #isFull = false;
  #isScheduled = false;
  #closed: OutputClosedError | undefined;
  #waiting: (() => void)[] = [];

  constructor(output: Writable, options: StdoutWriterOptions = {}) {
    this.#output = output;
    this.#onClosed = options.onClosed;
    output.on('drain', () => {
      this.#isFull = false;
      this.#handOver();
      this.#wake();
    });
    output.on('error', (error) => this.#close(new OutputClosedError('stdout cannot be written to any more', { cause: error })));
    output.on('close', () => this.#close(new OutputClosedError('stdout was closed')));
  }

  /** Takes one or more whole lines, each with its line feed. Never waits; what is written after the reader has gone is dropped. */
  write(lines: Lines): void {
    if (this.#closed !== undefined) return;
    this.#pending.add(lines);
    if (this.#pending.length >= CHUNK_CHARS) this.#handOver();
    if (this.#pending.length > 0) this.#schedule();
  }

  /** Resolves when the reader keeps up; rejects with an `OutputClosedError` when it has gone. */
  async ready(): Promise<void> {
    while (this.#isFull && this.#closed === undefined) await this.#change();
    if (this.#closed !== undefined) throw this.#closed;
  }

  /** Resolves when the operating system has taken everything written so far; rejects with an `OutputClosedError` when the reader has gone. */
  async flush(): Promise<void> {
    this.#handOver();
    while ((this.#pending.length > 0 || this.#inFlight > 0) && this.#closed === undefined) await this.#change();
    if (this.#closed !== undefined) throw this.#closed;
  }

  #handOver(): void {
    while (!this.#isFull && this.#closed === undefined) {
      const lines = this.#pending.take();
      if (lines === undefined) return;
      if (typeof lines === 'string') this.#hand(lines);
      else this.#handTogether(lines);
    }
  }

  /** In one system call, without being copied together before. */
  #handTogether(pieces: readonly Uint8Array[]): void {
    this.#output.cork();
    for (const piece of pieces) this.#hand(piece);
    this.#output.uncork();
  }

  #hand(piece: string | Uint8Array): void {
    this.#inFlight += 1;
    this.#isFull = !this.#output.write(piece, () => {
      this.#inFlight -= 1;
      this.#wake();
    });
  }

  #schedule(): void {
    if (this.#isScheduled || this.#isFull) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#handOver();
    });
  }

  #close(error: OutputClosedError): void {
    if (this.#closed !== undefined) return;
    this.#closed = error;
    this.#pending.clear();
    this.#wake();
    this.#onClosed?.(error);
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
