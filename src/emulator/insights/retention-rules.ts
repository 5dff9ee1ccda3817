import { createParameterError, GraphApiError } from '../graph-api-error.ts';
import { addMonths, type DayNumber, dayAt, formatDay } from './calendar.ts';
import type { InsightsRequest } from './insights-request.ts';

export interface Moment {
  readonly nowMs: number;
  /** IANA zone of the ad account: all edges of retention are its days. */
  readonly zone: string;
}

/** `reach` of breakdowns reaches back this far, and so do unique counts and hours. */
const DETAIL_MONTHS = 13;
const TOTALS_MONTHS = 37;
const FREQUENCY_MONTHS = 6;

/** `breakdowns=dma` is refused from this instant on. */
const DMA_GONE_MS = Date.UTC(2026, 5, 22);
/** From here on some breakdowns are empty in synchronous calls of accounts that did not opt in. */
const OPT_IN_MS = Date.UTC(2026, 7, 6);

const optIn: ReadonlySet<string> = new Set([
  'impression_device',
  'hourly_stats_aggregated_by_audience_time_zone',
  'frequency_value',
]);

/** Throws 3018 or #100 where the request reaches back beyond what Meta keeps. */
export function checkRetention(request: InsightsRequest, moment: Moment): void {
  const today = dayAt(moment.nowMs, moment.zone);
  const since = firstDayOf(request);
  if (since < addMonths(today, -TOTALS_MONTHS)) {
    throw new GraphApiError(
      `(#3018) The start date of the time range cannot be beyond ${TOTALS_MONTHS} months from the current date`,
      { code: 3018 },
    );
  }
  const detailed = [
    ...request.fields.filter((name) => name.startsWith('unique_') || name.startsWith('cost_per_unique_')),
    ...request.breakdowns.filter((name) => name.startsWith('hourly_stats_')),
  ];
  checkFloor(detailed, since, addMonths(today, -DETAIL_MONTHS));
  checkFloor(
    request.breakdowns.filter((name) => name === 'frequency_value'),
    since,
    addMonths(today, -FREQUENCY_MONTHS),
  );
}

function checkFloor(names: readonly string[], since: DayNumber, floor: DayNumber): void {
  if (names.length === 0 || since >= floor) return;
  throw createParameterError(`${names.join(', ')} not available before ${formatDay(floor)}`);
}

/** Whether `reach` and its relatives are left out: with breakdowns, and beyond 13 months. */
export function omitsReach(request: InsightsRequest, moment: Moment): boolean {
  if (request.breakdowns.length === 0) return false;
  return firstDayOf(request) < addMonths(dayAt(moment.nowMs, moment.zone), -DETAIL_MONTHS);
}

export function hasDma(nowMs: number): boolean {
  return nowMs < DMA_GONE_MS;
}

/** Whether a synchronous call answers no rows, for want of an opt-in. */
export function isEmptyInSync(request: InsightsRequest, nowMs: number): boolean {
  return nowMs >= OPT_IN_MS && request.breakdowns.some((name) => optIn.has(name));
}

function firstDayOf({ buckets }: InsightsRequest): DayNumber {
  return buckets.reduce((first, { since }) => Math.min(first, since), Number.POSITIVE_INFINITY);
}
