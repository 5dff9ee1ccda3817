import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundMakespan, boundOfPlaces, type ReportWork } from '../../bench/schedule/ideal-makespan.ts';

const HOUR_MS = 3_600_000;
const alike = (count: number, ms: number): ReportWork[] => Array.from({ length: count }, () => ({ runsMs: [ms], pages: 1 }));

describe('boundOfPlaces', () => {
  it('is exact for equal jobs: so many rounds', () => {
    expect(boundOfPlaces([60, 60, 60, 60, 60], 2)).toBe(180);
    expect(boundOfPlaces([60, 60], 5)).toBe(60);
    expect(boundOfPlaces([], 3)).toBe(0);
  });

  it('sees that two of the longest must share a place', () => {
    expect(boundOfPlaces([8, 7, 6], 2)).toBe(13);
  });

  it('is the longest job where there is no bound on places', () => {
    expect(boundOfPlaces([5, 9, 1], Number.POSITIVE_INFINITY)).toBe(9);
  });

  it('is never above the best schedule, nor below half of what giving the longest first reaches', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 7 }),
        fc.integer({ min: 1, max: 3 }),
        (jobs, places) => {
          const boundMs = boundOfPlaces(jobs, places);
          expect(boundMs).toBeLessThanOrEqual(findOptimum(jobs, new Array<number>(places).fill(0)));
          expect(boundMs * 2).toBeGreaterThanOrEqual(longestFirst(jobs, places));
        },
      ),
    );
  });
});

describe('boundMakespan', () => {
  it('counts the calls before the work and after it', () => {
    expect(boundMakespan({ accounts: [alike(3, 20_000)], latencyMs: 100 })).toEqual({ ms: 20_300, bound: 'the longest report' });
  });

  it('makes a report again when it has failed', () => {
    const accounts = [[{ runsMs: [20_000, 20_000], pages: 2 }]];
    expect(boundMakespan({ accounts, latencyMs: 100 })).toEqual({ ms: 40_500, bound: 'the longest report' });
  });

  it('goes by the slowest account alone', () => {
    const accounts = [alike(50, 1_000), alike(4, 60_000)];
    expect(boundMakespan({ accounts, latencyMs: 0, places: 2 })).toEqual({ ms: 120_000, bound: 'reports at a time' });
  });

  it('waits an hour each time that the calls are used up', () => {
    const work = { accounts: [alike(100, 1_000)], latencyMs: 0 };
    expect(boundMakespan({ ...work, callsPerHour: 300 })).toEqual({ ms: 1_000, bound: 'the longest report' });
    expect(boundMakespan({ ...work, callsPerHour: 299 })).toEqual({ ms: HOUR_MS, bound: 'calls an hour' });
    expect(boundMakespan({ ...work, callsPerHour: 100 })).toEqual({ ms: 2 * HOUR_MS, bound: 'calls an hour' });
  });

  it('is nothing where there is nothing to do', () => {
    expect(boundMakespan({ accounts: [], latencyMs: 100 }).ms).toBe(0);
  });
});

/** By trying every place for every job. */
function findOptimum(jobs: readonly number[], loads: readonly number[]): number {
  const [job, ...rest] = jobs;
  if (job === undefined) return Math.max(...loads);
  return Math.min(
    ...loads.map((_, place) =>
      findOptimum(
        rest,
        loads.map((load, index) => (index === place ? load + job : load)),
      ),
    ),
  );
}

function longestFirst(jobs: readonly number[], places: number): number {
  const loads = new Array<number>(places).fill(0);
  for (const job of jobs.toSorted((a, b) => b - a)) {
    const place = loads.indexOf(Math.min(...loads));
    loads[place] = (loads[place] ?? 0) + job;
  }
  return Math.max(...loads);
}
