import { quoteText } from '../json-text.ts';
import type { Item } from '../kind.ts';
import type { World } from '../world.ts';
import {
  always,
  chooseFrom,
  type FieldTable,
  heavy,
  money,
  neverFields,
  sometimes,
  time,
  writeAccountId,
  writeCreatedTime,
  writeId,
  writeUpdatedTime,
} from './field-table.ts';
import { targetings } from './targeting.ts';

const DAY_MS = 86_400_000;
const asAdSet = ({ slot, index }: Item) => ({ kind: 'adset', slot, index }) as const;
const writeConfiguredStatus = (item: Item, world: World) => `"${world.configuredStatus(asAdSet(item))}"`;

export const adSetFields: FieldTable = {
  id: writeId,
  account_id: writeAccountId,
  campaign_id: (item, world) => `"${world.idOf(world.campaignOf(item))}"`,
  name: (item) => quoteText(`Ad set ${item.index + 1} | 18-45 "broad"`),
  status: writeConfiguredStatus,
  configured_status: writeConfiguredStatus,
  effective_status: (item, world) => `"${world.effectiveStatus(asAdSet(item))}"`,
  adlabels: sometimes(100, 10, always([{ id: '611000000000002', name: 'test' }])),
  attribution_spec: always([
    { event_type: 'CLICK_THROUGH', window_days: 7 },
    { event_type: 'VIEW_THROUGH', window_days: 1 },
  ]),
  bid_amount: sometimes(101, 40, (item, world) => String(50 + (world.dice(item, 102) % 5_000))),
  bid_constraints: sometimes(103, 5, always({ roas_average_floor: 20_000 })),
  bid_info: sometimes(104, 50, always({ ACTIONS: 560, IMPRESSIONS: 12, REACH: 3, CLICKS: 45 })),
  bid_strategy: chooseFrom(105, ['LOWEST_COST_WITHOUT_CAP', 'COST_CAP', 'LOWEST_COST_WITH_MIN_ROAS']),
  billing_event: chooseFrom(106, ['IMPRESSIONS', 'IMPRESSIONS', 'LINK_CLICKS', 'THRUPLAY']),
  budget_remaining: money(107, 0, 900_000),
  daily_budget: money(108, 0, 300_000),
  lifetime_budget: chooseFrom(109, ['0', '0', '2500000']),
  daily_min_spend_target: sometimes(110, 5, money(111, 100, 500)),
  daily_spend_cap: sometimes(112, 10, money(113, 1_000, 90_000)),
  lifetime_min_spend_target: sometimes(114, 3, money(115, 100, 500)),
  lifetime_spend_cap: sometimes(116, 10, money(117, 10_000, 900_000)),
  destination_type: chooseFrom(118, ['WEBSITE', 'UNDEFINED', 'ON_AD', 'MESSENGER']),
  frequency_control_specs: sometimes(119, 10, always([{ event: 'IMPRESSIONS', interval_days: 7, max_frequency: 2 }])),
  is_dynamic_creative: chooseFrom(120, [false, true]),
  issues_info: (item, world) =>
    world.effectiveStatus(asAdSet(item)) === 'WITH_ISSUES'
      ? '[{"level":"AD_SET","error_code":2446149,"error_summary":"Audience too small","error_message":"Widen it.","error_type":"HARD_ERROR"}]'
      : undefined,
  learning_stage_info: chooseFrom(121, [
    { status: 'SUCCESS', conversions: 61, last_sig_edit_ts: 1_735_700_000, attribution_windows: ['1d_view', '7d_click'] },
    { status: 'LEARNING', conversions: 12, last_sig_edit_ts: 1_762_000_000, attribution_windows: ['7d_click'] },
    undefined,
  ]),
  lifetime_imps: always(0),
  multi_optimization_goal_weight: always('UNDEFINED'),
  optimization_goal: chooseFrom(122, ['OFFSITE_CONVERSIONS', 'LINK_CLICKS', 'REACH', 'LEAD_GENERATION']),
  optimization_sub_event: always('NONE'),
  pacing_type: always(['standard']),
  promoted_object: sometimes(123, 80, always({ pixel_id: '106000000000001', custom_event_type: 'PURCHASE' })),
  recurring_budget_semantics: always(true),
  source_adset_id: always('0'),
  start_time: writeCreatedTime,
  end_time: sometimes(
    124,
    30,
    time((item, world) => world.createdMs(item) + 300 * DAY_MS),
  ),
  targeting: heavy(chooseFrom(125, targetings), (filler) => ({ geo_locations: { zips: [{ key: 'US:94000', name: filler }] } })),
  targeting_optimization_types: sometimes(126, 20, always([{ key: 'detailed_targeting', value: 1 }])),
  use_new_app_click: always(false),
  created_time: writeCreatedTime,
  updated_time: writeUpdatedTime,
  ...neverFields([
    'adset_schedule',
    'asset_feed_id',
    'bid_adjustments',
    'brand_safety_config',
    'campaign_active_time',
    'campaign_attribution',
    'creative_sequence',
    'dsa_beneficiary',
    'dsa_payor',
    'instagram_user_id',
    'recommendations',
    'review_feedback',
    'rf_prediction_id',
    'source_adset',
    'time_based_ad_rotation_id_blocks',
    'time_based_ad_rotation_intervals',
  ]),
};
