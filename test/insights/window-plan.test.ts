import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/insights/day.ts';
import { containsRange, countDays, mergeRanges } from '../../src/insights/day-ranges.ts';
import type { Grid } from '../../src/insights/grid.ts';
import type { Day, DayRange } from '../../src/insights/query.ts';
import { markDone, type PlanRequest, planWindows, takeWindow } from '../../src/insights/window-plan.ts';
import { days, daysOf, FIRST_DAY, grids } from './arbitraries.ts';

const DAILY: Grid = { increment: { unit: 'day', count: 1 }, anchor: '2026-01-01' };
const TODAY = '2026-11-21';

const request = (more: Partial<PlanRequest> = {}): PlanRequest => ({
  grid: DAILY,
  startDay: '2026-01-01',
  endDay: TODAY,
  today: TODAY,
  lookbackDays: 28,
  retentionFloor: '2023-10-22',
  ...more,
});
const plan = (more: Partial<PlanRequest> = {}) => planWindows(request(more));
const spanOf = (buckets: readonly DayRange[]) => mergeRanges(buckets);

describe('planWindows', () => {
  it('reads from the start to today at first', () => {
    expect(spanOf(plan().buckets)).toEqual([{ since: '2026-01-01', until: TODAY }]);
  });

  it('reads nothing from before the retention, nor after today', () => {
    const buckets = plan({ startDay: '2020-01-01', endDay: '2030-01-01' }).buckets;
    expect(spanOf(buckets)).toEqual([{ since: '2023-10-22', until: TODAY }]);
  });

  it('reads the days within the lookback again, though they are done', () => {
    const { buckets } = plan({ done: [{ since: '2026-01-01', until: TODAY }] });
    expect(spanOf(buckets)).toEqual([{ since: addDays(TODAY, -28), until: TODAY }]);
  });

  it('fills the gaps of an interrupted backfill and passes over what was final', () => {
    const { buckets } = plan({
      done: [
        { since: '2026-01-01', until: '2026-02-28' },
        { since: '2026-03-03', until: '2026-11-01' },
      ],
    });
    expect(spanOf(buckets)).toEqual([
      { since: '2026-03-01', until: '2026-03-02' },
      { since: addDays(TODAY, -28), until: TODAY },
    ]);
  });

  it('believes no state that claims days which can still change, or have yet to come', () => {
    const claimed = plan({ done: [{ since: '2026-01-01', until: '2999-12-31' }] });
    expect(claimed.done).toEqual([{ since: '2026-01-01', until: addDays(TODAY, -29) }]);
  });

  it('takes all before cursor and lookback for done in a state of another program', () => {
    const taken = plan({ cursor: '2026-08-01' });
    expect(spanOf(taken.buckets)).toEqual([{ since: '2026-07-04', until: TODAY }]);
    expect(taken.done).toEqual([{ since: '2026-01-01', until: '2026-07-03' }]);
  });

  it('believes the days done rather than the cursor', () => {
    expect(spanOf(plan({ cursor: '2026-08-01', done: [] }).buckets)).toEqual([{ since: '2026-01-01', until: TODAY }]);
  });

  it('does not believe a cursor in the future, and says so; the day of UTC is none', () => {
    const doubtful = plan({ cursor: '2026-12-31' });
    expect(doubtful.ignoredCursor).toBe('2026-12-31');
    expect(spanOf(doubtful.buckets)).toEqual([{ since: '2026-01-01', until: TODAY }]);
    const tomorrow = plan({ cursor: addDays(TODAY, 1) });
    expect(tomorrow.ignoredCursor).toBeUndefined();
    expect(spanOf(tomorrow.buckets)).toEqual([{ since: addDays(TODAY, -28), until: TODAY }]);
  });

  it('reads what a later end date adds to a bucket that was cut short', () => {
    const grid: Grid = { increment: { unit: 'day', count: 7 }, anchor: '2026-01-01' };
    const short = plan({ grid, endDay: '2026-01-10' });
    expect(short.buckets.at(-1)).toEqual({ since: '2026-01-08', until: '2026-01-10', isPartial: true });
    const done = markDone([], { since: '2026-01-01', until: '2026-01-10' }, { grid, nowDay: TODAY, lookbackDays: 28 });
    expect(plan({ grid, endDay: '2026-01-10', done }).buckets).toEqual([]);
    expect(plan({ grid, endDay: '2026-01-20', done }).buckets[0]).toEqual({
      since: '2026-01-08',
      until: '2026-01-14',
      isPartial: false,
    });
  });

  it('reads what an earlier start date adds', () => {
    const { buckets } = plan({
      startDay: '2025-12-01',
      endDay: '2026-09-01',
      done: [{ since: '2026-01-01', until: '2026-10-20' }],
    });
    expect(spanOf(buckets)).toEqual([{ since: '2025-12-01', until: '2025-12-31' }]);
  });

  it('begins with the most recent on request', () => {
    expect(plan({ order: 'recent_first' }).buckets).toEqual(plan().buckets.toReversed());
  });

  it('plans nothing where the end is before the start', () => {
    expect(plan({ startDay: '2026-05-05', endDay: '2026-05-01' }).buckets).toEqual([]);
    expect(plan({ startDay: '2027-01-01', cursor: '2026-10-10' }).buckets).toEqual([]);
  });
});

