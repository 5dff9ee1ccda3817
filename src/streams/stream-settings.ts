export type StatusSetting = 'campaign_statuses' | 'adset_statuses' | 'ad_statuses';

/** What the streams need to know of the config, in its final form. */
export interface StreamSettings {
  /** Digits, without `act_`; in the config's order. */
  readonly accountIds: readonly string[];
  /** The account that a state of the time before several accounts belongs to. */
  readonly legacyAccountId?: string;
  /** Epoch milliseconds; absent where all of the past is wanted. */
  readonly startMs?: number;
  /** Epoch milliseconds; absent where nothing ends. */
  readonly endMs?: number;
  /** Empty for what Meta shows without a filter. */
  readonly statuses: Readonly<Record<StatusSetting, readonly string[]>>;
  /** The first page's size; below 100 also the largest. */
  readonly pageSize: number;
  readonly fetchThumbnailImages: boolean;
}
