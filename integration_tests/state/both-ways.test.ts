import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AirbyteCatalog, JsonObject } from '../../src/protocol/messages.ts';
import type { Row } from '../../src/streams/stream.ts';
import { configFor } from '../../test/support/read-streams.ts';
import { compareRecords, type Difference } from '../peer/compare-records.ts';
import { describeDifference, explainDifferences } from '../peer/explain-differences.ts';
import { daysBefore, type FrozenEmulator, SMALL_WORLD, startFrozenEmulator } from '../support/frozen-emulator.ts';
import { keyColumnsOf } from '../support/read-both.ts';
import { reviveAds } from '../support/revive-ads.ts';
import { discoverByPeer } from '../support/run-peer.ts';
import { type Sync, syncOurs, syncPeer } from './read-from-state.ts';

const OBJECTS = ['campaigns', 'ad_sets', 'ads', 'ad_creatives_from_ads', 'images', 'videos', 'activities'] as const;
const REPORTS = ['ads_insights', 'ads_insights_delivery_device', 'custom_weeks', 'custom_months'] as const;
const CHANGED = {
  campaigns: ['campaign', 'campaigns'],
  ad_sets: ['adset', 'adsets'],
  ads: ['ad', 'ads'],
  images: ['image', 'adimages'],
  videos: ['video', 'advideos'],
} as const;
const MINUTE_MS = 60_000;

describe('a second sync', () => {
  let world: FrozenEmulator;
  let catalog: AirbyteCatalog;
  /** The first syncs, and the second ones: whose state, read by whom. */
  let first: Readonly<Record<'peer' | 'ours', Sync>>;
  let second: Readonly<Record<'peerByPeer' | 'oursByPeer' | 'peerByOurs' | 'oursByOurs', Sync>>;
  const changed = new Map<string, string>();

  beforeAll(async () => {
    // Elsewhere the peer's cursor is the day in London, which ours is not.
    world = await startFrozenEmulator({ ...SMALL_WORLD, timeZones: ['UTC'] });
    reviveAds(world.emulator);
    const { emulator, url: graphUrl } = world;
    const report = { fields: ['campaign_id', 'spend', 'actions'], level: 'campaign', insights_lookback_window: 2 };
    const config = configFor(emulator, {
      start_date: daysBefore(world.now(), 12),
      insights_lookback_window: 2,
      custom_insights: [
        { name: 'Weeks', ...report, time_increment_period: 'weekly', start_date: daysBefore(world.now(), 40) },
        { name: 'Months', ...report, time_increment_period: 'monthly', start_date: daysBefore(world.now(), 100) },
      ],
    });
    const all = await discoverByPeer(config, graphUrl);
    catalog = { streams: all.streams.filter(({ name }) => [...OBJECTS, ...REPORTS].some((one) => one === name)) };
    const input = { config, catalog, graphUrl };
    const [peer, ours] = [await syncPeer(input), await syncOurs(input)];
    first = { peer, ours };
    world.advance(MINUTE_MS);
    for (const [stream, [kind, edge]] of Object.entries(CHANGED)) {
      const id = emulator.truth.ids(edge, emulator.truth.accounts()[0] ?? '').at(-1) ?? '';
      emulator.touch(kind, id);
      changed.set(stream, id);
    }
    changed.set('ad_creatives_from_ads', emulator.truth.creativeOf(changed.get('ads') ?? '') ?? '');
    second = {
      peerByPeer: await syncPeer({ ...input, state: peer.states }),
      oursByPeer: await syncPeer({ ...input, state: ours.states }),
      peerByOurs: await syncOurs({ ...input, state: peer.states }),
      oursByOurs: await syncOurs({ ...input, state: ours.states }),
    };
  });
  afterAll(() => world.close());

  /** What the one found and the other did not, but for what the peer is known to do wrong. */
  const compare = (stream: string, peer: Sync, ours: Sync): readonly Difference[] => {
    const both = { peer: peer.rowsOf(stream), ours: ours.rowsOf(stream) };
    const circumstances = { stream, nowMs: world.now(), endMs: world.now() };
    return compareRecords(both, keyColumnsOf(catalog, stream)).filter(
      (difference) => explainDifferences([difference], circumstances).unexplained.length > 0,
    );
  };

  it.each([...OBJECTS, ...REPORTS])('of %s by the peer is the same from our state as from its own', (stream) => {
    const [own, from] = [second.peerByPeer.rowsOf(stream), second.oursByPeer.rowsOf(stream)];
    const differences = compareRecords({ peer: own, ours: from }, keyColumnsOf(catalog, stream));
    expect(differences.map(describeDifference)).toEqual([]);
    expect(own.length).toBeGreaterThan(0);
  });

  it.each(REPORTS)('of %s by ours takes up where the peer left off', (stream) => {
    expect(compare(stream, second.peerByPeer, second.peerByOurs).map(describeDifference)).toEqual([]);
    expect(second.peerByOurs.rowsOf(stream).length).toBeLessThan(first.ours.rowsOf(stream).length);
  });

  it.each(OBJECTS)("of %s by ours gives what is new since the peer's, and at most the cursor's own second again", (stream) => {
    const differences = compare(stream, second.peerByPeer, second.peerByOurs);
    // A change in the second of the last one read would be missed otherwise (12).
    const isOfLastSecond = (difference: Difference): boolean =>
      difference.type === 'ours only' && isAtCursor(first.peer.stateOf(stream), difference.row);
    expect(differences.filter((difference) => !isOfLastSecond(difference)).map(describeDifference)).toEqual([]);
  });

  it.each([...Object.keys(CHANGED), 'ad_creatives_from_ads'])('finds the changed one of %s from either state', (stream) => {
    for (const sync of Object.values(second)) {
      const ids = sync.rowsOf(stream).map((row) => row['id']);
      expect(ids).toContain(changed.get(stream));
    }
  });

  it.each([...OBJECTS, ...REPORTS])('of %s by ours is the same from either state', (stream) => {
    const keys = keyColumnsOf(catalog, stream);
    const both = { peer: second.peerByOurs.rowsOf(stream), ours: second.oursByOurs.rowsOf(stream) };
    const differences = compareRecords(both, keys).filter(({ type }) => type !== 'peer only');
    expect(differences.map(describeDifference)).toEqual([]);
  });
});

function isAtCursor(state: JsonObject, row: Row): boolean {
  const account = state[String(row['account_id'])] as JsonObject | undefined;
  return ['updated_time', 'event_time'].some(
    (cursor) => Date.parse(String(row[cursor])) === Date.parse(String(account?.[cursor])),
  );
}
