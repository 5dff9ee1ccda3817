import type { EmulatorOptions } from '../../src/emulator/options.ts';
import type { ScheduleCase } from './schedule-case.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const ALL_PRESETS = 20;
/** The clock's own day, the 21st of November 2026, and days before it. */
const TODAY = '2026-11-21T00:00:00Z';
const MONTH_AGO = '2026-10-22T00:00:00Z';
const YEAR_AGO = '2025-11-21T00:00:00Z';
const TWO_YEARS_AGO = '2024-11-21T00:00:00Z';
const SLOW_ACCOUNT = '101';
const FAST_ACCOUNTS = ['102', '103', '104', '105'];

/** Small accounts, of a page of rows a report. */
const SMALL: Partial<EmulatorOptions> = {
  campaignsPerAccount: 1,
  adSetsPerCampaign: 1,
  adsPerAdSet: 1,
  timeZones: ['UTC'],
  latencyMs: 100,
  maxRunningReports: 100,
};
const FEW_AT_A_TIME: Partial<EmulatorOptions> = {
  accounts: 1,
  reportDelayMs: 20 * SECOND_MS,
  reportDelaySpread: 6,
  maxRunningReports: 20,
};
const WITH_SLOW_ACCOUNT: Partial<EmulatorOptions> = {
  ...SMALL,
  accounts: [SLOW_ACCOUNT, ...FAST_ACCOUNTS],
  reportDelayMs: 30 * SECOND_MS,
  reportDelayOfAccounts: { [SLOW_ACCOUNT]: 5 * MINUTE_MS },
};

export const SCHEDULE_CASES: readonly ScheduleCase[] = [
  {
    name: 'one account, 20 presets, two years, 60 s each',
    meta: { ...SMALL, accounts: 1, reportDelayMs: MINUTE_MS },
    startDate: TWO_YEARS_AGO,
    presets: ALL_PRESETS,
  },
  {
    name: 'the same, 10 reports at a time',
    meta: { ...SMALL, accounts: 1, reportDelayMs: MINUTE_MS, maxRunningReports: 10 },
    startDate: TWO_YEARS_AGO,
    presets: ALL_PRESETS,
  },
  {
    name: 'the same, each 5 s to 10 min',
    meta: { ...SMALL, accounts: 1, reportDelayMs: 5 * SECOND_MS, reportDelaySpread: 120, maxRunningReports: 20 },
    startDate: TWO_YEARS_AGO,
    presets: ALL_PRESETS,
  },
  {
    name: '10 accounts, 20 presets, one day, 20 s each',
    meta: { ...SMALL, accounts: 10, reportDelayMs: 20 * SECOND_MS },
    startDate: TODAY,
    presets: ALL_PRESETS,
  },
  {
    name: 'a narrow quota: 250 calls an hour',
    meta: { ...SMALL, accounts: 1, reportDelayMs: 20 * SECOND_MS, callsPerHour: 250 },
    startDate: YEAR_AGO,
    presets: ALL_PRESETS,
  },
  {
    name: 'a slow account beside fast ones',
    meta: WITH_SLOW_ACCOUNT,
    startDate: MONTH_AGO,
    presets: ALL_PRESETS,
    apart: { name: 'the same, the fast ones by themselves', accounts: FAST_ACCOUNTS },
  },
  {
    name: '20 at a time, each 20 s to 2 min, every 4th report fails once',
    meta: { ...SMALL, ...FEW_AT_A_TIME, reportFailFirstEvery: 4 },
    startDate: TWO_YEARS_AGO,
    presets: ALL_PRESETS,
  },
  {
    name: 'the same, but every 50th call fails in passing',
    meta: { ...SMALL, ...FEW_AT_A_TIME, faults: { rate: 0.02, kinds: ['http_502', 'reset'] } },
    startDate: TWO_YEARS_AGO,
    presets: ALL_PRESETS,
  },
];
