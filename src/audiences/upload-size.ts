import type { BatchLimits } from './batch.ts';

/** Successes in a row after which larger requests are tried again. */
const SUCCESSES_TO_GROW = 8;
const MIN_BYTES = 1_024;

/**
 * How large the requests to one audience may be. Meta documents 10,000 rows and no bytes, and refuses less when it is busy: each refusal halves what is
 * sent, and successes double it again up to the setting.
 */
export class UploadSize {
  readonly #ceiling: BatchLimits;
  #current: BatchLimits;
  #successes = 0;

  constructor(ceiling: BatchLimits) {
    this.#ceiling = ceiling;
    this.#current = ceiling;
  }

  get current(): BatchLimits {
    return this.#current;
  }

  noteSuccess(): void {
    this.#successes += 1;
    if (this.#successes < SUCCESSES_TO_GROW) return;
    this.#successes = 0;
    const { rows, bytes } = this.#current;
    this.#current = { rows: Math.min(this.#ceiling.rows, rows * 2), bytes: Math.min(this.#ceiling.bytes, bytes * 2) };
  }

  /** A request of so many rows and bytes was too large. */
  noteRefusal(refused: BatchLimits): void {
    this.#successes = 0;
    this.#current = {
      rows: Math.max(1, Math.min(this.#current.rows, Math.floor(refused.rows / 2))),
      bytes: Math.max(MIN_BYTES, Math.min(this.#current.bytes, Math.floor(refused.bytes / 2))),
    };
  }
}