describe('takeWindow', () => {
  it.each(['oldest_first', 'recent_first'] as const)('takes neighbours as far as they fit, %s', (order) => {
    const { buckets } = plan({ order, done: [{ since: '2026-01-11', until: '2026-10-20' }] });
    const first = takeWindow(buckets, 7);
    expect(first?.buckets).toHaveLength(7);
    expect(first && countDays(first.range)).toBe(7);
    expect(first?.range).toEqual(
      order === 'oldest_first' ? { since: '2026-01-01', until: '2026-01-07' } : { since: '2026-11-15', until: TODAY },
    );
  });

  it('stops at a gap', () => {
    const { buckets } = plan({ done: [{ since: '2026-01-11', until: '2026-10-20' }] });
    expect(takeWindow(buckets, 90)?.range).toEqual({ since: '2026-01-01', until: '2026-01-10' });
  });

  it('takes one bucket however long it is, and nothing of nothing', () => {
    const { buckets } = plan({ grid: { increment: { unit: 'month' }, anchor: '2026-01-01' } });
    expect(takeWindow(buckets, 7)?.range).toEqual({ since: '2026-01-01', until: '2026-01-31' });
    expect(takeWindow([], 7)).toBeUndefined();
  });

  it('takes each bucket once, in windows that cover nothing else', () => {
    fc.assert(
      fc.property(
        grids,
        fc.integer({ min: 1, max: 100 }),
        fc.boolean(),
        fc.array(days(400), { maxLength: 5 }),
        (grid, maxDays, recent, holes) => {
          const done = mergeRanges(holes.map((day) => ({ since: day, until: addDays(day, 50) })));
          const order = recent ? 'recent_first' : 'oldest_first';
          const { buckets } = plan({ grid, startDay: FIRST_DAY, retentionFloor: FIRST_DAY, endDay: '2024-09-01', done, order });
          const taken: DayRange[] = [];
          let rest = buckets;
          for (let window = takeWindow(rest, maxDays); window !== undefined; window = takeWindow(rest, maxDays)) {
            expect(daysOf([window.range])).toEqual(daysOf(window.buckets));
            expect(window.buckets.length === 1 || countDays(window.range) <= maxDays).toBe(true);
            taken.push(...window.buckets);
            rest = window.rest;
          }
          expect(taken).toEqual(buckets);
        },
      ),
    );
  });
});

describe('a row of syncs', () => {
  interface Sync {
    /** Since the last one. */
    readonly daysLater: number;
    /** Windows read before it was killed. */
    readonly windows: number;
    readonly maxDays: number;
    readonly recentFirst: boolean;
  }
  const syncs: fc.Arbitrary<readonly Sync[]> = fc.array(
    fc.record({
      daysLater: fc.nat(45),
      windows: fc.oneof(fc.nat(6), fc.constant(1_000)),
      maxDays: fc.integer({ min: 1, max: 90 }),
      recentFirst: fc.boolean(),
    }),
    { minLength: 1, maxLength: 8 },
  );

  it('reads every bucket once it is final, none again after that, and the open ones each time', () => {
    fc.assert(
      fc.property(grids, syncs, fc.integer({ min: 0, max: 28 }), (grid, runs, lookbackDays) => {
        const startDay = '2024-01-01';
        const base = { grid, startDay, lookbackDays, retentionFloor: '2023-01-01' };
        const finalReads = new Map<Day, number>();
        const starts = new Map<Day, Day>();
        let done: readonly DayRange[] = [];
        let today = '2024-03-15';
        for (const run of [...runs, { daysLater: 0, windows: 1_000, maxDays: 30, recentFirst: false }]) {
          today = addDays(today, run.daysLater);
          const order = run.recentFirst ? 'recent_first' : 'oldest_first';
          const planned = planWindows({ ...base, today, endDay: today, done, order });
          for (const day of daysOf([{ since: addDays(today, -lookbackDays), until: today }]))
            if (day >= startDay) expect(containsRange(spanOf(planned.buckets), { since: day, until: day })).toBe(true);
          let rest = planned.buckets;
          for (let count = 0; count < run.windows; count += 1) {
            const window = takeWindow(rest, run.maxDays);
            if (window === undefined) break;
            rest = window.rest;
            for (const bucket of window.buckets) {
              for (const day of daysOf([bucket])) {
                expect(starts.get(day) ?? bucket.since).toBe(bucket.since);
                starts.set(day, bucket.since);
                if (bucket.until < addDays(today, -lookbackDays)) finalReads.set(day, (finalReads.get(day) ?? 0) + 1);
              }
            }
            done = markDone(done, window.range, { grid, nowDay: today, lookbackDays });
          }
        }
        const everyDay = daysOf([{ since: startDay, until: today }]);
        expect(everyDay.isSubsetOf(new Set(starts.keys()))).toBe(true);
        expect([...finalReads.values()].every((count) => count === 1)).toBe(true);
        expect(daysOf(done)).toEqual(new Set(finalReads.keys()));
      }),
      { numRuns: 60 },
    );
  });
});
