/** Epoch milliseconds of Meta's `2025-03-21T22:33:56-0700`, or of any ISO 8601 time with an offset; NaN for anything else. */
export function parseMetaTime(value: unknown): number {
  return typeof value === 'string' ? Date.parse(value) : Number.NaN;
}

/** The later of two times as Meta writes them; what is no time loses. */
export function laterTime(a: string | undefined, b: unknown): string | undefined {
  const bMs = parseMetaTime(b);
  if (Number.isNaN(bMs)) return a;
  const aMs = parseMetaTime(a);
  return Number.isNaN(aMs) || bMs > aMs ? (b as string) : a;
}

/** As Meta writes times, in UTC. */
export function formatMetaTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}+0000`;
}

/** Whole Unix seconds, as Meta's filters and windows take them. */
export function toUnixSeconds(ms: number): number {
  return Math.floor(ms / 1000);
}
