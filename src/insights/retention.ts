import { addDays, startOfLaterMonth } from './day.ts';
import type { Day } from './query.ts';

/** How long Meta keeps totals. https://developers.facebook.com/docs/marketing-api/reference/adgroup/insights */
export const RETENTION_MONTHS = 37;

/**
 * The day `count` calendar months earlier. A day that the earlier month does not have runs over into the next one (31 March less a month is 3 March),
 * the later of the readings that Meta might have, so that a report is never refused for it.
 */
export function subtractMonths(day: Day, count: number): Day {
  return addDays(startOfLaterMonth(day, -count), Number(day.slice(8)) - 1);
}

/**
 * The first day to ask for when Meta keeps `months` months, counted from today in the account's time zone: a day inside what Meta accepts (3018 beyond it),
 * so that a midnight between the plan and the request does no harm.
 */
export function findRetentionFloor(today: Day, months: number = RETENTION_MONTHS): Day {
  return addDays(subtractMonths(today, months), 1);
}
