import type { InsightsOptions } from './insights-options.ts';
import { describeFailure, type RunError } from './report-failures.ts';
import type { ReportRun } from './report-run.ts';

export type AsyncStatus = 'Job Not Started' | 'Job Started' | 'Job Running' | 'Job Completed' | 'Job Failed' | 'Job Skipped';

export interface ReportStatus {
  readonly status: AsyncStatus;
  readonly percent: number;
  readonly error?: RunError;
}

/** A run that stalls takes up capacity for as long as Meta would work on one. */
const STALLED_WORK_MS = 3_600_000;

/** How a run stands at an instant; a function of the run and the clock alone. */
export function readStatus(run: ReportRun, options: InsightsOptions, nowMs: number): ReportStatus {
  const { fate, createdMs, finishedMs } = run;
  if (isExpired(run, options, nowMs)) return { status: 'Job Skipped', percent: 0 };
  const share = nowMs >= finishedMs ? 1 : (nowMs - createdMs) / (finishedMs - createdMs);
  if (fate.type === 'stalls') return describeProgress(Math.min(fate.percent / 100, share));
  if (share < 1) return describeProgress(share);
  if (fate.type === 'is_skipped') return { status: 'Job Skipped', percent: 0 };
  if (fate.type === 'fails') return { status: 'Job Failed', percent: 0, error: describeFailure(fate.failure) };
  if (nowMs < finishedMs + options.reportLingerMs) return { status: 'Job Running', percent: 100 };
  return { status: 'Job Completed', percent: 100 };
}

function describeProgress(share: number): ReportStatus {
  const percent = Math.min(99, Math.floor(share * 100));
  if (percent === 0) return { status: share === 0 ? 'Job Not Started' : 'Job Started', percent };
  return { status: 'Job Running', percent };
}

export function isExpired({ createdMs }: ReportRun, { reportExpiryMs }: InsightsOptions, nowMs: number): boolean {
  return nowMs >= createdMs + reportExpiryMs;
}

/** Whether Meta still works on it. */
export function isUnderWay({ fate, createdMs, finishedMs }: ReportRun, nowMs: number): boolean {
  return nowMs < (fate.type === 'stalls' ? createdMs + STALLED_WORK_MS : finishedMs);
}
