import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AirbyteCatalog, JsonObject } from '../../src/protocol/messages.ts';
import { configFor } from '../../test/support/read-streams.ts';
import { discoverCatalog } from '../../test/support/run-program.ts';
import { daysBefore, type FrozenEmulator, SMALL_WORLD, startFrozenEmulator } from '../support/frozen-emulator.ts';
import { reviveAds } from '../support/revive-ads.ts';
import { runPeer } from '../support/run-peer.ts';
import { type Sync, syncOurs, syncPeer } from './read-from-state.ts';

const STREAMS = ['ad_account', 'campaigns', 'ad_sets', 'ads', 'images', 'custom_audiences', 'ads_insights', 'custom_sites'];
/** What only ours understands. */
const ADDITIONS: JsonObject = { app_secret: 'emulator-app-secret', concurrency: 4, insights_order: 'recent_first' };

describe("the way back to Airbyte's connector, with our config, catalog and state", () => {
  let world: FrozenEmulator;
  let catalog: AirbyteCatalog;
  let config: JsonObject;
  let ours: Sync;
  let back: Sync;
  let changed: string;

  beforeAll(async () => {
    world = await startFrozenEmulator({ ...SMALL_WORLD, timeZones: ['UTC'] });
    const { emulator, url: graphUrl } = world;
    reviveAds(emulator);
    config = configFor(emulator, {
      start_date: daysBefore(world.now(), 6),
      insights_lookback_window: 1,
      ...ADDITIONS,
      custom_insights: [
        { name: 'Sites', level: 'campaign', fields: ['campaign_id', 'spend'], action_attribution_windows: ['7d_click'] },
      ],
    });
    const all = await discoverCatalog(config, graphUrl);
    catalog = { streams: all.streams.filter(({ name }) => STREAMS.includes(name)) };
    ours = await syncOurs({ config, catalog, graphUrl });
    world.advance(60_000);
    changed = emulator.truth.ids('adsets', emulator.truth.accounts()[0] ?? '').at(-1) ?? '';
    emulator.touch('adset', changed);
    back = await syncPeer({ config, catalog, graphUrl, state: ours.states });
  });
  afterAll(() => world.close());

  it('finds what has changed, and little else', () => {
    expect(back.rowsOf('ad_sets').map(({ id }) => id)).toContain(changed);
    expect(back.rowsOf('campaigns')).toEqual([]);
    expect(back.rowsOf('ads_insights').length).toBeLessThan(ours.rowsOf('ads_insights').length);
  });

  it.each(['ad_account', 'custom_audiences'])('reads %s as ours does', (stream) => {
    expect(back.rowsOf(stream)).toHaveLength(ours.rowsOf(stream).length);
    expect(back.rowsOf(stream).length).toBeGreaterThan(0);
  });

  it.each(['ads_insights', 'custom_sites'])('reads the days of %s that are not final', (stream) => {
    expect(back.rowsOf(stream).length).toBeGreaterThan(0);
  });

  it('leaves the columns that ours adds empty', () => {
    const goals = (sync: Sync) => sync.rowsOf('ad_sets').map((row) => typeof row['optimization_goal']);
    expect(new Set(goals(ours))).toEqual(new Set(['string']));
    expect(new Set(goals(back))).toEqual(new Set(['undefined']));
  });

  it('is closed to a config with the one value that the peer has no word for', async () => {
    const [report] = config['custom_insights'] as readonly JsonObject[];
    const { messages } = await runPeer({
      command: 'check',
      config: { ...config, custom_insights: [{ ...report, time_increment_period: 'all_days' }] },
      graphUrl: world.url,
    });
    const status = messages.find((message) => message.type === 'CONNECTION_STATUS');
    expect(status?.connectionStatus.status).toBe('FAILED');
    expect(status?.connectionStatus.message).toContain("'all_days' is not one of");
  });
});
