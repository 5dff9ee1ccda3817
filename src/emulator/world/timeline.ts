const HOUR_MS = 3_600_000;

/** When things happened in a world: between `startMs - historyMs` and `startMs`. */
export class Timeline {
  readonly startMs: number;
  readonly historyMs: number;

  constructor(startMs: number, historyDays: number) {
    this.startMs = Math.floor(startMs / 1000) * 1000;
    this.historyMs = historyDays * 24 * HOUR_MS;
  }

  /** Creation of the object `index` of `count`, spread evenly: a higher index is never older. */
  createdInOrder(index: number, count: number): number {
    return this.#second(this.startMs - this.historyMs + (this.historyMs * (index + 1)) / (count + 1));
  }

  /** Any moment of the history. `dice` is a 32-bit number. */
  anyMoment(dice: number): number {
    return this.#second(this.startMs - (this.historyMs * dice) / 2 ** 32);
  }

  /** A last update after `createdMs`. A quarter falls on full hours, so that several objects share one second, as bulk edits do. */
  updatedAfter(createdMs: number, dice: number): number {
    const share = (dice >>> 2) / 2 ** 30;
    const moment = createdMs + (this.startMs - createdMs) * share;
    const rounded = Math.ceil(moment / HOUR_MS) * HOUR_MS;
    return dice % 4 === 0 && rounded <= this.startMs ? rounded : this.#second(moment);
  }

  #second(ms: number): number {
    return Math.floor(ms / 1000) * 1000;
  }
}
