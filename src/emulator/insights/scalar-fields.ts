import { CLICKS, IMPRESSIONS, LINK_CLICKS, PLAYS, SOCIAL_SPEND, SPEND } from './event-table.ts';
import { countPeople, writeMoney, writeRatio } from './number-text.ts';

/** Writes one number of a row as a JSON string; undefined where the row has none. */
export type ScalarWriter = (numbers: Float64Array, units: number) => string | undefined;

const read = (index: number) => (row: Float64Array) => row[index] ?? 0;
const impressions = read(IMPRESSIONS);
const clicks = read(CLICKS);
const linkClicks = read(LINK_CLICKS);
const spend = read(SPEND);
const plays = read(PLAYS);
const reach = (row: Float64Array) => countPeople(Math.ceil(impressions(row) * 0.8));
const uniqueClicks = (row: Float64Array) => countPeople(clicks(row));
const uniqueLinkClicks = (row: Float64Array) => countPeople(linkClicks(row));
const engagement = (row: Float64Array) => Math.floor(clicks(row) * 1.4);
const canvasOpens = (row: Float64Array) => Math.floor(linkClicks(row) / 12);

type ReadNumber = (row: Float64Array) => number;

const always =
  (number: ReadNumber): ScalarWriter =>
  (row) =>
    `"${number(row)}"`;
const unlessZero =
  (number: ReadNumber): ScalarWriter =>
  (row) => {
    const value = number(row);
    return value === 0 ? undefined : `"${value}"`;
  };
const percent =
  (part: ReadNumber, whole: ReadNumber): ScalarWriter =>
  (row) =>
    writeRatio(100 * part(row), whole(row));
const cost =
  (count: ReadNumber, factor = 1): ScalarWriter =>
  (row, units) =>
    writeRatio((factor * spend(row)) / units, count(row));

/** Fields of one number, of which `impressions`, `clicks`, `spend` and `reach` always come. */
export const scalarFields: Readonly<Record<string, ScalarWriter>> = {
  impressions: always(impressions),
  clicks: always(clicks),
  spend: (row, units) => writeMoney(spend(row), units),
  social_spend: (row, units) => writeMoney(row[SOCIAL_SPEND] ?? 0, units),
  reach: always(reach),
  frequency: (row) => writeRatio(impressions(row), reach(row)),
  cpp: cost(reach, 1_000),
  cpm: cost(impressions, 1_000),
  cpc: cost(clicks),
  ctr: percent(clicks, impressions),
  unique_clicks: unlessZero(uniqueClicks),
  unique_ctr: percent(uniqueClicks, reach),
  cost_per_unique_click: cost(uniqueClicks),
  inline_link_clicks: unlessZero(linkClicks),
  inline_link_click_ctr: percent(linkClicks, impressions),
  cost_per_inline_link_click: cost(linkClicks),
  unique_inline_link_clicks: unlessZero(uniqueLinkClicks),
  unique_inline_link_click_ctr: percent(uniqueLinkClicks, reach),
  unique_link_clicks_ctr: percent(uniqueLinkClicks, reach),
  cost_per_unique_inline_link_click: cost(uniqueLinkClicks),
  inline_post_engagement: unlessZero(engagement),
  cost_per_inline_post_engagement: cost(engagement),
  full_view_impressions: unlessZero((row) => Math.floor(impressions(row) * 0.6)),
  full_view_reach: unlessZero((row) => Math.floor(reach(row) * 0.6)),
  instant_experience_clicks_to_open: unlessZero(canvasOpens),
  instant_experience_clicks_to_start: unlessZero((row) => Math.floor(canvasOpens(row) / 2)),
  canvas_avg_view_percent: (row) => (canvasOpens(row) === 0 ? undefined : `"${20 + (canvasOpens(row) % 60)}.5"`),
  canvas_avg_view_time: (row) => (canvasOpens(row) === 0 ? undefined : `"${3 + (canvasOpens(row) % 40)}.25"`),
  estimated_ad_recallers: unlessZero((row) => Math.floor(reach(row) * 0.06)),
  estimated_ad_recall_rate: percent((row) => Math.floor(reach(row) * 0.06), reach),
  cost_per_estimated_ad_recallers: cost((row) => Math.floor(reach(row) * 0.06)),
  unique_video_view_15_sec: unlessZero((row) => countPeople(Math.floor(plays(row) * 0.21))),
};

export function findScalarField(name: string): ScalarWriter | undefined {
  return Object.hasOwn(scalarFields, name) ? scalarFields[name] : undefined;
}

/** Known to people apart: what an hourly report can not count, and answers with 0. */
export const zeroByHour: ReadonlySet<string> = new Set(['reach', 'frequency']);

export function countReach(numbers: Float64Array): number {
  return reach(numbers);
}
