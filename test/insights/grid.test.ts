import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/insights/day.ts';
import { countDays } from '../../src/insights/day-ranges.ts';
import { bucketOf, EPOCH_MONDAY, type Grid, listBuckets, phaseOf } from '../../src/insights/grid.ts';
import type { Increment } from '../../src/insights/query.ts';
import { days, daysOf, grids, ranges } from './arbitraries.ts';

const everyDays = (count: number, anchor = '2026-01-01'): Grid => ({ increment: { unit: 'day', count }, anchor });
const of = (unit: 'week' | 'month' | 'all_days'): Grid => ({ increment: { unit }, anchor: '2026-01-01' });

describe('bucketOf', () => {
  it('counts periods of days from the anchor, before it too', () => {
    expect(bucketOf(everyDays(7), '2026-01-08')).toEqual({ since: '2026-01-08', until: '2026-01-14' });
    expect(bucketOf(everyDays(7), '2026-01-07')).toEqual({ since: '2026-01-01', until: '2026-01-07' });
    expect(bucketOf(everyDays(7), '2025-12-31')).toEqual({ since: '2025-12-25', until: '2025-12-31' });
  });

  it('knows weeks from Monday and months from the first', () => {
    expect(bucketOf(of('week'), '2026-03-04')).toEqual({ since: '2026-03-02', until: '2026-03-08' });
    expect(bucketOf(of('month'), '2024-02-11')).toEqual({ since: '2024-02-01', until: '2024-02-29' });
  });

  it('holds the day asked for, and answers the same for each of its days', () => {
    fc.assert(
      fc.property(grids, days(), fc.nat(40), (grid, day, offset) => {
        const bucket = bucketOf(grid, day);
        expect(bucket.since <= day && day <= bucket.until).toBe(true);
        expect(bucketOf(grid, addDays(bucket.since, offset % countDays(bucket)))).toEqual(bucket);
      }),
    );
  });
});

describe('listBuckets', () => {
  it('cuts the last bucket to the end and says so', () => {
    expect(listBuckets(everyDays(7), { since: '2026-01-01', until: '2026-01-10' })).toEqual([
      { since: '2026-01-01', until: '2026-01-07', isPartial: false },
      { since: '2026-01-08', until: '2026-01-10', isPartial: true },
    ]);
  });

  it('begins calendar periods at their beginning, before the start', () => {
    expect(listBuckets(of('month'), { since: '2026-01-15', until: '2026-02-28' }).map(({ since }) => since)).toEqual([
      '2026-01-01',
      '2026-02-01',
    ]);
    expect(listBuckets(of('week'), { since: '2026-03-05', until: '2026-03-06' })).toEqual([
      { since: '2026-03-02', until: '2026-03-06', isPartial: true },
    ]);
  });

  it('leaves out a bucket that would begin before the floor', () => {
    const range = { since: '2026-01-15', until: '2026-02-28' };
    expect(listBuckets(of('month'), range, '2026-01-15').map(({ since }) => since)).toEqual(['2026-02-01']);
    expect(listBuckets(of('month'), range, '2026-01-01')).toHaveLength(2);
  });

  it('has one bucket for all days, from the floor on', () => {
    const range = { since: '2026-01-15', until: '2026-02-28' };
    expect(listBuckets(of('all_days'), range)).toEqual([{ ...range, isPartial: false }]);
    expect(listBuckets(of('all_days'), range, '2026-02-01')).toEqual([
      { since: '2026-02-01', until: '2026-02-28', isPartial: false },
    ]);
    expect(listBuckets(of('all_days'), range, '2026-03-01')).toEqual([]);
  });

  it('has no bucket where the range holds no day', () => {
    for (const grid of [of('week'), of('all_days'), everyDays(3)])
      expect(listBuckets(grid, { since: '2026-03-05', until: '2026-03-04' })).toEqual([]);
  });

  it('covers the range without overlap, never past its end', () => {
    fc.assert(
      fc.property(grids, ranges(), (grid, range) => {
        const buckets = listBuckets(grid, range);
        const covered = daysOf(buckets);
        expect(daysOf([range]).isSubsetOf(covered)).toBe(true);
        expect(buckets.reduce((sum, bucket) => sum + countDays(bucket), 0)).toBe(covered.size);
        expect(buckets.at(-1)?.until).toBe(range.until);
        expect(buckets.filter((bucket) => bucket.isPartial).length).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('gives any two ranges the same buckets where they meet, so that a re-read overwrites the same keys', () => {
    fc.assert(
      fc.property(grids, ranges(200), ranges(200), (grid, a, b) => {
        const starts = new Set(listBuckets(grid, a).map(({ since }) => since));
        const common = daysOf([a]).intersection(daysOf([b]));
        for (const { since } of listBuckets(grid, b)) expect(starts.has(since) || !common.has(since)).toBe(true);
      }),
    );
  });
});

describe('phaseOf', () => {
  it('is the same for anchors of one grid, and another for those of others', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), days(), days(), (count, a, b) => {
        const increment: Increment = { unit: 'day', count };
        const isSameGrid = bucketOf({ increment, anchor: a }, b).since === b;
        expect(phaseOf({ increment, anchor: a }) === phaseOf({ increment, anchor: b })).toBe(isSameGrid);
      }),
    );
  });

  it('does not depend on the anchor for weeks and months', () => {
    expect(phaseOf({ increment: { unit: 'month' }, anchor: '2026-05-05' })).toBe(EPOCH_MONDAY);
    expect(new Date(`${EPOCH_MONDAY}T00:00:00Z`).getUTCDay()).toBe(1);
  });
});
