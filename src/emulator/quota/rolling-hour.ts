const BUCKET_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Calls of the last hour, kept by the minute. */
export class RollingHour {
  readonly #buckets = new Map<number, number>();
  #total = 0;

  add(nowMs: number): void {
    this.#expire(nowMs);
    const bucket = Math.floor(nowMs / BUCKET_MS);
    this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + 1);
    this.#total += 1;
  }

  count(nowMs: number): number {
    this.#expire(nowMs);
    return this.#total;
  }

  clear(): void {
    this.#buckets.clear();
    this.#total = 0;
  }

  /** Milliseconds until no more than `calls` of those made so far are within the hour. */
  waitUntilBelow(calls: number, nowMs: number): number {
    this.#expire(nowMs);
    let rest = this.#total;
    for (const [bucket, count] of this.#buckets) {
      if (rest <= calls) break;
      rest -= count;
      if (rest <= calls) return (bucket + 1) * BUCKET_MS + HOUR_MS - nowMs;
    }
    return 0;
  }

  #expire(nowMs: number): void {
    for (const [bucket, count] of this.#buckets) {
      if ((bucket + 1) * BUCKET_MS + HOUR_MS > nowMs) break;
      this.#buckets.delete(bucket);
      this.#total -= count;
    }
  }
}
