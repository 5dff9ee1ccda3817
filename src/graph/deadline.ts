import type { Runtime } from '../runtime.ts';
import { GraphError } from './graph-error.ts';

/** Milliseconds. The real `fetch` gives up a direct connection after 10 s by itself. */
export interface DeadlineLimits {
  /** Until the answer's headers are there. */
  readonly headersMs: number;
  /** Between two chunks of the body. */
  readonly idleMs: number;
  /** From the call's beginning to the body's end. */
  readonly totalMs: number;
}

export const DEFAULT_DEADLINES: DeadlineLimits = { headersMs: 180_000, idleMs: 60_000, totalMs: 900_000 };

/** A reason of one's own: the default is an error made anew each time, with its stack. */
const DONE = new Error('done');

/**
 * Ends one call in time. `signal` aborts with a transient `GraphError` when a deadline passes, and with the runtime's own reason when the
 * process is asked to stop. Dispose of it when the call has ended.
 */
export class Deadline implements Disposable {
  readonly #runtime: Pick<Runtime, 'clock' | 'signal'>;
  readonly #limits: DeadlineLimits;
  readonly #controller = new AbortController();
  readonly #waiting = new Set<(reason: unknown) => void>();
  readonly #totalDueMs: number;
  #watch = new AbortController();
  #touchedAtMs: number;

  constructor(runtime: Pick<Runtime, 'clock' | 'signal'>, limits: DeadlineLimits) {
    this.#runtime = runtime;
    this.#limits = limits;
    const startedAtMs = runtime.clock.now();
    this.#touchedAtMs = startedAtMs;
    this.#totalDueMs = startedAtMs + limits.totalMs;
    if (runtime.signal.aborted) this.#stop();
    else runtime.signal.addEventListener('abort', this.#stop, { once: true });
    void this.#watchFor(limits.headersMs, 'Meta did not answer');
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The headers are there: from now on it is the pause between chunks that counts. */
  startBody(): void {
    this.#watch.abort(DONE);
    this.#watch = new AbortController();
    this.touch();
    void this.#watchFor(this.#limits.idleMs, "Meta's answer stood still");
  }

  /** A chunk has come. */
  touch(): void {
    this.#touchedAtMs = this.#runtime.clock.now();
  }

  /** Settles as `work` does, or rejects with the signal's reason: even work that does not heed the signal can not hold the call. */
  race<T>(work: Promise<T>): Promise<T> {
    // Not `Promise.race` with one promise of the whole call: it would hold every chunk raced against it for as long as it lives.
    return new Promise((resolve, reject) => {
      if (this.signal.aborted) reject(this.signal.reason);
      this.#waiting.add(reject);
      work.then(resolve, reject).finally(() => this.#waiting.delete(reject));
    });
  }

  [Symbol.dispose](): void {
    this.#watch.abort(DONE);
    this.#runtime.signal.removeEventListener('abort', this.#stop);
  }

  readonly #stop = (): void => {
    this.#abort(this.#runtime.signal.reason);
  };

  #abort(reason: unknown): void {
    this.#controller.abort(reason);
    for (const reject of this.#waiting) reject(reason);
  }

  /** One timer at a time, however many chunks come: it looks when it fires whether the deadline has moved. */
  async #watchFor(pauseMs: number, what: string): Promise<void> {
    const { clock } = this.#runtime;
    const { signal } = this.#watch;
    while (!signal.aborted) {
      const dueMs = Math.min(this.#touchedAtMs + pauseMs, this.#totalDueMs);
      const waitMs = dueMs - clock.now();
      if (waitMs <= 0) {
        const lateMs = dueMs === this.#totalDueMs ? this.#limits.totalMs : pauseMs;
        this.#abort(new GraphError(`${what} within ${lateMs / 1_000} s`, { failure: 'transient' }));
        return;
      }
      try {
        await clock.sleep(waitMs, signal);
      } catch {
        return;
      }
    }
  }
}
