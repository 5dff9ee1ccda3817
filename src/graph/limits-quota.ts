const MINUTE_MS = 60_000;
/** Meta counts calls over a rolling hour. https://developers.facebook.com/docs/graph-api/overview/rate-limiting */
const ROLLING_MS = 60 * MINUTE_MS;
const MAX_HINT_MS = 60 * MINUTE_MS;
const FIRST_HOLD_MS = 30_000;
const MAX_HOLD_MS = 5 * MINUTE_MS;
/** From this use on, calls are spread; at 100 % they are `MAX_GAP_MS` apart. */
const PACED_FROM_PERCENT = 75;
const MAX_GAP_MS = 5_000;
const MAX_PACE_MS = MINUTE_MS;
/** So often in a row a call passes though the headers before and with its answer say that none does. */
const MAX_CONTRADICTIONS = 2;

/** Why a quota lets no call through: until a time, or until the one call that tries it has ended. */
export type Hold =
  | { readonly type: 'blocked'; readonly untilMs: number }
  | { readonly type: 'probing'; readonly done: Promise<void> };

/**
 * One quota of Meta's (an app's, an account's, a use case's of an account), as far as it is known. It is open, or blocked until a time; after that it is
 * half open: one call goes first, and its success opens the quota again. Times are epoch milliseconds and given by the caller.
 */
export class Quota {
  #percent = 0;
  #readAtMs = 0;
  #isOpen = true;
  #blockedUntilMs = 0;
  #blocks = 0;
  #contradictions = 0;
  #nextSlotMs = 0;
  #probe: PromiseWithResolvers<void> | undefined;

  noteUsage(percent: number, nowMs: number): void {
    this.#percent = percent;
    this.#readAtMs = nowMs;
  }

  /** The last reading, less what has left the rolling hour since: without a call there is no new one. */
  percentAt(nowMs: number): number {
    const remaining = 1 - (nowMs - this.#readAtMs) / ROLLING_MS;
    return this.#percent * Math.min(1, Math.max(0, remaining));
  }

  /** Undefined while the quota is open or only to be tried. */
  blockedUntilMs(nowMs: number): number | undefined {
    return this.#isOpen || this.#blockedUntilMs <= nowMs ? undefined : this.#blockedUntilMs;
  }

  /** A header of an answer that passed says that no other call will for `regainMs`. */
  blockByHeader(nowMs: number, regainMs: number): void {
    if (this.#contradictions < MAX_CONTRADICTIONS) this.#shut(nowMs, regainMs);
  }

  /** An error has come. Shuts the quota: for the hint, an hour at most, or else for 30 s, doubling with each time in a row up to 5 min. */
  block(nowMs: number, hintMs?: number): void {
    this.#contradictions = 0;
    this.#shut(nowMs, hintMs);
  }

  #shut(nowMs: number, hintMs?: number): void {
    const isBlocked = this.blockedUntilMs(nowMs) !== undefined;
    // Calls that were under way when the quota shut fail one after another: they are not new blocks.
    if (isBlocked && hintMs === undefined) return;
    if (!isBlocked) this.#blocks += 1;
    const holdMs =
      hintMs === undefined ? Math.min(MAX_HOLD_MS, FIRST_HOLD_MS * 2 ** (this.#blocks - 1)) : Math.min(MAX_HINT_MS, hintMs);
    this.#isOpen = false;
    this.#blockedUntilMs = Math.max(this.#blockedUntilMs, nowMs + holdMs);
  }

  findHold(nowMs: number): Hold | undefined {
    if (this.#isOpen) return undefined;
    if (this.#blockedUntilMs > nowMs) return { type: 'blocked', untilMs: this.#blockedUntilMs };
    return this.#probe === undefined ? undefined : { type: 'probing', done: this.#probe.promise };
  }

  /** Called where `findHold` found nothing; true makes the call the one that tries the quota, to be followed by `endProbe`. */
  startProbe(): boolean {
    if (this.#isOpen) return false;
    this.#probe = Promise.withResolvers();
    return true;
  }

  /**
   * A success opens the quota, unless its own answer has blocked it anew; anything else leaves it to the next call. Headers that say so time after time,
   * while the call that tries the quota passes, are not believed until an error comes: they are known to stand still.
   */
  endProbe(nowMs: number, isSuccess: boolean): void {
    const isContradicted = isSuccess && this.#blockedUntilMs > nowMs;
    if (isContradicted) this.#contradictions += 1;
    if (isSuccess && (!isContradicted || this.#contradictions >= MAX_CONTRADICTIONS)) {
      this.#blockedUntilMs = Math.min(this.#blockedUntilMs, nowMs);
      this.#isOpen = true;
      this.#blocks = 0;
    }
    this.#probe?.resolve();
    this.#probe = undefined;
  }

  /** Takes the next place in a row of calls whose distance grows with the use; returns how long to wait for it. */
  reserveSlot(nowMs: number): number {
    const excess = (this.percentAt(nowMs) - PACED_FROM_PERCENT) / (100 - PACED_FROM_PERCENT);
    const gapMs = MAX_GAP_MS * Math.min(1, Math.max(0, excess)) ** 2;
    const slotMs = gapMs === 0 ? nowMs : Math.min(Math.max(nowMs, this.#nextSlotMs), nowMs + MAX_PACE_MS);
    this.#nextSlotMs = slotMs + gapMs;
    return slotMs - nowMs;
  }
}
