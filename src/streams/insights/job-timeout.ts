const MINUTE_MS = 60_000;
/** Meta's own retries within one report can take minutes; giving up earlier only makes more reports. */
const SHORTEST_MINUTES = 10;

export function toJobTimeoutMs(minutes: number): number {
  return Math.max(SHORTEST_MINUTES, minutes) * MINUTE_MS;
}
