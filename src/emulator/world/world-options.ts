/** What the world consists of. Objects are computed on demand, so the numbers may be large. */
export interface WorldOptions {
  /** Equal seeds give equal worlds. */
  readonly seed: number;
  /** Number of ad accounts, or their ids (digits). */
  readonly accounts: number | readonly string[];
  readonly campaignsPerAccount: number;
  readonly adSetsPerCampaign: number;
  readonly adsPerAdSet: number;
  /** Creatives for each ad; below 1, some ads share one. */
  readonly creativesPerAd: number;
  readonly imagesPerAccount: number;
  readonly videosPerAccount: number;
  readonly activitiesPerAccount: number;
  readonly audiencesPerAccount: number;
  readonly conversionsPerAccount: number;
  /** Days before the clock's start over which creations and updates are spread. */
  readonly historyDays: number;
  /** IANA zones, given to the accounts in turn. */
  readonly timeZones: readonly string[];
  /** ISO 4217 codes, given to the accounts in turn. */
  readonly currencies: readonly string[];
  /** Accounts with `account_status` 2; they can still be read. */
  readonly disabledAccounts: readonly string[];
  /** Every nth ad, ad set, campaign, creative and video is a giant of `giantBytes`; 0 for none. */
  readonly giantEvery: number;
  readonly giantBytes: number;
}

export const defaultWorldOptions: WorldOptions = {
  seed: 1,
  accounts: 2,
  campaignsPerAccount: 5,
  adSetsPerCampaign: 3,
  adsPerAdSet: 4,
  creativesPerAd: 0.8,
  imagesPerAccount: 30,
  videosPerAccount: 12,
  activitiesPerAccount: 200,
  audiencesPerAccount: 8,
  conversionsPerAccount: 6,
  historyDays: 365,
  timeZones: ['America/Los_Angeles', 'Europe/Berlin', 'Asia/Kolkata', 'Pacific/Auckland'],
  currencies: ['USD', 'EUR', 'INR', 'JPY'],
  disabledAccounts: [],
  giantEvery: 0,
  giantBytes: 1_000_000,
};
