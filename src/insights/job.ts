import type { GraphErrorDetails, GraphFailure } from '../graph/graph-error.ts';

/** Why a report failed; a `GraphError` is one. */
export type JobError = Pick<GraphErrorDetails, 'failure' | 'code' | 'subcode'>;

/** How one attempt at a slice's report ended. */
export type JobOutcome =
  | { readonly type: 'completed' }
  /** The run failed; the error is absent where Meta told none. */
  | { readonly type: 'failed'; readonly error?: JobError }
  /** The run expired before it was done. */
  | { readonly type: 'skipped' }
  /** Not done within the job timeout. No API cancels a run: it is left behind. */
  | { readonly type: 'timed_out' }
  /** A limit let nobody ask about it, long beyond the job timeout. */
  | { readonly type: 'hidden'; readonly error: JobError }
  /** Done, but its rows can not be read, nor after some waiting. */
  | { readonly type: 'unreadable' }
  /** Meta did not make the run. */
  | { readonly type: 'refused'; readonly error: JobError };

export type JobDecision =
  | 'done'
  /** The same slice once more, as a new report. */
  | 'retry'
  /** Less at a time, by `planSplit`. */
  | 'split'
  /** Neither helps. */
  | 'fail';

type Kind = 'too_much' | 'hopeless' | 'passing' | 'throttled' | 'skipped' | 'unreadable';

/** How many new reports each kind of ending is worth. */
const RETRIES: Readonly<Record<Kind, number>> = {
  too_much: 0,
  hopeless: 0,
  passing: 1,
  throttled: 10,
  skipped: 3,
  unreadable: 2,
};

/** What to do after an attempt; `history` has the outcomes of the attempts before it, of the same slice. Each kind of ending has its own, bounded, retries. */
export function decideNext(history: readonly JobOutcome[], outcome: JobOutcome): JobDecision {
  if (outcome.type === 'completed') return 'done';
  const kind = kindOf(outcome);
  if (kind === 'hopeless') return 'fail';
  const before = history.filter((earlier) => earlier.type !== 'completed' && kindOf(earlier) === kind).length;
  if (before < RETRIES[kind]) return 'retry';
  // Smaller reports are more reports: no way out of a limit on their number.
  return kind === 'throttled' ? 'fail' : 'split';
}

function kindOf(outcome: Exclude<JobOutcome, { type: 'completed' }>): Kind {
  switch (outcome.type) {
    case 'skipped':
    case 'unreadable':
      return outcome.type;
    case 'timed_out':
      return 'passing';
    // Another one would be hidden by the same limit.
    case 'hidden':
      return 'hopeless';
    case 'failed':
    case 'refused':
      return kindOfFailure(outcome.error?.failure);
  }
}

function kindOfFailure(failure: GraphFailure | undefined): Kind {
  switch (failure) {
    case 'too_much_data':
      return 'too_much';
    case 'throttled':
      return 'throttled';
    case 'transient':
    case undefined:
      return 'passing';
    case 'invalid':
    case 'forbidden':
    case 'expired_token':
    case 'missing':
      return 'hopeless';
  }
}
