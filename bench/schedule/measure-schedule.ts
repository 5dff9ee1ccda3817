import { createEmulator, type Emulator } from '../../src/emulator/emulator.ts';
import type { ReportRun } from '../../src/emulator/insights/report-run.ts';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { type Bound, boundMakespan } from './ideal-makespan.ts';
import { findNeededWork } from './needed-work.ts';
import { runSync } from './run-sync.ts';
import type { ScheduleCase } from './schedule-case.ts';
import { SCHEDULE_CASES } from './schedule-cases.ts';

export interface ScheduleRow {
  readonly name: string;
  /** No schedule of the same reports takes less; see `boundMakespan`. */
  readonly idealSeconds: number;
  /** From the start of the sync until its last rows. */
  readonly ourSeconds: number;
  /** Ours in parts of the ideal. */
  readonly ratio: number;
  /** HTTP requests of the whole sync. */
  readonly calls: number;
  readonly reports: number;
  /** What keeps the ideal from being faster. */
  readonly bound: Bound;
}

/** Runs every case on a clock of its own that jumps over the waits; side by side, since most of the time goes by in looking whether all is quiet. */
export async function measureSchedules(cases: readonly ScheduleCase[] = SCHEDULE_CASES): Promise<readonly ScheduleRow[]> {
  return (await Promise.all(cases.map(measureSchedule))).flat();
}

async function measureSchedule(of: ScheduleCase): Promise<readonly ScheduleRow[]> {
  const clock = new FakeClock({ auto: true });
  const emulator = createEmulator(of.meta, clock);
  const startMs = clock.now();
  await runSync(of, emulator, clock);
  const runs = emulator.reports.list();
  const whole = judge(of.name, runs, { emulator, startMs });
  if (of.apart === undefined) return [whole];
  const slots = of.apart.accounts.map((id) => emulator.truth.accounts().indexOf(id));
  return [
    whole,
    judge(
      of.apart.name,
      runs.filter(({ slot }) => slots.includes(slot)),
      { emulator, startMs },
    ),
  ];
}

function judge(
  name: string,
  runs: readonly ReportRun[],
  { emulator, startMs }: { readonly emulator: Emulator; readonly startMs: number },
): ScheduleRow {
  const ideal = boundMakespan(findNeededWork(runs, emulator.options));
  const ourMs = Math.max(...runs.map(({ rowsGivenMs }) => rowsGivenMs ?? startMs)) - startMs;
  return {
    name,
    idealSeconds: ideal.ms / 1_000,
    ourSeconds: ourMs / 1_000,
    ratio: ourMs / ideal.ms,
    calls: emulator.counters.calls,
    reports: runs.length,
    bound: ideal.bound,
  };
}
