import type { EmulatorOptions } from '../../src/emulator/options.ts';

/** The clock of the world stands here, so that the expected records stay as they are. Meta keeps reports of these days until the end of 2029. */
export const WORLD_NOW_MS = Date.UTC(2026, 10, 21, 12);

export const ACCEPTANCE_WORLD: Partial<EmulatorOptions> = {
  accounts: ['101000000000001', '101000000001002'],
  campaignsPerAccount: 3,
  adSetsPerCampaign: 2,
  adsPerAdSet: 2,
  imagesPerAccount: 8,
  videosPerAccount: 6,
  activitiesPerAccount: 40,
  // Everything happened in the days before the end of the config's dates, or after.
  historyDays: 10,
};
