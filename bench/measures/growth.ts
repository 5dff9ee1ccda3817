import type { EmulatorOptions } from '../../src/emulator/options.ts';
import { createCatalog, createConfig, daysAgo, runSource } from '../programs.ts';
import { formatNumber } from '../report/figures.ts';
import type { MeasureContext, Section } from '../report/section.ts';
import { World } from '../world/world.ts';

/** Ads of the three worlds: a day has about 0.65 rows for each. */
const WORLDS: readonly Partial<EmulatorOptions>[] = [1, 10, 100].map((factor) => ({
  accounts: 1,
  campaignsPerAccount: 5 * factor,
  adSetsPerCampaign: 5,
  adsPerAdSet: 10,
}));
const DAYS = 60;
const COLUMNS = [
  'account_id',
  'campaign_id',
  'adset_id',
  'ad_id',
  'ad_name',
  'date_start',
  'date_stop',
  'impressions',
  'clicks',
  'spend',
  'reach',
];
const MAX_MIB = 150;
const MAX_GROWTH = 1.1;

/** What a read of insights costs at one, ten and a hundred times the rows. */
export async function measureGrowth({ log }: MeasureContext): Promise<Section> {
  const points: { readonly rows: number; readonly seconds: number; readonly calls: number; readonly peakMiB: number }[] = [];
  for (const emulator of WORLDS) {
    const world = await World.start({ emulator, isDirect: true });
    const config = createConfig(world, { start_date: daysAgo(DAYS) });
    const catalog = await createCatalog(config, world, { streams: (name) => name === 'ads_insights', columns: COLUMNS });
    const before = (await world.count()).calls;
    const { records, wallSeconds, peakMiB } = await runSource('ours', { command: 'read', config, catalog, graphUrl: world.url });
    points.push({ rows: records, seconds: wallSeconds, calls: (await world.count()).calls - before, peakMiB });
    log(`${formatNumber(records)} rows: ${formatNumber(wallSeconds, 1)} s, ${formatNumber(peakMiB)} MiB`);
    await world.close();
  }
  const [, middle, last] = points;
  const growth = (last?.peakMiB ?? Number.NaN) / (middle?.peakMiB ?? Number.NaN);
  return {
    title: 'How cost grows',
    text: `\`ads_insights\` of ${DAYS} days with ${COLUMNS.length} columns; the emulator computes each row while it is read, on the second core.`,
    targets: [
      {
        measure: `memory at ${formatNumber(last?.rows ?? 0)} rows, MiB`,
        peer: 'see the records of `ads_insights`',
        ours: formatNumber(last?.peakMiB ?? Number.NaN),
        result: `${growth.toFixed(2)} × that at ${formatNumber(middle?.rows ?? 0)}`,
        aim: `${MAX_MIB}, and at most ${MAX_GROWTH} ×`,
        isMet: (last?.peakMiB ?? Number.POSITIVE_INFINITY) <= MAX_MIB && growth <= MAX_GROWTH,
      },
    ],
    tables: [
      {
        columns: ['rows', 'seconds', 'calls', 'MiB'],
        rows: points.map(({ rows, seconds, calls, peakMiB }) =>
          [rows, seconds, calls, peakMiB].map((value, place) => formatNumber(value, place === 1 ? 1 : 0)),
        ),
      },
    ],
    plots: [
      {
        file: 'source-growth',
        title: 'Reading insights',
        xLabel: 'rows',
        yLabel: 'seconds, calls, MiB',
        lines: [
          { name: 'seconds', points: points.map(({ rows, seconds }) => [rows, seconds]) },
          { name: 'calls', points: points.map(({ rows, calls }) => [rows, calls]) },
          { name: 'MiB', points: points.map(({ rows, peakMiB }) => [rows, peakMiB]) },
        ],
      },
    ],
  };
}
