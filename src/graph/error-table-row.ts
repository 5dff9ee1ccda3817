import type { GraphFailure, Remedy } from './graph-error.ts';
import type { RetryPolicyName } from './retry-policy.ts';

/** One kind of failure: by what it is known, and what it means. */
export interface ErrorRow {
  /** Meta's `code`; with `codeTo`, the first of a range. */
  readonly code?: number;
  readonly codeTo?: number;
  /** Meta's `error_subcode`. Without a code, the row holds for every code. */
  readonly subcode?: number;
  /** HTTP status, for answers without a code that tells; with `statusTo`, the first of a range. */
  readonly status?: number;
  readonly statusTo?: number;
  readonly failure: GraphFailure;
  readonly remedy?: Remedy;
  /** The whole app is concerned, not one account. */
  readonly appWide?: boolean;
  /** Meta gives it for an account without rights too: of a call for an account it does not tell that the token is at fault. */
  readonly mayBeAccount?: boolean;
  /** For the user: what is wrong, what to do. */
  readonly advice: string;
  /** Where it is not the failure's own. */
  readonly policy?: RetryPolicyName;
}
