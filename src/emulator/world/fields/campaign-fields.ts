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

const DAY_MS = 86_400_000;
const asCampaign = ({ slot, index }: Item) => ({ kind: 'campaign', slot, index }) as const;
const writeConfiguredStatus = (item: Item, world: World) => `"${world.configuredStatus(asCampaign(item))}"`;

export const campaignFields: FieldTable = {
  id: writeId,
  account_id: writeAccountId,
  name: (item) => quoteText(`Campaign ${item.index + 1} \u2013 ${item.index % 3 === 0 ? 'Prospecci\u00f3n' : 'Retargeting'}`),
  status: writeConfiguredStatus,
  configured_status: writeConfiguredStatus,
  effective_status: (item, world) => `"${world.effectiveStatus(asCampaign(item))}"`,
  objective: chooseFrom(100, ['OUTCOME_SALES', 'OUTCOME_LEADS', 'OUTCOME_TRAFFIC', 'OUTCOME_AWARENESS', 'OUTCOME_ENGAGEMENT']),
  buying_type: chooseFrom(101, ['AUCTION', 'AUCTION', 'AUCTION', 'RESERVED']),
  bid_strategy: chooseFrom(102, ['LOWEST_COST_WITHOUT_CAP', 'LOWEST_COST_WITH_BID_CAP', 'COST_CAP', undefined]),
  daily_budget: sometimes(103, 50, money(104, 1_000, 500_000)),
  lifetime_budget: (item, world) => (world.dice(item, 103) % 100 < 50 ? undefined : money(105, 10_000, 9_000_000)(item, world)),
  budget_remaining: money(106, 0, 900_000),
  spend_cap: sometimes(107, 20, money(108, 100_000, 9_000_000)),
  budget_rebalance_flag: chooseFrom(109, [false, true]),
  can_use_spend_cap: always(true),
  adlabels: sometimes(
    110,
    15,
    always([
      {
        id: '611000000000001',
        name: 'brand',
        created_time: '2025-01-02T03:04:05+0000',
        updated_time: '2025-01-02T03:04:05+0000',
      },
    ]),
  ),
  advantage_state_info: chooseFrom(111, [
    { advantage_state: 'DISABLED' },
    { advantage_state: 'ADVANTAGE_PLUS_SALES', advantage_budget_state: 'ENABLED' },
  ]),
  boosted_object_id: sometimes(112, 5, (item) => `"105${String(item.index).padStart(12, '0')}"`),
  is_skadnetwork_attribution: chooseFrom(113, [false, false, true]),
  issues_info: heavy(
    (item, world) =>
      world.effectiveStatus(asCampaign(item)) === 'WITH_ISSUES'
        ? '[{"level":"CAMPAIGN","error_code":1815869,"error_summary":"Ad set budget too low","error_message":"Raise the budget.","error_type":"HARD_ERROR"}]'
        : undefined,
    (filler) => [
      { level: 'CAMPAIGN', error_code: 1815869, error_summary: 'Long', error_message: filler, error_type: 'SOFT_ERROR' },
    ],
  ),
  pacing_type: always(['standard']),
  promoted_object: sometimes(114, 30, always({ pixel_id: '106000000000001', custom_event_type: 'PURCHASE' })),
  smart_promotion_type: chooseFrom(115, ['GUIDED_CREATION', 'GUIDED_CREATION', 'AUTOMATED_SHOPPING_ADS']),
  source_campaign_id: (item, world) =>
    item.index % 7 === 6 ? `"${world.idOf({ ...asCampaign(item), index: item.index - 1 })}"` : '"0"',
  special_ad_categories: chooseFrom(116, [[], [], ['HOUSING'], ['CREDIT']]),
  special_ad_category: chooseFrom(116, ['NONE', 'NONE', 'HOUSING', 'CREDIT']),
  special_ad_category_country: chooseFrom(116, [undefined, undefined, ['US'], ['US', 'CA']]),
  primary_attribution: always('DEFAULT'),
  start_time: writeCreatedTime,
  stop_time: sometimes(
    117,
    30,
    time((item, world) => world.createdMs(item) + 400 * DAY_MS),
  ),
  created_time: writeCreatedTime,
  updated_time: writeUpdatedTime,
  ...neverFields([
    'brand_lift_studies',
    'campaign_group_active_time',
    'can_create_brand_lift_study',
    'has_secondary_skadnetwork_reporting',
    'is_adset_budget_sharing_enabled',
    'is_budget_schedule_enabled',
    'is_message_campaign',
    'last_budget_toggling_time',
    'recommendations',
    'source_campaign',
    'source_recommendation_type',
    'topline_id',
  ]),
};
