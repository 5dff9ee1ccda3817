import type { ReportRun } from '../../src/emulator/insights/report-run.ts';
import type { EmulatorOptions } from '../../src/emulator/options.ts';
import type { ReportWork, ScheduleWork } from './ideal-makespan.ts';

/**
 * What a sync's reports needed, from the runs that the emulator made for it: each request once, with the runs that Meta's side let fail. A further run of a
 * request that had not failed is the scheduler's own doing, and left out.
 */
export function findNeededWork(runs: readonly ReportRun[], options: EmulatorOptions): ScheduleWork {
  const { latencyMs, maxRunningReports, callsPerHour } = options;
  const accounts = [...Map.groupBy(runs, ({ slot }) => slot).values()];
  return {
    accounts: accounts.map((each) => [...Map.groupBy(each, ({ fingerprint }) => fingerprint).values()].map(describeReport)),
    latencyMs,
    ...(maxRunningReports > 0 ? { places: maxRunningReports } : {}),
    ...(callsPerHour > 0 ? { callsPerHour } : {}),
  };
}

function describeReport(runs: readonly ReportRun[]): ReportWork {
  const completed = runs.findIndex(({ fate }) => fate.type === 'completes');
  const needed = runs.slice(0, completed < 0 ? runs.length : completed + 1);
  return {
    runsMs: needed.map(({ createdMs, finishedMs }) => finishedMs - createdMs),
    pages: needed.at(-1)?.pagesGiven ?? 0,
  };
}
