import type { GraphError } from '../graph/graph-error.ts';
import type { PersonRow } from './person-row.ts';
import type { RejectCode } from './rejects/reject.ts';

/** Why rows were refused. */
export interface Refusal {
  readonly code: RejectCode;
  readonly message: string;
  readonly batchId?: string;
  readonly sessionId?: number;
  readonly error?: GraphError;
}

/** Meta refused so many of the rows and does not tell which. */
export interface UnnamedRefusal extends Refusal {
  readonly count: number;
}

/** What became of a batch's rows: those that are not refused are delivered. */
export class BatchOutcome {
  readonly refused = new Map<PersonRow, Refusal>();
  /** Rows out of which the unnamed refusals are. */
  readonly suspects = new Map<PersonRow, UnnamedRefusal>();

  include(other: BatchOutcome): void {
    for (const [row, refusal] of other.refused) this.refused.set(row, refusal);
    for (const [row, refusal] of other.suspects) this.suspects.set(row, refusal);
  }

  refuse(row: PersonRow, refusal: Refusal): void {
    this.refused.set(row, refusal);
  }

  refuseSome(rows: readonly PersonRow[], refusal: UnnamedRefusal): void {
    // Which ones is not known; the latest rows bear it, so that earlier states are true.
    for (const row of rows.slice(rows.length - refusal.count)) this.suspects.set(row, refusal);
  }
}
