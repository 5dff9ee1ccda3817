import { createHash, hash } from 'node:crypto';
import type { FormDraft } from '../graph/form-draft.ts';

/** What tells one request from every other. */
export interface RequestIdentity {
  readonly accountId: string;
  readonly audienceId: string;
  /** The platform's job, or the moment at which this run began: equal requests of different runs are different sessions. */
  readonly runId: string;
  /** The request's place in the run. */
  readonly sequence: number;
  readonly batchId: string;
  readonly attempt: number;
}

/**
 * The id of an upload's session: Meta wants one that is unique within the ad account, and answers what it received under it. 53 bits, so that a JSON number
 * holds it exactly; never 0.
 */
export function createSessionId(identity: RequestIdentity): number {
  const { accountId, audienceId, runId, sequence, batchId, attempt } = identity;
  const digest = hash('sha256', [accountId, audienceId, runId, sequence, batchId, attempt].join('|'), 'buffer');
  return Number(digest.readBigUInt64BE(0) >> 11n) || 1;
}

/** The name of a request's contents: 64 hexadecimal digits. */
export function createBatchId(operation: string, payload: FormDraft): string {
  return createHash('sha256').update(operation).update(payload.bytes).digest('hex');
}
