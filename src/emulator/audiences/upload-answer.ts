import { hashText } from '../world/hash.ts';
import { type JsonText, writeJson } from '../world/json-text.ts';
import { describeSamples, type InvalidSamplesShape } from './invalid-samples.ts';
import type { JudgedRows } from './judge-rows.ts';
import type { SessionTally } from './session-table.ts';
import type { UploadOperation } from './upload-log.ts';

export interface UploadAnswer {
  /** Id of the audience, or of the account (`act_1`). */
  readonly target: string;
  readonly operation: UploadOperation;
  readonly keys: readonly string[];
  readonly rows: JudgedRows;
  /** With this upload included; absent where it named no session. */
  readonly tally: SessionTally | undefined;
  readonly samplesShape: InvalidSamplesShape;
}

/** `num_received` is what the session has brought so far. */
export function writeUploadAnswer({ target, operation, keys, rows, tally, samplesShape }: UploadAnswer): JsonText {
  return writeJson({
    ...(target.startsWith('act_') ? { account_id: target.slice('act_'.length) } : { audience_id: target }),
    session_id: tally?.id ?? nameSession(operation, keys),
    num_received: tally?.received ?? rows.received,
    num_invalid_entries: rows.invalid,
    invalid_entry_samples: describeSamples(samplesShape, rows.samples),
  });
}

/** An upload without a session is given an id that all such uploads with its keys share. */
function nameSession(operation: UploadOperation, keys: readonly string[]): string {
  return String(4_000_000_000_000_000 + hashText(`${operation}:${keys.join(',')}`));
}
