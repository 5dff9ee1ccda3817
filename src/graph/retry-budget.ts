import type { Runtime } from '../runtime.ts';
import { computeWaitMs, findPolicy, type Patience, type RetryPolicyName } from './retry-policy.ts';

/** Meta's longer hints are tried after an hour: they are estimates. */
const MAX_HINT_MS = 60 * 60_000;
/** A hint that was wrong so often no longer shortens the policy's own waits. */
const TRUSTED_HINTS = 10;

/**
 * What is left of the retry policies for one call, or one part of a batch. Each policy has its own count and its own time, so that a hiccup during a
 * limit costs the limit nothing.
 */
export class RetryBudget {
  readonly #runtime: Pick<Runtime, 'clock' | 'random'>;
  readonly #patience: Patience;
  readonly #counts = new Map<RetryPolicyName, Count>();

  constructor(runtime: Pick<Runtime, 'clock' | 'random'>, patience: Patience) {
    this.#runtime = runtime;
    this.#patience = patience;
  }

  /** Counts a failure. The wait before the next try in milliseconds, or undefined where there is none. */
  planWaitMs(name: RetryPolicyName, retryAfterMs: number | undefined): number | undefined {
    const { clock, random } = this.#runtime;
    const policy = findPolicy(name, this.#patience);
    const count = this.#counts.get(name) ?? { tries: 0, sinceMs: clock.now(), otherWaitsMs: 0 };
    count.tries += 1;
    this.#counts.set(name, count);
    if (count.tries >= policy.tries) return undefined;
    const hintMs = retryAfterMs === undefined ? undefined : Math.min(MAX_HINT_MS, retryAfterMs);
    const { tries } = count;
    const jitter = random();
    const hintedMs = computeWaitMs(policy, { tries, random: jitter, hintMs });
    const isTrusted = hintMs === undefined || tries <= TRUSTED_HINTS;
    const waitMs = isTrusted
      ? hintedMs
      : Math.max(hintedMs, computeWaitMs(policy, { tries: tries - TRUSTED_HINTS, random: jitter }));
    if (clock.now() + waitMs - count.sinceMs - count.otherWaitsMs > policy.budgetMs) return undefined;
    for (const other of this.#counts.values()) if (other !== count) other.otherWaitsMs += waitMs;
    return waitMs;
  }
}

interface Count {
  tries: number;
  readonly sinceMs: number;
  /** What was waited since then for failures of other policies. */
  otherWaitsMs: number;
}
