import { DateTime } from 'luxon';

const DAY_MS = 86_400_000;

/** A day of some calendar as the number of days since 1970-01-01: comparable, and free of zones. */
export type DayNumber = number;

/** Undefined for anything but a real date written `YYYY-MM-DD`. */
export function parseDay(text: string): DayNumber | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const day = Date.parse(`${text}T00:00:00Z`) / DAY_MS;
  return Number.isInteger(day) && formatDay(day) === text ? day : undefined;
}

export function formatDay(day: DayNumber): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The day it is in a zone at some instant. */
export function dayAt(ms: number, zone: string): DayNumber {
  const offsetMs = DateTime.fromMillis(ms, { zone }).offset * 60_000;
  return Math.floor((ms + offsetMs) / DAY_MS);
}

export function addMonths(day: DayNumber, months: number): DayNumber {
  return toDay(toDate(day).plus({ months }));
}

/** 1 for Monday, 7 for Sunday. */
export function weekdayOf(day: DayNumber): number {
  return toDate(day).weekday;
}

export function startOf(unit: 'month' | 'quarter' | 'year', day: DayNumber): DayNumber {
  return toDay(toDate(day).startOf(unit));
}

/** What of its day has passed at an instant, from 0 to 1, in steps of a quarter of an hour; days of 23 and 25 hours are whole ones too. */
export function elapsedShareOfDay(ms: number, zone: string): number {
  const start = DateTime.fromMillis(ms, { zone }).startOf('day');
  const startMs = start.toMillis();
  const lengthMs = start.plus({ days: 1 }).startOf('day').toMillis() - startMs;
  const stepMs = 900_000;
  return (Math.floor((ms - startMs) / stepMs) * stepMs) / lengthMs;
}

function toDate(day: DayNumber): DateTime {
  return DateTime.fromMillis(day * DAY_MS, { zone: 'utc' });
}

function toDay(date: DateTime): DayNumber {
  return Math.floor(date.toMillis() / DAY_MS);
}
