import type { EventName } from './event-table.ts';

/** What a list field shows of its events' numbers. */
export type Measure =
  | 'count'
  | 'unique'
  | 'money'
  | 'cost'
  | 'cost_unique'
  | 'per_impression'
  | 'unique_per_reach'
  | 'return_on_spend'
  | 'seconds_per_play';

export interface ListField {
  readonly measure: Measure;
  readonly events: readonly EventName[];
}

const actions: readonly EventName[] = [
  'linkClick',
  'landingPageView',
  'postEngagement',
  'pageEngagement',
  'reaction',
  'comment',
  'save',
  'videoView',
  'viewContent',
  'addToCart',
  'purchase',
  'omniPurchase',
  'pixelPurchase',
  'appPurchase',
  'lead',
  'custom',
];
const values: readonly EventName[] = ['purchaseValue', 'omniPurchaseValue', 'pixelPurchaseValue', 'appPurchaseValue'];
const field = (measure: Measure, ...events: readonly EventName[]): ListField => ({ measure, events });

/** Fields of type `list<AdsActionStats>`. */
export const listFields: Readonly<Record<string, ListField>> = {
  actions: field('count', ...actions),
  action_values: field('money', ...values),
  unique_actions: field('unique', ...actions),
  cost_per_action_type: field('cost', ...actions),
  cost_per_unique_action_type: field('cost_unique', ...actions),
  conversions: field('count', 'trial'),
  conversion_values: field('money', 'trialValue'),
  unique_conversions: field('unique', 'trial'),
  cost_per_conversion: field('cost', 'trial'),
  cost_per_unique_conversion: field('cost_unique', 'trial'),
  outbound_clicks: field('count', 'outboundClick'),
  unique_outbound_clicks: field('unique', 'outboundClick'),
  cost_per_outbound_click: field('cost', 'outboundClick'),
  cost_per_unique_outbound_click: field('cost_unique', 'outboundClick'),
  outbound_clicks_ctr: field('per_impression', 'outboundClick'),
  unique_outbound_clicks_ctr: field('unique_per_reach', 'outboundClick'),
  website_ctr: field('per_impression', 'linkClick'),
  purchase_roas: field('return_on_spend', 'omniPurchaseValue'),
  website_purchase_roas: field('return_on_spend', 'pixelPurchaseValue'),
  mobile_app_purchase_roas: field('return_on_spend', 'appPurchaseValue'),
  ad_click_actions: field('count', 'linkClick'),
  ad_impression_actions: field('count', 'videoView'),
  catalog_segment_actions: field('count', 'viewContent', 'addToCart'),
  catalog_segment_value: field('money', 'omniPurchaseValue'),
  converted_product_quantity: field('count', 'omniPurchase'),
  converted_product_value: field('money', 'omniPurchaseValue'),
  video_play_actions: field('count', 'videoPlay'),
  video_continuous_2_sec_watched_actions: field('count', 'video2s'),
  unique_video_continuous_2_sec_watched_actions: field('unique', 'video2s'),
  video_6_sec_watched_actions: field('count', 'video6s'),
  video_15_sec_watched_actions: field('count', 'video15s'),
  video_30_sec_watched_actions: field('count', 'video30s'),
  video_thruplay_watched_actions: field('count', 'thruPlay'),
  video_p25_watched_actions: field('count', 'videoP25'),
  video_p50_watched_actions: field('count', 'videoP50'),
  video_p75_watched_actions: field('count', 'videoP75'),
  video_p95_watched_actions: field('count', 'videoP95'),
  video_p100_watched_actions: field('count', 'videoP100'),
  video_time_watched_actions: field('count', 'secondsWatched'),
  video_avg_time_watched_actions: field('seconds_per_play', 'secondsWatched'),
  cost_per_2_sec_continuous_video_view: field('cost', 'video2s'),
  cost_per_6_sec_video_view: field('cost', 'video6s'),
  cost_per_15_sec_video_view: field('cost', 'video15s'),
  cost_per_thruplay: field('cost', 'thruPlay'),
};

export function findListField(name: string): ListField | undefined {
  return Object.hasOwn(listFields, name) ? listFields[name] : undefined;
}
