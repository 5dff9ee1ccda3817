import type { Day } from './query.ts';

const DAY_MS = 86_400_000;
const DAY_TEXT = /^[12]\d{3}-\d{2}-\d{2}$/;

/** Whether a value is a real day as Meta writes it: `2026-02-28`, not `2026-02-30`. */
export function isDay(value: unknown): value is Day {
  if (typeof value !== 'string' || !DAY_TEXT.test(value)) return false;
  const ms = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(ms) && toDay(ms) === value;
}

/** The day `count` days later; earlier for a negative count. Calendar days have no hours, so no clock change can shift them. */
export function addDays(day: Day, count: number): Day {
  return toDay(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS);
}

/** How many days `until` is after `since`: 0 for the same day, negative when it is before. */
export function daysBetween(since: Day, until: Day): number {
  return Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${since}T00:00:00Z`)) / DAY_MS);
}

/** Below 0 when `a` is before `b`, above 0 when it is after. */
export function compareDays(a: Day, b: Day): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export function earlierDay(a: Day, b: Day): Day {
  return a <= b ? a : b;
}

export function laterDay(a: Day, b: Day): Day {
  return a >= b ? a : b;
}

/** Monday of the day's week. */
export function startOfWeek(day: Day): Day {
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
}

export function startOfMonth(day: Day): Day {
  return `${day.slice(0, 8)}01`;
}

/** The first of the month `count` months after the day's own. */
export function startOfLaterMonth(day: Day, count: number): Day {
  return toDay(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1 + count, 1));
}

function toDay(ms: number): Day {
  return new Date(ms).toISOString().slice(0, 10);
}
