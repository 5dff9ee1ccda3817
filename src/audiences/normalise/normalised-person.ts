import type { ColumnRole, Hashing, MatchKey } from '../keys/match-key.ts';
import type { RejectCode } from '../rejects/reject.ts';
import type { BlankReason } from './normal-form.ts';

export interface ColumnPlan {
  readonly column: string;
  readonly role: ColumnRole;
  readonly hashing: Hashing;
}

/** A record's columns, as parsed from JSON. */
export type RecordData = Readonly<Record<string, unknown>>;

export interface BlankedCell {
  readonly key: MatchKey;
  readonly reason: BlankReason;
}

export interface RowReject {
  readonly code: RejectCode;
  /** For people; holds no value of the row. */
  readonly message: string;
  /** The column at fault. */
  readonly field?: string;
}

/** One record as a row of an upload. */
export interface NormalisedPerson {
  /** One for each key; '' for unknown. Hashed keys: 64 lower-case hex digits. LOOKALIKE_VALUE: a number. */
  readonly cells: readonly (string | number)[];
  /** Cells that had a value which could not be used; absent where there is none. */
  readonly blanked?: readonly BlankedCell[];
  /** Set where the row as a whole can not be used. */
  readonly reject?: RowReject;
  /** The US state in lower case, where an unhashed ST tells it: Limited Data Use holds for California alone. */
  readonly usState?: string;
}
