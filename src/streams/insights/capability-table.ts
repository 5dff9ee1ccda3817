/** What Meta's insights can not do, or no longer, each with the day it began. Sources: Meta's changelogs and blog, and what users of the API have seen. */

export type NameKind = 'field' | 'breakdown' | 'attribution window';

export interface WithdrawnName {
  readonly kind: NameKind;
  readonly name: string;
  /** The first day without it, `YYYY-MM-DD`; absent where Meta has not said. */
  readonly since?: string;
  /** What Meta has in its place. */
  readonly replacement?: string;
}

/** Requests that name them are refused, or answered without data. */
export const WITHDRAWN_NAMES: readonly WithdrawnName[] = [
  { kind: 'breakdown', name: 'dma', since: '2026-06-22', replacement: 'comscore_market' },
  { kind: 'attribution window', name: '7d_view', since: '2026-01-12' },
  { kind: 'attribution window', name: '28d_view', since: '2026-01-12' },
  { kind: 'field', name: 'adset_start' },
  { kind: 'field', name: 'conversion_lead_rate' },
  { kind: 'field', name: 'cost_per_conversion_lead' },
];

/** Since this day Meta answers these with nothing, for accounts that it has not admitted. */
export const OPT_IN_SINCE = '2026-08-06';
export const OPT_IN_BREAKDOWNS: readonly string[] = [
  'frequency_value',
  'hourly_stats_aggregated_by_audience_time_zone',
  'impression_device',
];

export interface EmptyFields {
  readonly fields: readonly string[];
  readonly why: string;
}

/** Fields that some accounts may still be served; others get an error, or a report that never finishes. */
export const DOUBTFUL_FIELDS: readonly EmptyFields[] = [
  {
    fields: [
      ...['age_targeting', 'gender_targeting', 'labels', 'location'],
      ...['estimated_ad_recall_rate_lower_bound', 'estimated_ad_recall_rate_upper_bound'],
      ...['estimated_ad_recallers_lower_bound', 'estimated_ad_recallers_upper_bound'],
    ],
    why: 'Meta has retired them',
  },
  {
    fields: [
      ...['marketing_messages_website_add_to_cart', 'marketing_messages_website_initiate_checkout'],
      ...['marketing_messages_website_purchase', 'marketing_messages_website_purchase_values'],
    ],
    why: 'Meta lists them, and refuses them as fields',
  },
  {
    fields: [
      ...['configurable_attribution_action', 'configurable_attribution_actionvalue', 'configurable_audience_overlap_reach'],
      ...['configurable_reachbyfrequency_action', 'configurable_reachbyfrequency_converters_count'],
      ...['configurable_reachbyfrequency_impressions_cost', 'configurable_reachbyfrequency_impressions_count'],
      'configurable_reachbyfrequency_reach',
    ],
    why: 'they need a filter on customization_name',
  },
  {
    fields: ['total_postbacks', 'total_postbacks_detailed', 'total_postbacks_detailed_v4'],
    why: 'they can not be combined with other fields',
  },
  {
    fields: [
      ...['link_clicks_per_results', 'objective_result_rate', 'opportunity_score_l4'],
      ...['result_values_performance_indicator', 'total_card_view'],
    ],
    why: 'reports with them fail since September 2026',
  },
  { fields: ['wish_bid'], why: 'it spoils the other numbers of its row, so it is not asked for' },
];

export interface EmptyUnderBreakdown extends EmptyFields {
  readonly breakdowns: readonly string[];
}

export const HOURLY_BREAKDOWNS: readonly string[] = [
  'hourly_stats_aggregated_by_advertiser_time_zone',
  'hourly_stats_aggregated_by_audience_time_zone',
];

/** https://developers.facebook.com/docs/marketing-api/insights/breakdowns */
export const EMPTY_UNDER_BREAKDOWNS: readonly EmptyUnderBreakdown[] = [
  {
    breakdowns: ['region'],
    fields: [
      ...['video_avg_time_watched_actions', 'video_p25_watched_actions', 'video_p50_watched_actions'],
      ...['video_p75_watched_actions', 'video_p95_watched_actions', 'video_p100_watched_actions'],
    ],
    why: 'Meta does not split them by region',
  },
  { breakdowns: HOURLY_BREAKDOWNS, fields: ['reach', 'frequency'], why: 'Meta answers 0 for them by the hour' },
];

/** Sets of two breakdowns and more that Meta documents, or that presets have used for years. Its list is known to be incomplete. */
export const KNOWN_COMBINATIONS: readonly (readonly string[])[] = [
  ['age', 'gender'],
  ['app_id', 'skan_conversion_id'],
  ['device_platform', 'publisher_platform'],
  ['impression_device', 'publisher_platform'],
  ['platform_position', 'publisher_platform'],
  ['impression_device', 'platform_position', 'publisher_platform'],
];

/** How long Meta keeps numbers of people once they are split by a breakdown, and of single people at all. */
export const PEOPLE_RETENTION_MONTHS = 13;
export const HOURLY_RETENTION_MONTHS = 13;
export const FREQUENCY_VALUE_RETENTION_MONTHS = 6;
/** Kept for less time than totals as soon as there is a breakdown. */
export const REACH_FIELDS: readonly string[] = ['reach', 'frequency', 'cpp'];
