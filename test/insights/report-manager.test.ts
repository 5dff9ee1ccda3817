import { describe, expect, it } from 'vitest';
import { createEmulator } from '../../src/emulator/emulator.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { openReader } from '../support/read-streams.ts';

describe('ReportManager', () => {
  it('has as many reports under way as Meta grants, each until it has ended, and is refused none', async () => {
    const clock = new FakeClock({ auto: true });
    const emulator = createEmulator(
      { accounts: 1, campaignsPerAccount: 1, adSetsPerCampaign: 1, maxRunningReports: 3, reportDelayMs: 60_000, latencyMs: 100 },
      clock,
    );
    const reader = await openReader(emulator, { clock, config: { start_date: '2026-01-01T00:00:00Z' } });
    await reader.read('ads_insights');
    expect(emulator.counters.errors).toEqual({});
    const runs = emulator.reports.list();
    const together = runs.map(
      ({ createdMs }) => runs.filter((run) => run.createdMs <= createdMs && createdMs < run.finishedMs).length,
    );
    expect(Math.max(...together)).toBe(3);
  });
});
