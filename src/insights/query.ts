/** `YYYY-MM-DD`, a day of the ad account's calendar. */
export type Day = string;

export interface DayRange {
  /** The first day. */
  readonly since: Day;
  /** The last day, inclusive, as Meta's `time_range` has it. */
  readonly until: Day;
}

export type InsightsLevel = 'account' | 'campaign' | 'adset' | 'ad';
/** What a report can be narrowed to, from the widest to the narrowest. */
export type Entity = 'campaign' | 'adset' | 'ad';

/** How days are gathered into rows. */
export type Increment =
  | { readonly unit: 'day'; readonly count: number }
  | { readonly unit: 'week' }
  | { readonly unit: 'month' }
  | { readonly unit: 'all_days' };

export interface InsightsFilter {
  readonly field: string;
  readonly operator: string;
  readonly value: unknown;
}

/** What one stream asks for, the same for every account and window. Field, breakdown and window names are Meta's. */
export interface InsightsQuery {
  readonly level: InsightsLevel;
  /** What rows are told apart by, beside the breakdowns and the day: `account_id`, `ad_id`. Asked for with every part of the fields. */
  readonly keyFields: readonly string[];
  /** Everything else that is asked for; no breakdown is among them. */
  readonly fields: readonly string[];
  readonly breakdowns: readonly string[];
  readonly actionBreakdowns: readonly string[];
  /** Empty for Meta's default. */
  readonly actionAttributionWindows: readonly string[];
  readonly useAccountAttributionSetting: boolean;
  readonly increment: Increment;
  /** The user's own conditions and the one on statuses. */
  readonly filtering: readonly InsightsFilter[];
}

export type Scope =
  /** All that the account has. */
  | { readonly type: 'account' }
  /** These objects only, by a filter `<entity>.id IN [ids]`. */
  | { readonly type: 'entities'; readonly entity: Entity; readonly ids: readonly string[] };

/** A part of a query's answer: what one report is asked for. */
export interface InsightsSlice {
  readonly query: InsightsQuery;
  /** Digits, without `act_`. */
  readonly accountId: string;
  /** Whole buckets of the query's increment, but for a last one clamped to the end. */
  readonly range: DayRange;
  readonly scope: Scope;
  /** The part of `query.fields` asked for. */
  readonly fields: readonly string[];
}
