import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextPollDelayMs } from '../../src/insights/job-pace.ts';

const fresh = (ageMs: number, percent: number) => nextPollDelayMs({ ageMs, percent, sincePercentChangedMs: 0, usedPercent: 0 });

describe('nextPollDelayMs', () => {
  it('asks each second at first and each half minute in the end', () => {
    expect(fresh(0, 0)).toBe(1_000);
    expect(fresh(20_000, 0)).toBe(4_000);
    expect(fresh(3_600_000, 0)).toBe(30_000);
  });

  it('asks sooner as the end comes near', () => {
    expect(fresh(120_000, 95)).toBeLessThan(fresh(120_000, 50));
    expect(fresh(120_000, 100)).toBe(1_000);
  });

  it('asks less often where nothing moves, however near the end is', () => {
    expect(nextPollDelayMs({ ageMs: 600_000, percent: 100, sincePercentChangedMs: 300_000, usedPercent: 0 })).toBe(30_000);
  });

  it('asks less often the more of the calls is used', () => {
    const delays = [0, 5, 10, 20, 25, 100].map((usedPercent) =>
      nextPollDelayMs({ ageMs: 0, percent: 0, sincePercentChangedMs: 0, usedPercent }),
    );
    expect(delays).toEqual([1_000, 1_000, 7_500, 22_500, 30_000, 30_000]);
  });

  it('stays between 1 and 30 seconds, and never shortens with age alone', () => {
    fc.assert(
      fc.property(
        fc.nat(7_200_000),
        fc.nat(7_200_000),
        fc.integer({ min: 0, max: 100 }),
        fc.nat(7_200_000),
        fc.nat(200),
        (a, b, percent, still, used) => {
          const [younger, older] = [a, b].sort((x, y) => x - y) as [number, number];
          const delays = [younger, older].map((ageMs) =>
            nextPollDelayMs({ ageMs, percent, sincePercentChangedMs: still, usedPercent: used }),
          );
          expect(delays.every((delay) => delay >= 1_000 && delay <= 30_000)).toBe(true);
          expect(delays[0]).toBeLessThanOrEqual(delays[1] as number);
        },
      ),
    );
  });
});
