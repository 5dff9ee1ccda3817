import fc from 'fast-check';
import { addDays } from '../../src/insights/day.ts';
import { countDays } from '../../src/insights/day-ranges.ts';
import type { Grid } from '../../src/insights/grid.ts';
import type { Day, DayRange, Increment } from '../../src/insights/query.ts';

export const FIRST_DAY: Day = '2023-06-01';

export const days = (spanDays = 900) => fc.nat(spanDays).map((count) => addDays(FIRST_DAY, count));

export const ranges = (spanDays = 900, longestDays = 120): fc.Arbitrary<DayRange> =>
  fc
    .record({ since: days(spanDays), length: fc.nat(longestDays) })
    .map(({ since, length }) => ({ since, until: addDays(since, length) }));

/** All increments that have periods. */
export const periods: fc.Arbitrary<Increment> = fc.oneof(
  fc.integer({ min: 1, max: 40 }).map((count) => ({ unit: 'day' as const, count })),
  fc.constantFrom<Increment>({ unit: 'week' }, { unit: 'month' }),
);

export const increments: fc.Arbitrary<Increment> = fc.oneof(
  { weight: 5, arbitrary: periods },
  fc.constant({ unit: 'all_days' as const }),
);

export const grids: fc.Arbitrary<Grid> = fc.record({ increment: periods, anchor: days() });

/** The days of ranges one by one: the slow and sure reading that laws compare with. */
export function daysOf(list: readonly DayRange[]): Set<Day> {
  const all = new Set<Day>();
  for (const range of list) for (let index = 0; index < countDays(range); index += 1) all.add(addDays(range.since, index));
  return all;
}
