/** How a usage header departs from the truth. What is absent is told as it is. */
interface UsageLie {
  readonly percent?: number | string;
  /** Minutes. */
  readonly regainMinutes?: number | string;
  /** In place of the header's JSON. */
  readonly text?: string;
}

/** Ways in which usage headers are wrong: they are known to strike at 0.01 %, to stand at 100 % while calls pass, and to go beyond 100 %. */
export const usageLies = {
  honest: {},
  lying: { percent: 0.01 },
  full: { percent: 100, regainMinutes: 0 },
  beyond: { percent: 118, regainMinutes: 0 },
  full_and_blocked: { percent: 100, regainMinutes: 60 },
  negative: { percent: -5, regainMinutes: -60 },
  words: { percent: 'much', regainMinutes: 'soon' },
  short_waits: { regainMinutes: 1 },
  long_waits: { regainMinutes: 6_000 },
  broken: { text: '{"call_count":9' },
} as const satisfies Readonly<Record<string, UsageLie>>;

/** `missing`: there are none. */
export type UsageHeaders = keyof typeof usageLies | 'missing';

/** The lie told by these headers. */
export function findLie(headers: Exclude<UsageHeaders, 'missing'>): UsageLie {
  return usageLies[headers];
}
