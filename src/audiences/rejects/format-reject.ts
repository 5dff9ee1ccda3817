import type { JsonObject } from '../../protocol/messages.ts';
import type { Reject } from './reject.ts';

/**
 * A reject as it is kept: the row's data as it came, redacted, and one more column, `_reject`, that says what was wrong with it. All that is ours is
 * within that column, so that no column of the row is hidden, and a mended file can be loaded again as it is; a row that was rejected before carries
 * its newest reason.
 */
export function formatReject(reject: Reject): JsonObject {
  const { stream, data } = reject;
  return {
    ...data,
    _reject: dropAbsent({
      stream: stream.name,
      namespace: stream.namespace,
      reason_code: reject.code,
      field: reject.field,
      message: reject.message,
      meta_code: reject.metaCode,
      subcode: reject.metaSubcode,
      fbtrace_id: reject.fbtraceId,
      batch_id: reject.batchId,
      session_id: reject.sessionId,
      audience_id: reject.audienceId,
      op: reject.operation,
      count: reject.count,
      at: reject.at,
    }),
  };
}

/** Rejects as lines of JSON, each with its line's end. */
export function toJsonLines(rows: readonly JsonObject[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

function dropAbsent(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
