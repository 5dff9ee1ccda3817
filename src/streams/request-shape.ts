import { createHash } from 'node:crypto';
import { HIDDEN_STATUSES, type StatusFilter } from './edge-definition.ts';

/** What a request asked for, as far as a later change of it can leave older objects unread. */
export interface RequestShape {
  readonly fields: readonly string[];
  /** As configured; empty for what Meta shows without a filter. Absent for streams without statuses. */
  readonly statuses?: readonly string[];
  /** Epoch milliseconds; absent for all of the past. */
  readonly startMs?: number;
}

/** A short name of the shape's fields and start; equal shapes have equal names. */
export function fingerprintShape(shape: RequestShape): string {
  const text = JSON.stringify([[...shape.fields].sort(), shape.startMs ?? null]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 10);
}

/** Why what was read under `saved` has to be read again under `wanted`; undefined when nothing is missing. */
export function explainReread(
  saved: Partial<RequestShape>,
  wanted: RequestShape,
  filter: StatusFilter | undefined,
): string | undefined {
  const addedFields = saved.fields === undefined ? [] : without(wanted.fields, saved.fields);
  if (addedFields.length > 0) return `the fields ${addedFields.join(', ')} were added`;
  if (filter !== undefined && saved.statuses !== undefined) {
    const added = without(expandStatuses(wanted.statuses ?? [], filter), expandStatuses(saved.statuses, filter));
    if (added.length > 0) return `the statuses ${added.join(', ')} were added`;
  }
  const savedStartMs = saved.startMs ?? Number.NEGATIVE_INFINITY;
  if (saved.fields !== undefined && (wanted.startMs ?? Number.NEGATIVE_INFINITY) < savedStartMs)
    return 'the start date was moved back';
  return undefined;
}

/** No filter means what Meta shows by default: all but the hidden ones. */
function expandStatuses(statuses: readonly string[], filter: StatusFilter): readonly string[] {
  return statuses.length > 0 ? statuses : without(filter.all, HIDDEN_STATUSES);
}

function without(items: readonly string[], others: readonly string[]): string[] {
  return items.filter((item) => !others.includes(item));
}
