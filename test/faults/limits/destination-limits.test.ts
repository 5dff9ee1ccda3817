import { describe, expect, it } from 'vitest';
import { createEmulator } from '../../../src/emulator/emulator.ts';
import { type UsageHeaders, usageLies } from '../../../src/emulator/quota/usage-lies.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { emailIds, memberIds, people } from '../../support/people.ts';
import { accountOf, complete, record, state, write } from '../../support/write-records.ts';
import { listBlockedCalls, reportHour } from './judge-calls.ts';

const BATCH_ROWS = 10;
/** Headers that name times beyond the hour that the destination waits for limits: it gives up, and tells. */
const LONG: readonly UsageHeaders[] = ['long_waits', 'full_and_blocked'];
/** Of the stream, and of the run. */
const GIVEN_UP = ['transient_error', 'transient_error'];

/** Uploads of ten people each, with a state after each. */
async function writeUnderQuota(
  uploads: number,
  options: { readonly callsPerHour: number; readonly blockMinutes?: number; readonly usageHeaders?: UsageHeaders },
) {
  const clock = new FakeClock({ auto: true });
  const emulator = createEmulator({ keepCalls: true, ...options }, clock);
  const startedAtMs = clock.now();
  const lines = people(uploads * BATCH_ROWS).flatMap((row, at) => [
    record(row),
    ...(at % BATCH_ROWS === BATCH_ROWS - 1 ? [state((at + 1) / BATCH_ROWS)] : []),
  ]);
  const result = await write(emulator, [...lines, complete()], { clock, config: { batch_rows: BATCH_ROWS } });
  const report = reportHour(emulator.calls, accountOf(emulator), 'custom_audience');
  return { emulator, result, report, hours: (clock.now() - startedAtMs) / 3_600_000 };
}

describe('a virtual hour under the quota of custom audiences', () => {
  it('uses it up, with no call while it is blocked, and then waits in vain for an hour at most', async () => {
    const quota = 100;
    const { emulator, result, report } = await writeUnderQuota(250, { callsPerHour: quota });
    process.stdout.write(
      `  uploads: ${report.passed} calls in the first hour of ${quota} allowed, ${report.refused} refused, ${result.states.length} of 250 states\n`,
    );
    expect(report.passed).toBeGreaterThanOrEqual(0.9 * quota);
    expect(report.passed).toBeLessThanOrEqual(quota);
    expect(listBlockedCalls(emulator.calls, 0)).toEqual([]);
    // What was acknowledged is there, and what is missing was told.
    const rows = result.states.length * BATCH_ROWS;
    expect(memberIds(emulator)).toEqual(expect.arrayContaining(emailIds(rows)));
    if (rows < 250 * BATCH_ROWS) expect(result.errors[0]).toMatchObject({ failure_type: 'transient_error', stream: 'people' });
    expect(result.exitCode).toBe(rows < 250 * BATCH_ROWS ? 1 : 0);
  });

  it('goes on after short blocks until all is delivered', async () => {
    const { emulator, result, report, hours } = await writeUnderQuota(250, { callsPerHour: 100, blockMinutes: 10 });
    process.stdout.write(`  uploads, blocks of 10 min: 250 in ${(60 * hours).toFixed(0)} min, ${report.refused} refused\n`);
    expect(result.errors).toEqual([]);
    expect(memberIds(emulator)).toEqual(emailIds(250 * BATCH_ROWS));
    expect(listBlockedCalls(emulator.calls, 0)).toEqual([]);
  });

  it.each([...Object.keys(usageLies), 'missing'] as UsageHeaders[])(
    'delivers what it acknowledges, and everything within the hour, with headers that are %s',
    async (usageHeaders) => {
      const { emulator, result, report, hours } = await writeUnderQuota(60, { callsPerHour: 40, blockMinutes: 5, usageHeaders });
      process.stdout.write(
        `  headers ${usageHeaders}, 40 calls, blocks of 5 min: 60 uploads in ${(60 * hours).toFixed(0)} min, ${report.refused} refused\n`,
      );
      expect(result.errors.map(({ failure_type: type }) => type)).toEqual(LONG.includes(usageHeaders) ? GIVEN_UP : []);
      if (LONG.includes(usageHeaders)) expect(result.states.length).toBeLessThan(60);
      else expect(memberIds(emulator)).toEqual(emailIds(60 * BATCH_ROWS));
      expect(memberIds(emulator)).toEqual(expect.arrayContaining(emailIds(result.states.length * BATCH_ROWS)));
      expect(report.refused).toBeLessThan(30);
    },
  );
});
