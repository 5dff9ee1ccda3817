/** How many successes in a row it takes before a larger page is tried. */
const SUCCESSES_TO_GROW = 3;
/** A page this large is not made larger: memory is bounded by pages in flight. */
const LARGE_PAGE_BYTES = 1024 * 1024;
/** A page this large is made smaller: parsed, it takes several times as much, and Meta refuses ever more of such pages. */
const TOO_LARGE_PAGE_BYTES = 4 * LARGE_PAGE_BYTES;

export interface PageSizeOptions {
  /** Objects a page to begin with. */
  readonly initial: number;
  /** The largest page ever asked for; at least `initial`. */
  readonly ceiling: number;
}

/**
 * The `limit` of a walk. It halves when Meta asks for less data, doubles while pages come easily, and creeps where a larger page failed before:
 * a quota counts calls, not rows, so pages should be as large as Meta can serve.
 */
export class PageSize {
  readonly #options: PageSizeOptions;
  #current: number;
  #failedAt = Number.POSITIVE_INFINITY;
  #successes = 0;

  constructor(options: PageSizeOptions) {
    this.#options = { initial: options.initial, ceiling: Math.max(options.initial, options.ceiling) };
    this.#current = options.initial;
  }

  get current(): number {
    return this.#current;
  }

  /** Halves the page. False when it holds a single object already. */
  shrink(): boolean {
    this.#successes = 0;
    if (this.#current === 1) return false;
    this.#failedAt = this.#current;
    this.#current = Math.max(1, Math.floor(this.#current / 2));
    return true;
  }

  /** The one object that was too much has been read by its parts: the pages after it may double again. */
  recover(): void {
    this.#failedAt = Number.POSITIVE_INFINITY;
  }

  /** A field was to blame for every failure and is given up: back to where the walk began. */
  reset(): void {
    this.recover();
    this.#current = this.#options.initial;
    this.#successes = 0;
  }

  /** A page of `bytes` came well and was full. */
  succeed(bytes: number): void {
    if (bytes > TOO_LARGE_PAGE_BYTES) {
      this.#successes = 0;
      this.#current = Math.max(1, Math.floor((this.#current * TOO_LARGE_PAGE_BYTES) / bytes));
      return;
    }
    this.#successes += 1;
    if (this.#successes < SUCCESSES_TO_GROW || bytes > LARGE_PAGE_BYTES) return;
    this.#successes = 0;
    const doubled = this.#current * 2;
    const next = doubled < this.#failedAt ? doubled : this.#current + Math.ceil(this.#current / 10);
    this.#current = Math.min(this.#options.ceiling, next);
  }
}
