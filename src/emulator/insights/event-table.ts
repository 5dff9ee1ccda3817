/** The additive numbers that every cell has; the others are shares of them. */
export const SCALARS = ['impressions', 'purchases', 'clicks', 'spend', 'linkClicks', 'landings', 'plays', 'socialSpend'] as const;

export type Scalar = (typeof SCALARS)[number];

export const IMPRESSIONS = 0;
export const PURCHASES = 1;
export const CLICKS = 2;
export const SPEND = 3;
export const LINK_CLICKS = 4;
export const LANDINGS = 5;
export const PLAYS = 6;
export const SOCIAL_SPEND = 7;

/** Something that is counted in lists: `{"action_type":"link_click","value":"412"}`. */
export interface EventKind {
  readonly actionType: string;
  /** Index of the scalar it is a share of. */
  readonly basis: number;
  /** Of a thousand; above that where one click gives several. */
  readonly permille: number;
  /** Happens on the advertiser's site or app. */
  readonly isOffsite?: boolean;
  /** The number is an amount: the count times the price of a basket. */
  readonly isMoney?: boolean;
  readonly topic?: 'reaction' | 'video' | 'card';
}

const offsite = { isOffsite: true } as const;
const video = { actionType: 'video_view', basis: PLAYS, topic: 'video' } as const;
const purchase = { basis: PURCHASES, permille: 1_000, ...offsite } as const;

/** Action types overlap, as in life: three names for the same purchases. */
export const eventKinds = {
  linkClick: { actionType: 'link_click', basis: LINK_CLICKS, permille: 1_000, topic: 'card' },
  landingPageView: { actionType: 'landing_page_view', basis: LANDINGS, permille: 900 },
  postEngagement: { actionType: 'post_engagement', basis: CLICKS, permille: 1_400 },
  pageEngagement: { actionType: 'page_engagement', basis: CLICKS, permille: 1_450 },
  reaction: { actionType: 'post_reaction', basis: CLICKS, permille: 220, topic: 'reaction' },
  comment: { actionType: 'comment', basis: CLICKS, permille: 25 },
  save: { actionType: 'onsite_conversion.post_save', basis: CLICKS, permille: 15 },
  videoView: { ...video, permille: 450 },
  viewContent: { actionType: 'offsite_conversion.fb_pixel_view_content', basis: LANDINGS, permille: 800, ...offsite },
  addToCart: { actionType: 'offsite_conversion.fb_pixel_add_to_cart', basis: LANDINGS, permille: 160, ...offsite },
  purchase: { actionType: 'purchase', ...purchase },
  omniPurchase: { actionType: 'omni_purchase', ...purchase },
  pixelPurchase: { actionType: 'offsite_conversion.fb_pixel_purchase', ...purchase },
  appPurchase: { actionType: 'app_custom_event.fb_mobile_purchase', ...purchase, permille: 120 },
  lead: { actionType: 'lead', basis: LANDINGS, permille: 40, ...offsite },
  custom: { actionType: 'offsite_conversion.custom.630000000000001', basis: LANDINGS, permille: 70, ...offsite },
  trial: { actionType: 'start_trial_website', basis: LANDINGS, permille: 30, ...offsite },
  outboundClick: { actionType: 'outbound_click', basis: LINK_CLICKS, permille: 850, topic: 'card' },
  purchaseValue: { actionType: 'purchase', ...purchase, isMoney: true },
  omniPurchaseValue: { actionType: 'omni_purchase', ...purchase, isMoney: true },
  pixelPurchaseValue: { actionType: 'offsite_conversion.fb_pixel_purchase', ...purchase, isMoney: true },
  appPurchaseValue: { actionType: 'app_custom_event.fb_mobile_purchase', ...purchase, permille: 120, isMoney: true },
  trialValue: { actionType: 'start_trial_website', basis: LANDINGS, permille: 30, isMoney: true, ...offsite },
  videoPlay: { ...video, permille: 1_000 },
  video2s: { ...video, permille: 520 },
  video6s: { ...video, permille: 300 },
  video15s: { ...video, permille: 210 },
  video30s: { ...video, permille: 120 },
  thruPlay: { ...video, permille: 200 },
  videoP25: { ...video, permille: 410 },
  videoP50: { ...video, permille: 260 },
  videoP75: { ...video, permille: 170 },
  videoP95: { ...video, permille: 110 },
  videoP100: { ...video, permille: 90 },
  secondsWatched: { ...video, permille: 6_300 },
} satisfies Readonly<Record<string, EventKind>>;

export type EventName = keyof typeof eventKinds;

export function findEventKind(name: EventName): EventKind {
  return eventKinds[name];
}
