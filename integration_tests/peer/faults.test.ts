import { afterEach, describe, expect, it } from 'vitest';
import type { EmulatorOptions } from '../../src/emulator/options.ts';
import type { JsonObject } from '../../src/protocol/messages.ts';
import { type EntityStream, keyOf, listTruth } from '../../test/support/entity-truth.ts';
import { configFor } from '../../test/support/read-streams.ts';
import { daysBefore, type FrozenEmulator, SMALL_WORLD, startFrozenEmulator } from '../support/frozen-emulator.ts';
import { type BothRead, keyColumnsOf, readBoth } from '../support/read-both.ts';
import { reviveAds } from '../support/revive-ads.ts';
import { compareRecords } from './compare-records.ts';
import { explainDifferences } from './explain-differences.ts';
import type { Circumstances } from './known-faults.ts';

/** The peer's faults by number, stream by stream, and nothing else. */
function findFaults({ catalog, records }: BothRead, circumstances: Omit<Circumstances, 'stream'>): Record<string, number[]> {
  const found: Record<string, number[]> = {};
  for (const [stream, both] of records) {
    const differences = compareRecords(both, keyColumnsOf(catalog, stream));
    const { byFault, unexplained } = explainDifferences(differences, { ...circumstances, stream });
    expect(unexplained, stream).toEqual([]);
    if (byFault.size > 0) found[stream] = [...byFault.keys()];
  }
  return found;
}

describe('where the records differ, the peer is at fault', () => {
  let world: FrozenEmulator;
  afterEach(() => world.close());

  const open = async (options: Partial<EmulatorOptions> = {}) => {
    world = await startFrozenEmulator({ ...SMALL_WORLD, ...options });
    return { nowMs: world.now(), graphUrl: world.url, emulator: world.emulator };
  };
  const readReports = (custom_insights: readonly JsonObject[]) =>
    readBoth({
      config: configFor(world.emulator, { custom_insights }),
      graphUrl: world.url,
      wants: (name) => name.startsWith('custom_') && !['custom_audiences', 'custom_conversions'].includes(name),
    });

  it('with dates: it reads objects past the end date, and images and videos of all time', async () => {
    const { nowMs, emulator, graphUrl } = await open({ campaignsPerAccount: 8 });
    const dates = { start_date: daysBefore(nowMs, 200), end_date: daysBefore(nowMs, 20) };
    const wanted = ['campaigns', 'ad_sets', 'ads', 'images', 'videos', 'activities'];
    const both = await readBoth({ config: configFor(emulator, dates), graphUrl, wants: (name) => wanted.includes(name) });
    const bounds = { startMs: Date.parse(dates.start_date), endMs: Date.parse(dates.end_date) };
    expect(findFaults(both, { nowMs, ...bounds })).toEqual(
      Object.fromEntries(both.catalog.streams.map(({ name }) => [name, [9]])),
    );
    for (const { ours } of both.records.values()) expect(ours.length).toBeGreaterThan(0);
  });

  it('with empty pages: it stops at one, where ours goes on to the last object', async () => {
    const { nowMs, emulator, graphUrl } = await open({ campaignsPerAccount: 8, pageStyle: 'empty_pages' });
    const wanted: readonly EntityStream[] = ['ads', 'ad_creatives', 'images'];
    const config = configFor(emulator, { page_size: 10 });
    const both = await readBoth({ config, graphUrl, wants: (name) => wanted.some((one) => one === name) });
    expect(findFaults(both, { nowMs, pageStyle: 'empty_pages' })).toEqual({ ads: [2], ad_creatives: [2], images: [2] });
    for (const stream of wanted) {
      const keys = both.records.get(stream)?.ours.map((row) => keyOf(stream, row));
      expect(keys?.sort()).toEqual(listTruth(emulator, stream));
    }
  });

  it('with deleted ads: its custom reports lack them', async () => {
    const { nowMs, emulator } = await open({ campaignsPerAccount: 6 });
    const deletedAds = emulator.truth
      .accounts()
      .flatMap((account) => emulator.truth.ids('ads', account, { statuses: ['DELETED'] }));
    const days = { start_date: daysBefore(nowMs, 40), end_date: daysBefore(nowMs, 38) };
    const both = await readReports([{ name: 'Ads', level: 'ad', fields: ['ad_id', 'spend', 'clicks', 'actions'], ...days }]);
    expect(findFaults(both, { nowMs, deletedAds })).toEqual({ custom_ads: [10] });
  });

  it('with a period that the end date cuts: it goes on past the end', async () => {
    const { nowMs, emulator } = await open();
    reviveAds(emulator);
    const dates = { start_date: daysBefore(nowMs, 20), end_date: daysBefore(nowMs, 10) };
    const report = { level: 'account', fields: ['spend', 'impressions'] };
    const both = await readReports([
      { name: 'Cut', ...report, time_increment: 7, ...dates },
      { name: 'Whole', ...report, time_increment: 11, ...dates },
    ]);
    // The last period's rows are partial in ours, and change with the next sync.
    expect(findFaults(both, { nowMs, endMs: Date.parse(dates.end_date) })).toEqual({ custom_cut: [5] });
  });

  it('with rows that lack a breakdown: it drops them', async () => {
    const { nowMs, emulator } = await open({ missingBreakdownEvery: 3 });
    reviveAds(emulator);
    const days = { start_date: daysBefore(nowMs, 5), end_date: daysBefore(nowMs, 5) };
    const both = await readReports([{ name: 'Ages', fields: ['ad_id', 'spend', 'clicks'], breakdowns: ['age'], ...days }]);
    expect(findFaults(both, { nowMs })).toEqual({ custom_ages: [6] });
  });

  it('with a report that does not name its key: its rows come without (41)', async () => {
    const { nowMs, emulator } = await open();
    reviveAds(emulator);
    const days = { start_date: daysBefore(nowMs, 5), end_date: daysBefore(nowMs, 5) };
    const both = await readReports([{ name: 'Keyless', level: 'campaign', fields: ['spend', 'clicks'], ...days }]);
    const { peer = [], ours = [] } = both.records.get('custom_keyless') ?? {};
    expect(keyColumnsOf(both.catalog, 'custom_keyless')).toContain('campaign_id');
    expect(peer.filter((row) => 'campaign_id' in row)).toEqual([]);
    expect(ours.length).toBeGreaterThan(0);
    expect(ours.every((row) => typeof row['campaign_id'] === 'string')).toBe(true);
    const keyless = ours.map(({ campaign_id: _, ...row }) => row);
    expect(compareRecords({ peer, ours: keyless }, [])).toEqual([]);
  });
});
