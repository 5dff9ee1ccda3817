import type { JsonObject } from '../protocol/messages.ts';
import type { Audience } from './audience.ts';
import type { Refusal } from './batch-outcome.ts';
import { type Cell, DATA_USE_KEYS, type PersonRow } from './person-row.ts';
import { redact } from './rejects/redact.ts';
import type { Reject } from './rejects/reject.ts';

export interface RejectContext {
  readonly audience: Audience;
  /** Epoch milliseconds. */
  readonly nowMs: number;
  readonly isReplace?: boolean;
}

/** The rejection of one record, or of several that Meta only counted (without `row`'s data). */
export function createReject(
  row: PersonRow,
  refusal: Refusal,
  { audience, nowMs, isReplace }: RejectContext,
  unnamed?: { readonly count: number },
): Reject {
  const { code, message, batchId, sessionId, error } = refusal;
  const { code: metaCode, subcode: metaSubcode, fbtraceId } = error?.details ?? {};
  return {
    stream: row.shape.stream,
    code,
    message,
    ...(unnamed === undefined ? { data: describeRow(row) } : {}),
    count: unnamed?.count ?? 1,
    at: new Date(nowMs).toISOString(),
    operation: isReplace === true ? 'replace' : row.operation,
    audienceId: audience.id,
    ...(batchId === undefined ? {} : { batchId }),
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(metaCode === undefined ? {} : { metaCode }),
    ...(metaSubcode === undefined ? {} : { metaSubcode }),
    ...(fbtraceId === undefined ? {} : { fbtraceId }),
  };
}

/** Added to rows, and no columns of theirs. */
const DATA_USE_COLUMNS: ReadonlySet<string> = new Set(DATA_USE_KEYS);

/** What can be told of a row once its plain values are gone: its cells under the names of their columns, and what was kept. */
function describeRow({ shape, cells, kept }: PersonRow): JsonObject {
  const { redaction, keptColumns, columns } = shape;
  if (redaction === 'none' && kept !== undefined) return kept;
  const shown = columns.flatMap((column, place): [string, Cell][] => {
    const cell = cells[place];
    return cell === undefined || cell === '' || DATA_USE_COLUMNS.has(column) ? [] : [[column, cell]];
  });
  const finished = new Map(
    shown.flatMap(([column, cell]): [string, string | number][] => (typeof cell === 'object' ? [] : [[column, cell]])),
  );
  return redact({ ...Object.fromEntries(shown), ...kept }, redaction, { cells: finished, kept: keptColumns });
}
