import type { AccountRead } from './account-reader.ts';

/** One condition of Meta's `filtering` parameter; conditions are joined by AND. */
export interface Filter {
  readonly field: string;
  readonly operator: string;
  readonly value: unknown;
}

/** Bounds in epoch milliseconds: later than `afterMs`, not later than `untilMs`. */
export interface TimeRange {
  readonly afterMs?: number;
  readonly untilMs?: number;
}

/** The conditions on status and `updated_time` for one account. Meta's filter times are whole Unix seconds. */
export function buildFiltering(read: AccountRead, range: TimeRange): readonly Filter[] {
  const { filterPrefix, statusFilter } = read.definition;
  if (filterPrefix === undefined) return [];
  const filters: Filter[] = [];
  const statuses = statusFilter === undefined ? [] : read.settings.statuses[statusFilter.setting];
  if (statuses.length > 0) filters.push({ field: `${filterPrefix}.effective_status`, operator: 'IN', value: statuses });
  const field = `${filterPrefix}.updated_time`;
  if (range.afterMs !== undefined) filters.push({ field, operator: 'GREATER_THAN', value: Math.floor(range.afterMs / 1000) });
  if (range.untilMs !== undefined) filters.push({ field, operator: 'LESS_THAN', value: Math.floor(range.untilMs / 1000) + 1 });
  return filters;
}
