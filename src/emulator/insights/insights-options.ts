import type { BreakdownPolicy } from './breakdown-rules.ts';
import type { ReportFailure } from './report-failures.ts';

/** Part of a report that Meta's side can not compute; what is absent matches everything. */
export interface PoisonCell {
  readonly adId?: string;
  /** `YYYY-MM-DD`, a day of the ad account. */
  readonly day?: string;
  readonly field?: string;
  readonly breakdown?: string;
  readonly window?: string;
  readonly level?: string;
}

/** What a completed report answers while its rows can not be read: 2601/1815107, 100/33 or 100 with "Cannot include …". */
export type UnreadableError = '2601' | '33' | 'summary';

/** How insights and report runs behave. "Every nth" counts from 1 over all runs; 0 is never. */
export interface InsightsOptions {
  /** From creation to completion of a report, on the emulator's clock. */
  readonly reportDelayMs: number;
  /** The same for some accounts, by their digits. */
  readonly reportDelayOfAccounts: Readonly<Record<string, number>>;
  /** Reports take up to so many times as long, each request always the same, the short ones as often as the long; 1 for all alike. */
  readonly reportDelaySpread: number;
  /** Added for each row of the report. */
  readonly reportRowDelayMs: number;
  /** Every nth run stays at 0 % for ever. */
  readonly reportStallAtZeroEvery: number;
  /** Every nth run stays at 37 % for ever. */
  readonly reportStallAt37Every: number;
  /** How long a finished run still says `Job Running` at 100 %. */
  readonly reportLingerMs: number;
  /** This many reads of a completed run's rows fail before they succeed. */
  readonly reportUnreadableReads: number;
  /** How they fail. */
  readonly reportUnreadableError: UnreadableError;
  /** Every nth poll lacks `async_status`. */
  readonly reportStatusMissingEvery: number;
  /** Every nth different request fails when made for the first time, and then passes. */
  readonly reportFailFirstEvery: number;
  /** How it fails. */
  readonly reportFailFirstFailure: ReportFailure;
  /** Every nth run ends as `Job Skipped`. */
  readonly reportSkippedEvery: number;
  /** Reports of more rows fail; 0 for no bound. */
  readonly maxReportRows: number;
  /** Reports of more rows times fields fail; 0 for no bound. */
  readonly maxReportRowsFields: number;
  /** How too large reports fail; `100/1487534` already refuses to create them. */
  readonly maxReportRowsFailure: ReportFailure;
  /** Every report that contains one of these cells fails. */
  readonly poisonCells: readonly PoisonCell[];
  /** About every nth day of an ad with delivery can not be computed in one field, always the same one of `poisonableFields`; 0 for none. */
  readonly poisonCellEvery: number;
  /** How reports with a poisoned cell fail. */
  readonly poisonCellFailure: ReportFailure;
  /** With this many runs of one account under way, another one answers 4/1504022; 0 for no bound. */
  readonly maxRunningReports: number;
  /** The same for all accounts together. */
  readonly maxRunningReportsOfApp: number;
  /** Age at which a run becomes `Job Skipped` and its rows are gone. */
  readonly reportExpiryMs: number;
  /** The rows of every nth run break off with 100/33. */
  readonly reportBreakEvery: number;
  /** The first page, counted from 1, that such a run does not give. */
  readonly reportBreakPage: number;
  /** `report_run_id` is a bare JSON number, beyond 2^53. */
  readonly bareReportRunIds: boolean;
  /** Combinations of breakdowns outside Meta's table answer 2/1504041, or are computed. */
  readonly breakdownPolicy: BreakdownPolicy;
  /** About every nth group of rows has one that lacks the key of its last breakdown; 0 for none. */
  readonly missingBreakdownEvery: number;
  /** A day's numbers change until it is this old; 0 for numbers that are final as soon as the day is over. */
  readonly attributionDays: number;
  /** Synchronous insights of more rows answer 100/1504018; 0 for no bound. */
  readonly maxSyncInsightsRows: number;
}

export const defaultInsightsOptions: InsightsOptions = {
  reportDelayMs: 0,
  reportDelayOfAccounts: {},
  reportDelaySpread: 1,
  reportRowDelayMs: 0,
  reportStallAtZeroEvery: 0,
  reportStallAt37Every: 0,
  reportLingerMs: 0,
  reportUnreadableReads: 0,
  reportUnreadableError: '2601',
  reportStatusMissingEvery: 0,
  reportFailFirstEvery: 0,
  reportFailFirstFailure: '-2/2490547',
  reportSkippedEvery: 0,
  maxReportRows: 0,
  maxReportRowsFields: 0,
  maxReportRowsFailure: '-3/1504045',
  poisonCells: [],
  poisonCellEvery: 0,
  poisonCellFailure: '2/1504044',
  maxRunningReports: 0,
  maxRunningReportsOfApp: 0,
  reportExpiryMs: 30 * 86_400_000,
  reportBreakEvery: 0,
  reportBreakPage: 2,
  bareReportRunIds: false,
  breakdownPolicy: 'documented',
  missingBreakdownEvery: 0,
  attributionDays: 28,
  maxSyncInsightsRows: 0,
};
