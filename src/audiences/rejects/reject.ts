import type { JsonObject, StreamDescriptor } from '../../protocol/messages.ts';

/** Why a row did not get into the audience, or out of it. */
export type RejectCode =
  /** Nothing in the row tells who the person is. */
  | 'no_identifier'
  /** The row's operation is neither an addition nor a removal. */
  | 'unknown_operation'
  /** The value of a value-based audience is missing, negative or no number. */
  | 'invalid_value'
  /** An identifier is a list or an object. */
  | 'not_scalar'
  /** A page-scoped or app-scoped id is not made of digits. */
  | 'invalid_id'
  /** The row alone is larger than Meta takes. */
  | 'too_large'
  /** Meta found the row invalid; `message` is what Meta said. */
  | 'refused_by_meta'
  /** Meta refuses removals that would leave the audience too small. */
  | 'audience_too_small'
  /** A replacement can hold external ids for all rows or for none. */
  | 'mixed_extern_ids'
  /** A guard kept the audience from being replaced. */
  | 'replace_guard';

export interface Reject {
  readonly stream: StreamDescriptor;
  readonly code: RejectCode;
  /** For people; never holds a value of the row. */
  readonly message: string;
  /** The row's data with personal values redacted; absent where Meta only told how many rows it refused. */
  readonly data?: JsonObject;
  /** Records this stands for: 1, or more where `data` is absent. */
  readonly count: number;
  /** The match key or column that is at fault, where one is. */
  readonly field?: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly operation?: 'add' | 'remove' | 'replace';
  readonly audienceId?: string;
  readonly batchId?: string;
  /** A number of up to 53 bits. */
  readonly sessionId?: number;
  /** Meta's error, where one refused the row. */
  readonly metaCode?: number;
  readonly metaSubcode?: number;
  readonly fbtraceId?: string;
}
