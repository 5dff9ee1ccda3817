import type { JsonObject } from '../../src/protocol/messages.ts';
import { daysBefore } from '../support/frozen-emulator.ts';

const DAY_MS = 86_400_000;
const NUMBERS = ['impressions', 'clicks', 'spend', 'reach', 'ctr', 'actions'];

/** Reports of many kinds, whose periods are all over: both connectors must give the same rows of them. */
export function listCustomInsights(nowMs: number): readonly JsonObject[] {
  const days = { start_date: daysBefore(nowMs, 6), end_date: daysBefore(nowMs, 4) };
  const day = { start_date: daysBefore(nowMs, 5), end_date: daysBefore(nowMs, 5) };
  return [
    {
      name: 'CampaignDaily',
      level: 'campaign',
      action_breakdowns: [],
      fields: [...NUMBERS, 'campaign_id', 'campaign_name', 'objective', 'cost_per_action_type'],
      ...days,
    },
    {
      name: 'AdSetAgeGender',
      level: 'adset',
      fields: [...NUMBERS, 'adset_id', 'adset_name', 'action_values'],
      breakdowns: ['age', 'gender'],
      action_breakdowns: ['action_type', 'action_target_id'],
      ...day,
    },
    { name: 'AccountSevenDays', level: 'account', fields: NUMBERS, time_increment: 7, ...wholePeriods(nowMs, 7, 3) },
    {
      name: 'AdWeekly',
      level: 'ad',
      fields: [...NUMBERS, 'ad_id', 'ad_name', 'conversions'],
      time_increment_period: 'weekly',
      ...wholeWeeks(nowMs),
    },
    {
      name: 'CampaignMonthly',
      level: 'campaign',
      fields: [...NUMBERS, 'campaign_id'],
      breakdowns: ['publisher_platform'],
      time_increment_period: 'monthly',
      ...wholeMonths(nowMs),
    },
    {
      name: 'DeviceActions',
      level: 'ad',
      fields: ['ad_id', 'impressions', 'spend', 'actions', 'unique_actions', 'video_play_curve_actions'],
      breakdowns: ['publisher_platform', 'impression_device'],
      action_breakdowns: ['action_type', 'action_device'],
      ...day,
    },
    {
      name: 'ImageAssets',
      level: 'ad',
      fields: ['ad_id', 'impressions', 'clicks', 'spend', 'actions'],
      breakdowns: ['image_asset'],
      ...days,
    },
    {
      name: 'AllWindows',
      level: 'adset',
      fields: ['adset_id', 'spend', 'actions', 'action_values', 'purchase_roas', 'results', 'objective_results'],
      include_incrementality: true,
      include_engaged_view: true,
      ...days,
    },
    {
      name: 'Cards',
      level: 'ad',
      fields: ['ad_id', 'impressions', 'actions', 'objective_results'],
      action_breakdowns: ['action_type', 'action_carousel_card_id', 'action_carousel_card_name'],
      time_increment_period: 'daily',
      ...days,
    },
    {
      name: 'Hourly',
      level: 'account',
      fields: ['impressions', 'spend'],
      breakdowns: ['hourly_stats_aggregated_by_advertiser_time_zone'],
      ...days,
    },
    { name: 'NoFields', level: 'campaign', ...days },
  ];
}

/** `count` periods of `days` days, the last one over for some days. */
function wholePeriods(nowMs: number, days: number, count: number): JsonObject {
  const untilMs = nowMs - 3 * DAY_MS;
  return { start_date: daysBefore(untilMs, days * count - 1), end_date: daysBefore(untilMs, 0) };
}

/** From a Wednesday to a Sunday: the report begins with the Monday before. */
function wholeWeeks(nowMs: number): JsonObject {
  const daysSinceSunday = new Date(nowMs).getUTCDay() + 7;
  return { start_date: daysBefore(nowMs, daysSinceSunday + 11), end_date: daysBefore(nowMs, daysSinceSunday) };
}

/** From the middle of the month before last to the end of the last one. */
function wholeMonths(nowMs: number): JsonObject {
  const now = new Date(nowMs);
  const endMs = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 0);
  return { start_date: daysBefore(endMs, 45), end_date: daysBefore(endMs, 0) };
}
