import { findFieldWriter, writeField } from '../world/fields/field-tables.ts';
import { quoteText } from '../world/json-text.ts';
import type { Item } from '../world/kind.ts';
import type { World } from '../world/world.ts';
import { formatDay } from './calendar.ts';
import { IMPRESSIONS } from './event-table.ts';
import { type InsightsLevel, insightsLevels } from './insights-request.ts';
import type { InsightsRow, RowWriter } from './row.ts';

interface ObjectField {
  /** The coarsest level whose rows have it. */
  readonly from: InsightsLevel;
  readonly write: RowWriter;
}

type Owner = 'campaign' | 'adset' | 'ad';

const ownerOf: Readonly<Record<Owner, (row: InsightsRow, world: World) => Item>> = {
  campaign: ({ ad }, world) => world.campaignOf(ad),
  adset: ({ ad }, world) => world.adSetOf(ad),
  ad: ({ ad }) => ad,
};

const account = (write: RowWriter): ObjectField => ({ from: 'account', write });
const idOf = (from: Owner): ObjectField => ({ from, write: (row, world) => `"${world.idOf(ownerOf[from](row, world))}"` });
const copyOf = (from: Owner, name: string): ObjectField => {
  const writer = findFieldWriter(from, name);
  return { from, write: (row, world) => writeField(world, ownerOf[from](row, world), name, writer) };
};
/** The first ten characters of a time of the ad: a day. */
const dayOf = (name: string): ObjectField => {
  const time = copyOf('ad', name);
  return { from: 'ad', write: (row, world) => `${time.write(row, world)?.slice(0, 11) ?? '"'}"` };
};

const ranks = ['"AVERAGE"', '"ABOVE_AVERAGE"', '"BELOW_AVERAGE_35"', '"BELOW_AVERAGE_20"'];
/** Ads that were hardly seen are not ranked. */
const rank = (salt: number): ObjectField => ({
  from: 'ad',
  write: ({ ad, numbers }, world) =>
    (numbers[IMPRESSIONS] ?? 0) < 500 ? '"UNKNOWN"' : ranks[world.dice(ad, salt) % ranks.length],
});

/** Attribution settings differ from ad set to ad set, so coarser rows have none. */
const settings = ['"7d_click_1d_view"', '"7d_click_1d_view"', '"1d_click"', '"7d_click"', '"mixed"'];

const objectFields: Readonly<Record<string, ObjectField>> = {
  account_id: account(({ ad }, world) => `"${world.account(ad.slot).id}"`),
  account_name: account(({ ad }, world) => quoteText(world.account(ad.slot).name)),
  account_currency: account(({ ad }, world) => `"${world.account(ad.slot).currency}"`),
  campaign_id: idOf('campaign'),
  campaign_name: copyOf('campaign', 'name'),
  objective: copyOf('campaign', 'objective'),
  buying_type: copyOf('campaign', 'buying_type'),
  adset_id: idOf('adset'),
  adset_name: copyOf('adset', 'name'),
  optimization_goal: copyOf('adset', 'optimization_goal'),
  attribution_setting: {
    from: 'adset',
    write: ({ ad }, world) => settings[world.dice(world.adSetOf(ad), 9_011) % (settings.length - 1)],
  },
  ad_id: idOf('ad'),
  ad_name: copyOf('ad', 'name'),
  created_time: dayOf('created_time'),
  updated_time: dayOf('updated_time'),
  quality_ranking: rank(9_012),
  engagement_rate_ranking: rank(9_013),
  conversion_rate_ranking: rank(9_014),
};

/** Compiles a field that describes the row's object; undefined where rows of the level do not have it. */
export function findObjectField(name: string, level: InsightsLevel): RowWriter | undefined {
  const field = Object.hasOwn(objectFields, name) ? objectFields[name] : undefined;
  if (field === undefined || insightsLevels.indexOf(level) < insightsLevels.indexOf(field.from)) return undefined;
  return field.write;
}

export function writeDates({ bucket }: InsightsRow): string {
  return `"date_start":"${formatDay(bucket.since)}","date_stop":"${formatDay(bucket.until)}"`;
}
