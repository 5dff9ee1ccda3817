const SHORTEST_MS = 1_000;
const LONGEST_MS = 30_000;
/** A report is seen as done at most this part of its age too late. */
const AGE_SHARE = 1 / 5;
/** Where progress tells how long it will take, it is looked at this often until then. */
const LOOKS_BEFORE_END = 4;
/** From this use of the account's calls on, polls become rarer, for they are calls as well; they are rarest where a quarter of all is used. */
const SPARED_FROM_PERCENT = 5;
const SPARED_MOST_PERCENT = 25;

export interface JobProgress {
  /** Since the run was made. */
  readonly ageMs: number;
  /** 0 to 100. */
  readonly percent: number;
  readonly sincePercentChangedMs: number;
  /** How much of the account's calls is used. */
  readonly usedPercent: number;
}

/**
 * How long to wait before a run is polled again, 1 s to 30 s: longer for the old, shorter for those whose progress says that they will soon be done, as
 * long as they keep moving. Where calls are scarce, each costs more than the time it saves.
 */
export function nextPollDelayMs({ ageMs, percent, sincePercentChangedMs, usedPercent }: JobProgress): number {
  const byAgeMs = ageMs * AGE_SHARE;
  const byUseMs = (LONGEST_MS * (usedPercent - SPARED_FROM_PERCENT)) / (SPARED_MOST_PERCENT - SPARED_FROM_PERCENT);
  if (percent <= 0) return clamp(Math.max(byAgeMs, byUseMs));
  const remainingMs = (ageMs * Math.max(0, 100 - percent)) / percent;
  const byProgressMs = Math.min(byAgeMs, Math.max(remainingMs / LOOKS_BEFORE_END, sincePercentChangedMs * AGE_SHARE));
  return clamp(Math.max(byProgressMs, byUseMs));
}

function clamp(delayMs: number): number {
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, Math.round(delayMs)));
}
