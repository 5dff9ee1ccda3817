/** One report: Meta's work on it, and the calls that no scheduler can do without. */
export interface ReportWork {
  /** How long each run of it takes; all but the last one fail, so that the next is made when it is told. Milliseconds. */
  readonly runsMs: readonly number[];
  /** Pages of rows that the last run has. */
  readonly pages: number;
}

/** What a sync has to do, account by account, and what Meta allows. */
export interface ScheduleWork {
  /** The reports of each account. */
  readonly accounts: readonly (readonly ReportWork[])[];
  /** Of each call. */
  readonly latencyMs: number;
  /** Runs that an account may have under way; absent for no bound. */
  readonly places?: number;
  /** Calls of a rolling hour for each account; absent for no bound. */
  readonly callsPerHour?: number;
}

export type Bound = 'the longest report' | 'reports at a time' | 'calls an hour';

export interface IdealMakespan {
  readonly ms: number;
  /** Of all bounds, the one that is highest. */
  readonly bound: Bound;
}

const HOUR_MS = 3_600_000;
/** The account's time zone is asked for, then the first report: the answers of two calls come before Meta works on anything. */
const CALLS_BEFORE_WORK = 2;

/**
 * A lower bound on the time of any schedule, one that knows each duration beforehand included: no schedule is faster, and where durations differ even the
 * best one may not reach it. Accounts share nothing, so it is the bound of the slowest account, and that is the highest of three:
 *
 * - The longest report: the calls before it, its runs one after another (a run that failed is made again one call later) and its pages one after another.
 * - Reports at a time: the bound of `boundOfPlaces` on the runs of all reports, then a page. A place is free at the very moment its run ends: whoever
 *   foresees the end has the next run's call under way.
 * - Calls an hour: each run is made by a call and found done by a poll, each page is a call. With `q` calls an hour, call `n` comes no sooner than
 *   `floor((n - 1) / q)` hours after the first.
 *
 * It takes no account of what a client adds for reasons of its own: polls that find a run under way, and few calls or pages at a time.
 */
export function boundMakespan(work: ScheduleWork): IdealMakespan {
  const bounds = work.accounts.flatMap((reports) => (reports.length === 0 ? [] : boundsOfAccount(reports, work)));
  return bounds.reduce((highest, bound) => (bound.ms > highest.ms ? bound : highest), { ms: 0, bound: 'the longest report' });
}

function boundsOfAccount(reports: readonly ReportWork[], work: ScheduleWork): readonly IdealMakespan[] {
  const { latencyMs, places = Number.POSITIVE_INFINITY, callsPerHour = Number.POSITIVE_INFINITY } = work;
  const beforeMs = CALLS_BEFORE_WORK * latencyMs;
  const chains = reports.map(({ runsMs, pages }) => sum(runsMs) + (runsMs.length - 1 + pages) * latencyMs);
  const runs = reports.flatMap(({ runsMs }) => runsMs);
  const fewestPages = Math.min(...reports.map(({ pages }) => pages));
  const fullHours = Math.floor((countCalls(reports) - 1) / callsPerHour);
  return [
    { bound: 'the longest report', ms: beforeMs + Math.max(...chains) },
    { bound: 'reports at a time', ms: beforeMs + boundOfPlaces(runs, places) + fewestPages * latencyMs },
    { bound: 'calls an hour', ms: beforeMs + fullHours * HOUR_MS },
  ];
}

/** The calls that reports can not be had without. */
export function countCalls(reports: readonly ReportWork[]): number {
  return sum(reports.map(({ runsMs, pages }) => 2 * runsMs.length + pages));
}

/**
 * A lower bound on the makespan of jobs on some equal places, none of them interrupted: the mean load of a place, or that of the place which must have
 * `k + 1` of the `k * places + 1` longest jobs, for any `k`, and has the shortest of them at best. Exact where all jobs are equally long.
 */
export function boundOfPlaces(jobsMs: readonly number[], places: number): number {
  const longestFirst = jobsMs.toSorted((a, b) => b - a);
  let boundMs = Math.max(longestFirst[0] ?? 0, sum(jobsMs) / places);
  for (let k = 1; k * places < longestFirst.length; k += 1) {
    const last = k * places + 1;
    boundMs = Math.max(boundMs, sum(longestFirst.slice(last - k - 1, last)));
  }
  return boundMs;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
