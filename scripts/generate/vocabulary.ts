import {
  Ad,
  AdAccount,
  AdActivity,
  AdCreative,
  AdImage,
  AdSet,
  AdsInsights,
  AdVideo,
  Campaign,
  CustomAudience,
  CustomConversion,
} from 'facebook-nodejs-business-sdk';
import { GRAPH_V25_CHANGES } from './graph-v25-changes.ts';

type Names = Readonly<Record<string, string>>;

/** Listed by Meta, yet not offered: Airbyte's own connector had to drop them too, in its releases 3.1.0 and 3.3.6. */
const DROPPED_INSIGHTS_FIELDS = ['adset_start', 'conversion_lead_rate', 'cost_per_conversion_lead'];

/** `dma` answers #100 since 2026-06-22; `comscore_market` took its place. */
const WITHDRAWN_BREAKDOWNS = ['dma'];

/** Works, though no SDK lists it. */
const UNLISTED_BREAKDOWNS = ['user_segment_key'];

/** The first two are accepted and answer nothing since 2026-01-12; `custom` needs settings that are not documented. */
const DEAD_ATTRIBUTION_WINDOWS = ['28d_view', '7d_view', 'custom'];

export type ListName = keyof typeof VOCABULARY;

/** Meta's names as of Graph v25.0, each list sorted. */
export const VOCABULARY = {
  campaignStatuses: namesOf(Campaign.EffectiveStatus),
  adSetStatuses: namesOf(AdSet.EffectiveStatus),
  adStatuses: namesOf(Ad.EffectiveStatus),
  insightsLevels: namesOf(AdsInsights.Level),
  insightsFields: without(ofV25(AdsInsights.Fields, 'insightsFields'), DROPPED_INSIGHTS_FIELDS),
  breakdowns: without(ofV25(AdsInsights.Breakdowns, 'breakdowns'), WITHDRAWN_BREAKDOWNS).concat(UNLISTED_BREAKDOWNS).sort(),
  actionBreakdowns: ofV25(AdsInsights.ActionBreakdowns, 'actionBreakdowns'),
  attributionWindows: without(ofV25(AdsInsights.ActionAttributionWindows, 'attributionWindows'), DEAD_ATTRIBUTION_WINDOWS),
  adAccountFields: ofV25(AdAccount.Fields, 'adAccountFields'),
  campaignFields: ofV25(Campaign.Fields, 'campaignFields'),
  adSetFields: ofV25(AdSet.Fields, 'adSetFields'),
  adFields: ofV25(Ad.Fields, 'adFields'),
  adCreativeFields: ofV25(AdCreative.Fields, 'adCreativeFields'),
  adImageFields: ofV25(AdImage.Fields, 'adImageFields'),
  adVideoFields: ofV25(AdVideo.Fields, 'adVideoFields'),
  adActivityFields: ofV25(AdActivity.Fields, 'adActivityFields'),
  customAudienceFields: ofV25(CustomAudience.Fields, 'customAudienceFields'),
  customConversionFields: ofV25(CustomConversion.Fields, 'customConversionFields'),
} as const satisfies Readonly<Record<string, readonly string[]>>;

function namesOf(names: Names): string[] {
  return Object.values(names).sort();
}

function ofV25(names: Names, list: keyof typeof GRAPH_V25_CHANGES): string[] {
  const { added, removed } = GRAPH_V25_CHANGES[list];
  return [...new Set([...without(Object.values(names), removed), ...added])].sort();
}

function without(names: readonly string[], unwanted: readonly string[]): string[] {
  return names.filter((name) => !unwanted.includes(name));
}
