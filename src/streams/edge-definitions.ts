import type { EdgeDefinition } from './edge-definition.ts';
import { activities } from './edges/activities.ts';
import { adAccount } from './edges/ad-account.ts';
import { adCreatives } from './edges/ad-creatives.ts';
import { adCreativesFromAds } from './edges/ad-creatives-from-ads.ts';
import { adSets } from './edges/ad-sets.ts';
import { ads } from './edges/ads.ts';
import { campaigns } from './edges/campaigns.ts';
import { customAudiences } from './edges/custom-audiences.ts';
import { customConversions } from './edges/custom-conversions.ts';
import { images } from './edges/images.ts';
import { videos } from './edges/videos.ts';

/** Every stream of objects, in the order in which the catalog lists them. */
export const EDGE_DEFINITIONS: readonly EdgeDefinition[] = [
  adAccount,
  campaigns,
  adSets,
  ads,
  adCreatives,
  adCreativesFromAds,
  images,
  videos,
  activities,
  customAudiences,
  customConversions,
];
