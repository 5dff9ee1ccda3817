import type { GraphFailure } from './graph-error.ts';

/** How a failed call is sent again. All times in milliseconds. */
export interface RetryPolicy {
  /** Requests in all, the first included. */
  readonly tries: number;
  /** The first wait's bound; it doubles with each try. */
  readonly baseMs: number;
  readonly capMs: number;
  /** The least part of the bound that is waited: 0 spreads calls best, 1 is no jitter at all. */
  readonly floor: number;
  /** From the first failure on; no wait goes beyond it. */
  readonly budgetMs: number;
}

export type RetryPolicyName = 'none' | 'once' | 'brief' | 'part' | 'transient' | 'throttled';
export type Patience = 'wait' | 'give_up';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/**
 * Bounds of the waits: once 1 s; brief 2, 4 s; part (of a batch: unanswered, or failed in passing) 1, 2, 4, 8, 16 s; transient 1, 2, 4, 8, 16, 32, 60 s; throttled 30 s, 1, 2, 4, 8, 10, 10… min.
 * A hint from Meta takes the place of the bound.
 */
export const RETRY_POLICIES: Readonly<Record<RetryPolicyName, RetryPolicy>> = {
  none: { tries: 1, baseMs: 0, capMs: 0, floor: 0, budgetMs: 0 },
  once: { tries: 2, baseMs: SECOND, capMs: SECOND, floor: 0, budgetMs: MINUTE },
  brief: { tries: 3, baseMs: 2 * SECOND, capMs: 10 * SECOND, floor: 0.5, budgetMs: MINUTE },
  part: { tries: 6, baseMs: SECOND, capMs: MINUTE, floor: 0.5, budgetMs: 15 * MINUTE },
  transient: { tries: 8, baseMs: SECOND, capMs: MINUTE, floor: 0, budgetMs: 15 * MINUTE },
  throttled: { tries: Number.POSITIVE_INFINITY, baseMs: 30 * SECOND, capMs: 10 * MINUTE, floor: 0.5, budgetMs: 120 * MINUTE },
};

/** For those who want to know soon (`check`): limits are not waited out, hiccups get a second or two. */
const HASTY_POLICIES: Readonly<Record<RetryPolicyName, RetryPolicy>> = {
  none: RETRY_POLICIES.none,
  once: RETRY_POLICIES.once,
  brief: { tries: 2, baseMs: SECOND, capMs: SECOND, floor: 0, budgetMs: 10 * SECOND },
  part: { tries: 3, baseMs: SECOND, capMs: 2 * SECOND, floor: 0, budgetMs: 10 * SECOND },
  transient: { tries: 3, baseMs: SECOND, capMs: 2 * SECOND, floor: 0, budgetMs: 10 * SECOND },
  throttled: RETRY_POLICIES.none,
};

/** What a failure gets where its row in the error table names nothing else. Too much data is the caller's to shrink. */
const POLICY_OF_FAILURE: Readonly<Record<GraphFailure, RetryPolicyName>> = {
  throttled: 'throttled',
  transient: 'transient',
  too_much_data: 'none',
  expired_token: 'none',
  forbidden: 'none',
  missing: 'none',
  invalid: 'none',
};

export function selectPolicyName(failure: GraphFailure, named: RetryPolicyName | undefined): RetryPolicyName {
  return named ?? POLICY_OF_FAILURE[failure];
}

export function findPolicy(name: RetryPolicyName, patience: Patience): RetryPolicy {
  return (patience === 'wait' ? RETRY_POLICIES : HASTY_POLICIES)[name];
}

/** The wait before try `tries + 1`, from `tries` failures, a number in [0, 1) and what Meta said. Jitter is added to a hint, never taken off. */
export function computeWaitMs(
  policy: RetryPolicy,
  failure: { tries: number; random: number; hintMs?: number | undefined },
): number {
  const boundMs = Math.min(policy.capMs, policy.baseMs * 2 ** (failure.tries - 1));
  const waitMs = boundMs * (policy.floor + (1 - policy.floor) * failure.random);
  return failure.hintMs === undefined ? waitMs : failure.hintMs + Math.min(waitMs, failure.hintMs / 10 + SECOND);
}
