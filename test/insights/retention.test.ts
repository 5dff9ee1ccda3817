import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findRetentionFloor, subtractMonths } from '../../src/insights/retention.ts';
import { days } from './arbitraries.ts';

describe('subtractMonths', () => {
  it.each([
    ['2026-11-21', 37, '2023-10-21'],
    ['2026-01-31', 13, '2024-12-31'],
    ['2026-03-31', 1, '2026-03-03'],
    ['2026-03-29', 37, '2023-03-01'],
    ['2024-02-29', 12, '2023-03-01'],
  ])('takes from %s %d months and gives %s', (day, months, result) => expect(subtractMonths(day, months)).toBe(result));
});

describe('findRetentionFloor', () => {
  it('stays a day inside 37 months', () => expect(findRetentionFloor('2026-11-21')).toBe('2023-10-22'));

  it('takes shorter retentions', () => expect(findRetentionFloor('2026-11-21', 13)).toBe('2025-10-22'));

  it('is never earlier than the same day of the month, nor more than four days inside', () => {
    fc.assert(
      fc.property(days(), (today) => {
        const floor = findRetentionFloor(today);
        const months = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
        const sinceFloor = months(today) * 31 + Number(today.slice(8)) - (months(floor) * 31 + Number(floor.slice(8)));
        expect(sinceFloor).toBeLessThan(37 * 31);
        expect(sinceFloor).toBeGreaterThanOrEqual(37 * 31 - 4);
      }),
    );
  });
});
