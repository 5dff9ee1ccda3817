import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  compareDays,
  daysBetween,
  isDay,
  startOfLaterMonth,
  startOfMonth,
  startOfWeek,
} from '../../src/insights/day.ts';
import { days } from './arbitraries.ts';

describe('addDays', () => {
  it('goes over months, years and 29 February', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2023-12-31', 1)).toBe('2024-01-01');
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
  });

  it('is undone by the difference, in either direction', () => {
    fc.assert(
      fc.property(days(), fc.integer({ min: -2_000, max: 2_000 }), (day, count) => {
        expect(daysBetween(day, addDays(day, count))).toBe(count);
        expect(addDays(addDays(day, count), -count)).toBe(day);
        expect(Math.sign(compareDays(addDays(day, count), day))).toBe(Math.sign(count));
      }),
    );
  });
});

describe('isDay', () => {
  it.each(['2026-02-28', '2024-02-29'])('takes %s', (text) => expect(isDay(text)).toBe(true));

  it.each([
    '2026-02-29',
    '2026-2-8',
    '2026-13-01',
    '2026-01-00',
    '0026-01-01',
    '2026-01-01T00:00:00Z',
    '',
    20260101,
    null,
    undefined,
  ])('does not take %s', (value) => expect(isDay(value)).toBe(false));
});

describe('beginnings', () => {
  it('begins weeks on Monday', () => {
    expect(startOfWeek('2026-03-02')).toBe('2026-03-02');
    expect(startOfWeek('2026-03-04')).toBe('2026-03-02');
    expect(startOfWeek('2026-03-08')).toBe('2026-03-02');
  });

  it('begins months on the first', () => {
    expect(startOfMonth('2026-03-31')).toBe('2026-03-01');
    expect(startOfLaterMonth('2025-12-31', 1)).toBe('2026-01-01');
    expect(startOfLaterMonth('2026-03-31', -37)).toBe('2023-02-01');
  });
});
