import type { Clock, FetchHeaders } from '../runtime.ts';

/** How far Meta's clock is from ours, by the `Date` of its answers. What is kept in state as a moment must not lie ahead of Meta's times. */
export class ServerClock {
  readonly #clock: Pick<Clock, 'now'>;
  #behindMs = 0;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** Takes in an answer. Its `Date` has whole seconds, and the answer has travelled: what is left of the difference is our clock's. */
  note(headers: Pick<FetchHeaders, 'get'>): void {
    const serverMs = Date.parse(headers.get('date') ?? '');
    if (!Number.isNaN(serverMs)) this.#behindMs = Math.max(0, this.#clock.now() - serverMs);
  }

  /** One of our moments as Meta's clock had it, where ours is ahead; as it is otherwise. Epoch milliseconds. */
  toServerMs(ourMs: number): number {
    return ourMs - this.#behindMs;
  }
}
