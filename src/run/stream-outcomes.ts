import type { StreamDescriptor } from '../protocol/messages.ts';
import type { RunContext } from './run-context.ts';
import { type StreamFailures, summariseFailures } from './summarise-failures.ts';

/** Which streams have failed. Each failure is told when it comes; a stream's second one is only a consequence. */
export class StreamOutcomes {
  readonly #streams: readonly { readonly descriptor: StreamDescriptor }[];
  readonly #context: RunContext;
  readonly #failures = new Map<number, unknown>();

  constructor(streams: readonly { readonly descriptor: StreamDescriptor }[], context: RunContext) {
    this.#streams = streams;
    this.#context = context;
  }

  hasFailed(index: number): boolean {
    return this.#failures.has(index);
  }

  /** There is nothing left to be done. */
  get haveAllFailed(): boolean {
    return this.#streams.length > 0 && this.#failures.size === this.#streams.length;
  }

  fail(index: number, error: unknown): void {
    if (this.#failures.has(index)) return;
    this.#failures.set(index, error);
    // What breaks while the run is being stopped is no error of anybody's.
    if (!this.#context.runtime.signal.aborted) this.#context.messages.writeError(error, this.#streams[index]?.descriptor);
  }

  /** An exit code of 0 would let a platform believe that all is written. */
  throwIfIncomplete(): void {
    const failed = this.#streams.flatMap(({ descriptor }, index): StreamFailures[] =>
      this.#failures.has(index) ? [{ descriptor, failures: [this.#failures.get(index)] }] : [],
    );
    if (failed.length > 0) throw summariseFailures(failed, this.#streams.length);
  }
}
