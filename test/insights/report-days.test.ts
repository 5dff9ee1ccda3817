import { describe, expect, it } from 'vitest';
import { ReportDays } from '../../src/insights/report-days.ts';

describe('ReportDays', () => {
  it('makes reports longer while they are small and soon done', () => {
    const days = new ReportDays();
    expect(days.current).toBe(30);
    days.succeed({ days: 30, rows: 100, durationMs: 8_000 });
    expect(days.current).toBe(60);
    days.succeed({ days: 60, rows: 100, durationMs: 8_000 });
    expect(days.current).toBe(90);
  });

  it('keeps their length where they are large or slow', () => {
    const days = new ReportDays();
    days.succeed({ days: 30, rows: 50_000, durationMs: 8_000 });
    days.succeed({ days: 30, rows: 10, durationMs: 600_000 });
    expect(days.current).toBe(30);
  });

  it('learns nothing of long reports from a short one', () => {
    const days = new ReportDays();
    days.succeed({ days: 3, rows: 10, durationMs: 1_000 });
    expect(days.current).toBe(30);
  });

  it('stays below what has failed', () => {
    const days = new ReportDays();
    days.fail(30);
    expect(days.current).toBe(15);
    for (let count = 0; count < 9; count += 1) days.succeed({ days: 15, rows: 1, durationMs: 1 });
    expect(days.current).toBe(15);
    days.fail(1);
    expect(days.current).toBe(15);
  });
});
