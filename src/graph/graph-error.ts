/** What a failed call means for the caller. Classified once, in `error-table.ts`. */
export type GraphFailure = 'throttled' | 'transient' | 'too_much_data' | 'expired_token' | 'forbidden' | 'missing' | 'invalid';

/** What can be done about a failure beyond its class's retry policy. */
export type Remedy =
  /** The paging cursor died: walk again from the first page. */
  | 'restart_walk'
  /** One object or one field spoils the whole answer: read the objects one by one. */
  | 'isolate'
  /** The report is finished but not readable yet: poll again, then make a new report. */
  | 'reread_report'
  /** A person has to accept Meta's terms for custom audiences. */
  | 'accept_terms'
  /** The audience is busy: wait until its status is normal. */
  | 'await_audience'
  /** The audience was made a moment ago and is not known everywhere yet. */
  | 'await_creation'
  /** The replacement of an audience has ended or broken off: begin it anew. */
  | 'restart_replace'
  /** The rows themselves are refused, not the request. */
  | 'reject_rows'
  /** Meta suspects abuse: no further call for hours. */
  | 'stop';

export interface GraphErrorDetails {
  readonly failure: GraphFailure;
  readonly remedy?: Remedy;
  /** Meta's error code and subcode, where the answer had them. */
  readonly code?: number;
  readonly subcode?: number;
  /** HTTP status; absent when no answer came. */
  readonly status?: number;
  /** The code applies to the whole app, not to one account. */
  readonly appWide?: boolean;
  /**
   * Of `expired_token` alone: the credentials themselves are at fault, so every other call fails too. False for what Meta answers both to a dead token
   * and to an account the token has no rights on (190 without a telling subcode).
   */
  readonly isTokenCertain?: boolean;
  /** The API's own waiting hint. */
  readonly retryAfterMs?: number;
  readonly userTitle?: string;
  readonly userMessage?: string;
  readonly fbtraceId?: string;
  /** One sentence for the user: what is wrong and what to do. */
  readonly advice?: string;
  readonly cause?: unknown;
}

/** Every failure of a Graph call. `message` is Meta's own text; it never holds a token, because no URL or header goes into it. */
export class GraphError extends Error {
  override readonly name = 'GraphError';
  readonly details: GraphErrorDetails;

  constructor(message: string, details: GraphErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.details = details;
  }

  get failure(): GraphFailure {
    return this.details.failure;
  }

  /** `190/463`, `100`, `HTTP 502` or `no answer`: the shortest true name of the error. */
  get label(): string {
    const { code, subcode, status } = this.details;
    if (code !== undefined) return subcode === undefined ? `${code}` : `${code}/${subcode}`;
    return status === undefined ? 'no answer' : `HTTP ${status}`;
  }
}
