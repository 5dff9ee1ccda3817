import type { Clock } from '../../src/runtime.ts';

interface Timer {
  readonly at: number;
  readonly fire: () => void;
}

/** How many quiet milliseconds of real time it takes to believe that everything waits for the clock. */
const QUIET_TURNS = 3;

/**
 * A clock that stands still until told otherwise. With `auto`, it jumps to the next timer whenever nothing else is going on:
 * no tracked work in flight (`track`) and no timer added or fired for a few turns of the event loop.
 */
export class FakeClock implements Clock {
  #now: number;
  #timers: Timer[] = [];
  #inFlight = 0;
  #activity = 0;
  readonly #auto: boolean;
  readonly #quietTurns: number;
  #watching = false;

  /** `quietTurns` where much goes on that is not tracked. */
  constructor(options: { readonly startMs?: number; readonly auto?: boolean; readonly quietTurns?: number } = {}) {
    this.#now = options.startMs ?? Date.UTC(2026, 10, 21, 12);
    this.#auto = options.auto ?? false;
    this.#quietTurns = options.quietTurns ?? QUIET_TURNS;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const onAbort = () => {
        this.#timers = this.#timers.filter((other) => other !== timer);
        this.#activity += 1;
        reject(signal?.reason);
      };
      const timer: Timer = {
        at: this.#now + Math.max(0, ms),
        fire: () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#timers.push(timer);
      this.#activity += 1;
      if (this.#auto) void this.#watch();
    });
  }

  /** Moves the time on and fires what is due, in order of time, letting each fired timer's consequences happen first. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    for (;;) {
      const next = this.#next();
      if (next === undefined || next.at > until) break;
      this.#fire(next);
      await turn();
    }
    this.#now = until;
    await turn();
  }

  /** Keeps an automatic clock still while `work` is under way. */
  async track<T>(work: () => Promise<T>): Promise<T> {
    this.#inFlight += 1;
    try {
      return await work();
    } finally {
      this.#inFlight -= 1;
      this.#activity += 1;
    }
  }

  get pendingTimers(): number {
    return this.#timers.length;
  }

  #next(): Timer | undefined {
    return this.#timers.reduce<Timer | undefined>(
      (first, timer) => (first === undefined || timer.at < first.at ? timer : first),
      undefined,
    );
  }

  #fire(timer: Timer): void {
    this.#timers = this.#timers.filter((other) => other !== timer);
    this.#now = Math.max(this.#now, timer.at);
    this.#activity += 1;
    timer.fire();
  }

  async #watch(): Promise<void> {
    if (this.#watching) return;
    this.#watching = true;
    let quiet = 0;
    while (this.#timers.length > 0) {
      const before = this.#activity;
      await turn();
      quiet = this.#inFlight === 0 && before === this.#activity ? quiet + 1 : 0;
      const next = this.#next();
      if (quiet < this.#quietTurns || next === undefined) continue;
      quiet = 0;
      this.#fire(next);
    }
    this.#watching = false;
  }
}

/** One turn of the real event loop, timers included; long enough for a limiter's own zero timer. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}
