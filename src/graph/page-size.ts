/** How many successes in a row it takes before a larger page is tried. */
const SUCCESSES_TO_GROW = 3;
/** A page larger than this is made smaller: memory is bounded by pages in flight, and Meta refuses ever more of such pages. */
const TOO_LARGE_PAGE_BYTES = 4 * 1024 * 1024;
/** A page larger than this is not made larger: twice as much would be too much. */
const LARGE_PAGE_BYTES = TOO_LARGE_PAGE_BYTES / 2;

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
  /** Shared with forks: the smallest page that failed, and the largest that came well after it. */
  readonly #failure: { at: number; proven: number };
  #current: number;
  #successes = 0;

  constructor(options: PageSizeOptions, failure = { at: Number.POSITIVE_INFINITY, proven: 0 }) {
    const { initial, ceiling } = options;
    this.#options = { initial, ceiling: Math.max(initial, ceiling) };
    this.#failure = failure;
    this.#current = initial < failure.at ? initial : Math.max(1, failure.proven, Math.floor(failure.at / 2));
  }

  /** One for another walk of the same kind: it begins anew, but knows of what has failed in this one or in other forks of it. */
  fork(): PageSize {
    return new PageSize(this.#options, this.#failure);
  }

  get current(): number {
    return this.#current;
  }

  /** Halves the page. False when it holds a single object already. */
  shrink(): boolean {
    this.#successes = 0;
    if (this.#current === 1) return false;
    this.#failure.at = this.#current;
    this.#failure.proven = 0;
    this.#current = Math.max(1, Math.floor(this.#current / 2));
    return true;
  }

  /** The one object that was too much has been read by its parts: the pages after it may double again. */
  recover(): void {
    this.#failure.at = Number.POSITIVE_INFINITY;
  }

  /** A field was to blame for every failure and is given up: back to where the walk began. */
  reset(): void {
    this.recover();
    this.#current = this.#options.initial;
    this.#successes = 0;
  }

  /** A full page came well. Walks side by side share a size: the page may have been asked for when it was another one. */
  succeed({ bytes, objects }: { readonly bytes: number; readonly objects: number }): void {
    if (objects < this.#current) return;
    this.#failure.proven = Math.min(this.#options.initial, Math.max(this.#failure.proven, objects));
    if (objects >= this.#failure.at) this.#failure.at = Number.POSITIVE_INFINITY;
    if (bytes > TOO_LARGE_PAGE_BYTES) {
      this.#successes = 0;
      this.#current = Math.max(1, Math.min(this.#current, Math.floor((objects * TOO_LARGE_PAGE_BYTES) / bytes)));
      return;
    }
    if (objects > this.#current) return;
    this.#successes = bytes > LARGE_PAGE_BYTES ? 0 : this.#successes + 1;
    if (this.#successes < SUCCESSES_TO_GROW) return;
    this.#successes = 0;
    const doubled = this.#current * 2;
    const next = doubled < this.#failure.at ? doubled : this.#current + Math.ceil(this.#current / 10);
    this.#current = Math.min(this.#options.ceiling, next);
  }
}
