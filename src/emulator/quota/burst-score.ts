const DECAY_MS = 300_000;

/** The score limiter beside the hourly quota: reads cost 1, writes 3, and a full score decays within 300 seconds. */
export class BurstScore {
  #score = 0;
  #atMs = 0;
  #blockedUntilMs = 0;

  /** Whether this call is refused. */
  add(cost: number, rule: { readonly limit: number; readonly blockMs: number; readonly nowMs: number }): boolean {
    const { limit, blockMs, nowMs } = rule;
    if (nowMs < this.#blockedUntilMs) return true;
    this.#score = Math.max(0, this.#score - ((nowMs - this.#atMs) * limit) / DECAY_MS) + cost;
    this.#atMs = nowMs;
    if (this.#score <= limit) return false;
    this.#blockedUntilMs = nowMs + blockMs;
    return true;
  }
}
