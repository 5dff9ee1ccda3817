import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/insights/day.ts';
import { containsRange, countDays, mergeRanges, subtractRanges } from '../../src/insights/day-ranges.ts';
import { daysOf, ranges } from './arbitraries.ts';

const lists = fc.array(ranges(60, 9), { maxLength: 8 });

function isSmallest(list: readonly { since: string; until: string }[]): boolean {
  return list.every(({ since, until }, index) => {
    const next = list[index + 1];
    return since <= until && (next === undefined || addDays(until, 1) < next.since);
  });
}

describe('mergeRanges', () => {
  it('joins what overlaps or touches, and leaves gaps', () => {
    const merged = mergeRanges([
      { since: '2026-01-05', until: '2026-01-06' },
      { since: '2026-01-01', until: '2026-01-03' },
      { since: '2026-01-04', until: '2026-01-04' },
      { since: '2026-01-08', until: '2026-01-08' },
      { since: '2026-02-02', until: '2026-02-01' },
    ]);
    expect(merged).toEqual([
      { since: '2026-01-01', until: '2026-01-06' },
      { since: '2026-01-08', until: '2026-01-08' },
    ]);
  });

  it('keeps exactly the days it is given, in the smallest form, whatever their order', () => {
    fc.assert(
      fc.property(lists, (list) => {
        const merged = mergeRanges(list);
        expect(daysOf(merged)).toEqual(daysOf(list));
        expect(isSmallest(merged)).toBe(true);
        expect(mergeRanges(list.toReversed())).toEqual(merged);
        expect(mergeRanges(merged)).toEqual(merged);
      }),
    );
  });

  it('leaves its input as it was', () => {
    const list = [
      { since: '2026-01-05', until: '2026-01-06' },
      { since: '2026-01-01', until: '2026-01-04' },
    ];
    mergeRanges(list);
    expect(list[0]?.since).toBe('2026-01-05');
  });
});

describe('subtractRanges', () => {
  it('keeps the days of the one that are not of the other', () => {
    fc.assert(
      fc.property(lists, lists, (list, removed) => {
        const rest = subtractRanges(list, removed);
        expect(daysOf(rest)).toEqual(daysOf(list).difference(daysOf(removed)));
        expect(isSmallest(rest)).toBe(true);
        expect(mergeRanges([...rest, ...list])).toEqual(mergeRanges(list));
      }),
    );
  });
});

describe('containsRange', () => {
  it('is true when no day is missing', () => {
    fc.assert(
      fc.property(lists, ranges(60, 9), (list, range) => {
        expect(containsRange(mergeRanges(list), range)).toBe(daysOf([range]).isSubsetOf(daysOf(list)));
      }),
    );
  });
});

describe('countDays', () => {
  it('counts both ends, and nothing backwards', () => {
    expect(countDays({ since: '2026-03-01', until: '2026-03-01' })).toBe(1);
    expect(countDays({ since: '2026-03-01', until: '2026-04-01' })).toBe(32);
    expect(countDays({ since: '2026-03-05', until: '2026-03-01' })).toBe(0);
  });
});
