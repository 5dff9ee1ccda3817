import type { EdgeDefinition } from './edge-definition.ts';
import type { AccountProgress } from './edge-state.ts';
import { parseMetaTime } from './meta-time.ts';
import { explainReread, type RequestShape } from './request-shape.ts';

/** Objects that changed within this time before a read began may have changed again after it, in a second the cursor has passed. */
const OVERLAP_MS = 60_000;
/** Of a state without the time of its read: its cursor's own second is asked for again. */
const SECOND_MS = 1_000;

export interface AccountPlan {
  /** Read what is later than this; absent for all. Epoch milliseconds. */
  readonly afterMs?: number;
  readonly isResumed: boolean;
  /** Why an earlier sync's progress is not used. */
  readonly rereadReason?: string;
}

/** Where to take up an account: behind what was read, unless the request asks for more than it did then. */
export function planAccount(
  definition: EdgeDefinition,
  wanted: RequestShape,
  progress: AccountProgress | undefined,
): AccountPlan {
  // The start's own second belongs to what is wanted.
  const startMs = wanted.startMs === undefined ? undefined : wanted.startMs - SECOND_MS;
  const fromStart: AccountPlan = { ...(startMs === undefined ? {} : { afterMs: startMs }), isResumed: false };
  const cursorMs = parseMetaTime(progress?.cursor);
  if (progress === undefined || Number.isNaN(cursorMs)) return fromStart;
  const rereadReason = explainReread(progress.shape, wanted, definition.statusFilter);
  if (rereadReason !== undefined) return { ...fromStart, rereadReason };
  const readAtMs = parseMetaTime(progress.readAt);
  const settledMs = Number.isNaN(readAtMs) ? cursorMs - SECOND_MS : Math.min(cursorMs, readAtMs - OVERLAP_MS);
  return { afterMs: Math.max(settledMs, startMs ?? Number.NEGATIVE_INFINITY), isResumed: true };
}
