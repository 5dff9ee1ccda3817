import type { GraphError } from '../graph/graph-error.ts';
import type { JobOutcome } from './job.ts';

/** How an attempt at a report that gave no rows ended, with Meta's reason where there is one. */
export type FailedOutcome = Exclude<JobOutcome, { type: 'completed' }> & { readonly error?: GraphError };
export type ReportOutcome = { readonly type: 'completed'; readonly runId: string } | FailedOutcome;
