import type { Increment } from '../insights/query.ts';

/** How a state names the increment of its rows. */
export interface IncrementMark {
  readonly time_increment: number;
  readonly time_increment_period?: string;
}

/** The mark of an increment, in the words of `saved` where they mean the same. Airbyte's connector counts 7 days for a week and 30 for a month. */
export function markOf(increment: Increment, saved?: IncrementMark): IncrementMark {
  const mark = createMark(increment);
  const period = saved?.time_increment_period;
  if (saved === undefined || period === undefined || describeMark(saved) !== describeMark(mark)) return mark;
  return { ...mark, time_increment_period: period };
}

export function parseMark(state: Readonly<Record<string, unknown>>): IncrementMark {
  const { time_increment: count, time_increment_period: period } = state;
  return {
    time_increment: count === undefined || count === null ? 1 : Number(count),
    ...(typeof period === 'string' ? { time_increment_period: period } : {}),
  };
}

/** Whether any rows can have such an increment. */
export function isMark({ time_increment: count }: IncrementMark): boolean {
  return Number.isInteger(count) && count > 0;
}

/** `1 day`, `7 days`, `weekly`; the period `daily` is a day. Equal for marks that mean the same. */
export function describeMark({ time_increment: count, time_increment_period: period }: IncrementMark): string {
  if (period !== undefined && period !== 'daily') return period;
  return count === 1 ? '1 day' : `${count} days`;
}

function createMark(increment: Increment): IncrementMark {
  switch (increment.unit) {
    case 'day':
      return { time_increment: increment.count };
    case 'week':
      return { time_increment: 7, time_increment_period: 'weekly' };
    case 'month':
      return { time_increment: 30, time_increment_period: 'monthly' };
    case 'all_days':
      return { time_increment: 1, time_increment_period: 'all_days' };
  }
}
