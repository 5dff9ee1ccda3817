import { quoteText } from '../json-text.ts';
import type { Item } from '../kind.ts';
import type { World } from '../world.ts';
import { adSetFields } from './ad-set-fields.ts';
import {
  always,
  chooseFrom,
  type FieldTable,
  heavy,
  never,
  neverFields,
  sometimes,
  writeAccountId,
  writeCreatedTime,
  writeId,
  writeUpdatedTime,
} from './field-table.ts';

const asAd = ({ slot, index }: Item) => ({ kind: 'ad', slot, index }) as const;
const writeConfiguredStatus = (item: Item, world: World) => `"${world.configuredStatus(asAd(item))}"`;
const { targeting: writeTargeting = never } = adSetFields;

export const adFields: FieldTable = {
  id: writeId,
  account_id: writeAccountId,
  campaign_id: (item, world) => `"${world.idOf(world.campaignOf(item))}"`,
  adset_id: (item, world) => `"${world.idOf(world.adSetOf(item))}"`,
  name: (item) => quoteText(`Ad ${item.index + 1} ${item.index % 5 === 0 ? '\u2728 na\u00efve' : 'v2'}`),
  status: writeConfiguredStatus,
  configured_status: writeConfiguredStatus,
  effective_status: (item, world) => `"${world.effectiveStatus(asAd(item))}"`,
  ad_review_feedback: (item, world) =>
    world.effectiveStatus(asAd(item)) === 'DISAPPROVED'
      ? '{"global":{"Unsupported claims":"The text makes an unsupported claim."}}'
      : undefined,
  adlabels: sometimes(100, 10, always([{ id: '611000000000003', name: 'variant' }])),
  bid_amount: sometimes(101, 20, (item, world) => String(50 + (world.dice(item, 102) % 5_000))),
  bid_info: sometimes(103, 30, always({ ACTIONS: 400 })),
  bid_type: chooseFrom(104, ['ABSOLUTE_OCPM', 'CPC', 'CPM', 'CPA']),
  conversion_domain: sometimes(105, 60, always('example.com')),
  conversion_specs: chooseFrom(106, [
    [{ 'action.type': ['offsite_conversion'], conversion_id: ['63000000000001'] }],
    [{ 'action.type': ['link_click'], 'post.wall': ['105000000000001'], post: ['200000000000001'] }],
  ]),
  demolink_hash: (item, world) => `"${world.dice(item, 107).toString(16).padStart(8, '0')}"`,
  display_sequence: always(0),
  engagement_audience: always(false),
  failed_delivery_checks: sometimes(
    108,
    10,
    always([
      { summary: 'Payment method', description: 'The payment method failed.', check_name: 'account_has_delinquent_payment' },
    ]),
  ),
  issues_info: (item, world) =>
    world.effectiveStatus(asAd(item)) === 'WITH_ISSUES'
      ? '[{"level":"AD","error_code":1487390,"error_summary":"Post unavailable","error_message":"Pick another post.","error_type":"HARD_ERROR"}]'
      : undefined,
  last_updated_by_app_id: always('119211728144504'),
  preview_shareable_link: (item, world) => `"https:\\/\\/fb.me\\/${world.dice(item, 109).toString(36)}"`,
  recommendations: heavy(
    sometimes(
      110,
      15,
      always([
        {
          title: 'Add more text options',
          message: 'Ads with several texts tend to do better.',
          code: 1_815_107,
          importance: 'MEDIUM',
          confidence: 'HIGH',
          blame_field: 'creative',
        },
      ]),
    ),
    (filler) => [{ title: 'Long', message: filler, code: 1, importance: 'LOW', confidence: 'LOW' }],
  ),
  source_ad_id: (item, world) => (item.index % 9 === 8 ? `"${world.idOf({ ...asAd(item), index: item.index - 1 })}"` : '"0"'),
  targeting: (item, world) => writeTargeting(world.adSetOf(item), world),
  tracking_specs: always([
    { 'action.type': ['offsite_conversion'], fb_pixel: ['106000000000001'] },
    { 'action.type': ['post_engagement'], page: ['105000000000001'], post: ['200000000000001'] },
  ]),
  created_time: writeCreatedTime,
  updated_time: writeUpdatedTime,
  ...neverFields([
    'ad_active_time',
    'ad_schedule_end_time',
    'ad_schedule_start_time',
    'creative_asset_groups_spec',
    'placement',
    'priority',
    'source_ad',
    'tracking_and_conversion_with_defaults',
  ]),
};
