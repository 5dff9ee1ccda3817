import { DateTime, FixedOffsetZone, IANAZone } from 'luxon';
import type { Day } from './query.ts';

/** The calendar day that it is in a zone at a moment, epoch milliseconds. Throws a `RangeError` for a zone that nobody knows. */
export function dayOf(epochMs: number, zone: string): Day {
  const day = DateTime.fromMillis(epochMs, { zone }).toISODate();
  if (day === null) throw new RangeError(`There is no time zone ${zone}`);
  return day;
}

/**
 * The zone of an ad account by its `timezone_name`; by its `timezone_offset_hours_utc` (which misses the next clock change) where the name is not known
 * here, and UTC where Meta tells neither.
 */
export function chooseZone(timezoneName: unknown, offsetHours: unknown): string {
  if (typeof timezoneName === 'string' && IANAZone.isValidZone(timezoneName)) return timezoneName;
  if (typeof offsetHours !== 'number' || !Number.isFinite(offsetHours) || Math.abs(offsetHours) > 14) return 'UTC';
  return FixedOffsetZone.instance(Math.round(offsetHours * 60)).name;
}
