import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nameCustomStream } from '../../src/streams/insights/custom-stream-name.ts';
import { configFor } from '../../test/support/read-streams.ts';
import { type FrozenEmulator, SMALL_WORLD, startFrozenEmulator } from '../support/frozen-emulator.ts';
import { type BothRead, keyColumnsOf, readBoth } from '../support/read-both.ts';
import { reviveAds } from '../support/revive-ads.ts';
import { compareRecords } from './compare-records.ts';
import { listCustomInsights } from './custom-insights.ts';
import { describeStream, explainDifferences } from './explain-differences.ts';

const NAMES = listCustomInsights(0).map(({ name }) => nameCustomStream(String(name)));

describe('the records of custom reports', () => {
  let world: FrozenEmulator;
  let both: BothRead;
  const lines: string[] = [];

  beforeAll(async () => {
    world = await startFrozenEmulator(SMALL_WORLD);
    const { emulator, url: graphUrl } = world;
    reviveAds(emulator);
    const config = configFor(emulator, { custom_insights: listCustomInsights(world.now()) });
    both = await readBoth({ config, graphUrl, wants: (name) => name.startsWith('custom_') && NAMES.includes(name) });
  });
  afterAll(async () => {
    console.log(lines.join('\n'));
    await world.close();
  });

  it.each(NAMES)('%s: equal', (stream) => {
    const { peer = [], ours = [] } = both.records.get(stream) ?? {};
    const differences = compareRecords({ peer, ours }, keyColumnsOf(both.catalog, stream));
    const explanation = explainDifferences(differences, { stream, nowMs: world.now() });
    lines.push(describeStream(stream, { peer: peer.length, ours: ours.length }, explanation));
    expect(explanation).toEqual({ byFault: new Map(), unexplained: [] });
    expect(peer.length).toBeGreaterThan(0);
  });

  it.each([[{ action_breakdowns: [] }], [{}]])('are equal where no action breakdowns are allowed: %j', async (item) => {
    const [report] = listCustomInsights(world.now());
    const { action_breakdowns: _, ...rest } = report ?? {};
    const custom_insights = [{ ...rest, ...item, name: 'Unbroken' }];
    const config = configFor(world.emulator, { custom_insights, action_breakdowns_allow_empty: true });
    const { catalog, records } = await readBoth({ config, graphUrl: world.url, wants: (name) => name === 'custom_unbroken' });
    const { peer = [], ours = [] } = records.get('custom_unbroken') ?? {};
    expect(compareRecords({ peer, ours }, keyColumnsOf(catalog, 'custom_unbroken'))).toEqual([]);
    expect(JSON.stringify(ours)).not.toContain('action_destination');
    expect(ours.length).toBeGreaterThan(0);
  });
});
