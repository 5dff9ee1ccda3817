import { type AudiencesOptions, defaultAudiencesOptions } from './audiences/audiences-options.ts';
import type { FaultOptions } from './faults/fault-injector.ts';
import { defaultInsightsOptions, type InsightsOptions } from './insights/insights-options.ts';
import type { PageStyle } from './paging/page.ts';
import type { UsageHeaders } from './quota/usage-lies.ts';
import type { TokenSpec } from './token-spec.ts';
import { defaultWorldOptions, type WorldOptions } from './world/world-options.ts';

/** Why an account cannot be read: `200` and `190` as permission errors, `33` as an object that is not there. */
export type Denial = '200' | '33' | '190';

/** Every knob of the emulator. The command line has the same names in kebab-case. */
export interface EmulatorOptions extends WorldOptions, InsightsOptions, AudiencesOptions {
  /** Versions that answer. */
  readonly liveVersions: readonly string[];
  /** A retired version answers 2635, or as if it were the newest one. */
  readonly deadVersionPolicy: 'error' | 'upgrade';
  /** A path without a version answers 2635, or as the newest one. */
  readonly unversionedPolicy: 'error' | 'latest';
  readonly appId: string;
  readonly appSecret: string;
  /** Refuse calls without `appsecret_proof`. A wrong one is refused always. */
  readonly requireAppsecretProof: boolean;
  /** The access tokens there are; any other is invalid. */
  readonly tokens: Readonly<Record<string, TokenSpec>>;
  /** HTTP status of errors 190 and 102. */
  readonly authErrorStatus: 400 | 401;
  /** Accounts that refuse every call, by their digits. */
  readonly deniedAccounts: Readonly<Record<string, Denial>>;
  /** Accounts whose field `owner` fails the call: 403, code 200. */
  readonly ownerDeniedAccounts: readonly string[];
  /** Accounts whose field `funding_source_details` fails the call: 400, code 100. */
  readonly fundingSourceDeniedAccounts: readonly string[];

  readonly pageStyle: PageStyle;
  readonly defaultLimit: number;
  /** A larger `limit` is taken down to this. */
  readonly maximumLimit: number;
  /** Answer 1815001 to `effective_status=["DELETED"]`. */
  readonly rejectDeletedStatus: boolean;
  /** Fields the API no longer knows: `ad.bid_type`, or `bid_type` for every kind. */
  readonly removedFields: readonly string[];
  /** Fields that answer HTTP 500 when asked for, written like `removedFields`. */
  readonly failingFields: readonly string[];
  /** Ids of objects that fail every page they are on with 100/2446289, unless only `id` is asked for. */
  readonly poisonedObjects: readonly string[];
  /** Every nth creative is poisoned as well; 0 for none. */
  readonly poisonEvery: number;
  /** When not empty, poison acts only where one of these fields is asked for. */
  readonly poisonedFields: readonly string[];
  /** Larger answers become "Please reduce the amount of data"; 0 for no bound. */
  readonly maxPageBytes: number;
  /** Longer pages become 100/1487534; 0 for no bound. */
  readonly maxRowsPerCall: number;

  readonly tier: 'development_access' | 'standard_access';
  /** Calls in a rolling hour for each account and use case; 0 for the tier's formula. */
  readonly callsPerHour: number;
  /** The same for single accounts, by their digits. */
  readonly callsPerHourOfAccounts: Readonly<Record<string, number>>;
  /** Calls in a rolling hour for the whole app; 0 for no bound. */
  readonly appCallsPerHour: number;
  /** Minutes an exceeded quota blocks for, after which the hour begins anew; 0 to wait until enough calls are an hour old. */
  readonly blockMinutes: number;
  /** What an exceeded quota answers; `business_use_case` is 80000, 80003 or 80004. */
  readonly quotaError: 'business_use_case' | '17' | '4' | '613';
  /** Score of reads (1) and writes (3) an account may collect within 300 s, after which 17/2446079 blocks it; 0 for no bound. */
  readonly burstScoreLimit: number;
  /** Seconds that block lasts. */
  readonly burstBlockSeconds: number;
  /** Usage headers are sent from this percentage on. */
  readonly usageThresholdPct: number;
  /** What usage headers say; `usageLies` tells how each but `honest` departs from the truth. */
  readonly usageHeaders: UsageHeaders;
  /** Every operation is kept in `calls`. */
  readonly keepCalls: boolean;

  /** Every nth part of batches comes back as `null`; 0 for none. */
  readonly batchNullEvery: number;
  /** Every nth part of batches is aborted with code 960; 0 for none. */
  readonly batchAbortEvery: number;
  /** Every nth part of batches has no `headers`; 0 for none. */
  readonly batchHeaderlessEvery: number;

  readonly faults: FaultOptions;
  /** Time each HTTP call takes, on the emulator's clock. */
  readonly latencyMs: number;
  /** How long the second half of a `slow_body` waits, on the emulator's clock. */
  readonly slowBodyMs: number;
}

export const DEFAULT_TOKEN = 'EAABemulatorToken';

export const defaultOptions: EmulatorOptions = {
  ...defaultWorldOptions,
  ...defaultInsightsOptions,
  ...defaultAudiencesOptions,
  liveVersions: ['v25.0', 'v26.0'],
  deadVersionPolicy: 'error',
  unversionedPolicy: 'error',
  appId: '119211728144504',
  appSecret: 'emulator-app-secret',
  requireAppsecretProof: false,
  tokens: { [DEFAULT_TOKEN]: {} },
  authErrorStatus: 400,
  deniedAccounts: {},
  ownerDeniedAccounts: [],
  fundingSourceDeniedAccounts: [],
  pageStyle: 'plain',
  defaultLimit: 25,
  maximumLimit: 5_000,
  rejectDeletedStatus: false,
  removedFields: [],
  failingFields: [],
  poisonedObjects: [],
  poisonEvery: 0,
  poisonedFields: [],
  maxPageBytes: 0,
  maxRowsPerCall: 0,
  tier: 'standard_access',
  callsPerHour: 0,
  callsPerHourOfAccounts: {},
  appCallsPerHour: 0,
  blockMinutes: 0,
  quotaError: 'business_use_case',
  burstScoreLimit: 0,
  burstBlockSeconds: 60,
  usageThresholdPct: 1,
  usageHeaders: 'honest',
  keepCalls: false,
  batchNullEvery: 0,
  batchAbortEvery: 0,
  batchHeaderlessEvery: 0,
  faults: {},
  latencyMs: 0,
  slowBodyMs: 120_000,
};
