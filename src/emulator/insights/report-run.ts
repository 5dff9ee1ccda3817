import type { InsightsRequest } from './insights-request.ts';
import type { ReportFailure } from './report-failures.ts';

/** What becomes of a run; decided when it is created. */
export type ReportFate =
  | { readonly type: 'completes' }
  | { readonly type: 'stalls'; readonly percent: number }
  | { readonly type: 'is_skipped' }
  | { readonly type: 'fails'; readonly failure: ReportFailure };

/** One `AdReportRun`: a description of what is asked for, and no rows. */
export interface ReportRun {
  /** Digits; beyond 2^53. */
  readonly id: string;
  readonly slot: number;
  readonly request: InsightsRequest;
  /** Equal for equal requests. */
  readonly fingerprint: number;
  readonly fate: ReportFate;
  readonly createdMs: number;
  /** When the work is done, or has failed. */
  readonly finishedMs: number;
  /** The rows break off at `reportBreakPage`. */
  readonly breaks: boolean;
  /** Reads of the rows that have failed as not yet readable. */
  unreadableReads: number;
  /** Pages of rows that were given, of the last reading. */
  pagesGiven: number;
  /** When rows of it were given last; absent while there were none. */
  rowsGivenMs?: number;
  /** Somebody was told that it failed. */
  isFailureTold: boolean;
}
