import type { Semaphore } from '../flow/semaphore.ts';
import type { PageSlot } from './send.ts';

/** One page's place among the pages in flight. Dispose of it when the page has been taken, or given up. */
export class SemaphoreSlot implements PageSlot, Disposable {
  readonly #semaphore: Semaphore;
  #place: Disposable | undefined;

  constructor(semaphore: Semaphore) {
    this.#semaphore = semaphore;
  }

  async acquire(signal: AbortSignal): Promise<void> {
    this.#place ??= await this.#semaphore.acquire(signal);
  }

  release(): void {
    this.#place?.[Symbol.dispose]();
    this.#place = undefined;
  }

  [Symbol.dispose](): void {
    this.release();
  }
}
