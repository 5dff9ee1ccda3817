import type { LimitedUse } from './limited-use.ts';

/** One person in an audience. */
export interface Member {
  /** `EMAIL:<hash>`, `EXTERN_ID:42`, …, sorted. Who has none of the strong ones is known by a whole row: `CT:<hash>|FN:<hash>`. */
  readonly identifiers: readonly string[];
  /** `LOOKALIKE_VALUE` of the last row that added the person. */
  readonly value?: number;
  /** Of the last row that added the person. */
  readonly limitedUse?: LimitedUse;
}
