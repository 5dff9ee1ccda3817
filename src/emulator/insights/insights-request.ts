import type { Item } from '../world/kind.ts';
import type { DayNumber } from './calendar.ts';

export type InsightsLevel = 'account' | 'campaign' | 'adset' | 'ad';

/** The days of one row. */
export interface Bucket {
  readonly since: DayNumber;
  readonly until: DayNumber;
}

/** What a report or a synchronous call asks for, once understood. */
export interface InsightsRequest {
  /** The object whose `/insights` was called. */
  readonly node: Item;
  readonly level: InsightsLevel;
  readonly fields: readonly string[];
  readonly breakdowns: readonly string[];
  readonly actionBreakdowns: readonly string[];
  /** Attribution windows asked for by name. */
  readonly windows: readonly string[];
  readonly buckets: readonly Bucket[];
  /** JSON as it came; absent for no conditions. */
  readonly filtering: string | undefined;
}

/** From the coarsest to the finest; each is also a kind of object in the world. */
export const insightsLevels: readonly InsightsLevel[] = ['account', 'campaign', 'adset', 'ad'];
