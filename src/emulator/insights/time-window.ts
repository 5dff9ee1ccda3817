import { parseLaxJson } from '../filtering/lax-json.ts';
import { createParameterError } from '../graph-api-error.ts';
import type { Params } from '../params.ts';
import { addMonths, type DayNumber, parseDay, startOf, weekdayOf } from './calendar.ts';
import type { Bucket } from './insights-request.ts';

const presets: Readonly<Record<string, (today: DayNumber) => Bucket>> = {
  today: (today) => ({ since: today, until: today }),
  yesterday: (today) => lastDays(today, 1),
  this_month: (today) => ({ since: startOf('month', today), until: today }),
  last_month: (today) => previous('month', today),
  this_quarter: (today) => ({ since: startOf('quarter', today), until: today }),
  last_quarter: (today) => previous('quarter', today),
  this_year: (today) => ({ since: startOf('year', today), until: today }),
  last_year: (today) => previous('year', today),
  this_week_mon_today: (today) => ({ since: today + 1 - weekdayOf(today), until: today }),
  this_week_sun_today: (today) => ({ since: today - (weekdayOf(today) % 7), until: today }),
  last_week_mon_sun: (today) => ({ since: today - 6 - weekdayOf(today), until: today - weekdayOf(today) }),
  last_week_sun_sat: (today) => ({ since: today - 7 - (weekdayOf(today) % 7), until: today - 1 - (weekdayOf(today) % 7) }),
  last_3d: (today) => lastDays(today, 3),
  last_7d: (today) => lastDays(today, 7),
  last_14d: (today) => lastDays(today, 14),
  last_28d: (today) => lastDays(today, 28),
  last_30d: (today) => lastDays(today, 30),
  last_90d: (today) => lastDays(today, 90),
  maximum: (today) => ({ since: addMonths(today, -37), until: today }),
  data_maximum: (today) => ({ since: addMonths(today, -37), until: today }),
};

function lastDays(today: DayNumber, count: number): Bucket {
  return { since: today - count, until: today - 1 };
}

function previous(unit: 'month' | 'quarter' | 'year', today: DayNumber): Bucket {
  const until = startOf(unit, today) - 1;
  return { since: startOf(unit, until), until };
}

/** The days of the rows. `time_ranges` comes before `time_range`, and that before `date_preset`. Throws #100. */
export function parseBuckets(params: Params, today: DayNumber): readonly Bucket[] {
  const ranges = params.get('time_ranges');
  if (ranges !== undefined) return parseList(ranges).map((entry, at) => parseRange(entry, `time_ranges[${at}]`));
  const increment = parseIncrement(params.get('time_increment'));
  return cutRange(parseWhole(params, today), increment);
}

export type TimeIncrement = number | 'monthly' | 'all_days';

/** Cuts a range into buckets that begin at its first day, or at the months' first days; the last one ends with the range. */
export function cutRange({ since, until }: Bucket, increment: TimeIncrement): readonly Bucket[] {
  if (increment === 'all_days') return [{ since, until }];
  const buckets: Bucket[] = [];
  for (let first = since; first <= until; ) {
    const next = increment === 'monthly' ? addMonths(startOf('month', first), 1) : first + increment;
    buckets.push({ since: first, until: Math.min(until, next - 1) });
    first = next;
  }
  return buckets;
}

function parseWhole(params: Params, today: DayNumber): Bucket {
  const preset = params.get('date_preset') ?? 'last_30d';
  const resolve = Object.hasOwn(presets, preset) ? presets[preset] : undefined;
  if (resolve === undefined)
    throw createParameterError(`date_preset must be one of the following values: ${Object.keys(presets).join(', ')}`);
  const range = params.get('time_range');
  return range === undefined ? resolve(today) : parseRange(parseJson(range, 'time_range'), 'time_range');
}

function parseRange(value: unknown, name: string): Bucket {
  const { since, until } = (typeof value === 'object' && value !== null ? value : {}) as { since?: unknown; until?: unknown };
  const [first, last] = [parseDay(String(since)), parseDay(String(until))];
  if (first === undefined || last === undefined) {
    throw createParameterError(`param ${name} must have 'since' and 'until' as dates: YYYY-MM-DD`);
  }
  if (first > last) throw createParameterError(`${name}: the start date must not be after the end date`);
  return { since: first, until: last };
}

function parseIncrement(text: string | undefined): TimeIncrement {
  const word = text?.replaceAll('"', '') ?? 'all_days';
  if (word === 'monthly' || word === 'all_days') return word;
  const days = Number(word);
  if (Number.isInteger(days) && days >= 1 && days <= 90) return days;
  throw createParameterError('param time_increment must be monthly, all_days or a number of days between 1 and 90');
}

function parseList(text: string): readonly unknown[] {
  const list = parseJson(text, 'time_ranges');
  if (!Array.isArray(list) || list.length === 0) throw createParameterError('param time_ranges must be an array.');
  return list;
}

function parseJson(text: string, name: string): unknown {
  try {
    return parseLaxJson(text);
  } catch {
    throw createParameterError(`param ${name} must be valid JSON`);
  }
}
