import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AirbyteCatalog, JsonObject } from '../../src/protocol/messages.ts';
import { configFor } from '../../test/support/read-streams.ts';
import { compareRecords, type Difference } from '../peer/compare-records.ts';
import { describeDifference } from '../peer/explain-differences.ts';
import { daysBefore, type FrozenEmulator, SMALL_WORLD, startFrozenEmulator } from '../support/frozen-emulator.ts';
import { keyColumnsOf } from '../support/read-both.ts';
import { discoverByPeer } from '../support/run-peer.ts';
import { type Sync, syncOurs, syncPeer, writeStreamState } from './read-from-state.ts';

const OBJECTS = ['campaigns', 'ad_sets', 'ads', 'ad_creatives_from_ads', 'images', 'videos', 'activities'] as const;
const REPORTS = ['ads_insights', 'ads_insights_action_type'] as const;
const STREAMS = [...OBJECTS, ...REPORTS];
/** Between two seconds of the world, so that nothing lies exactly on it. */
const HALF_SECOND_MS = 500;

interface Legacy {
  readonly title: string;
  readonly isFlat: boolean;
  /** The state of an account that was read up to `moment`, or `day`. */
  readonly object: (cursor: string, moment: string) => JsonObject;
  readonly report: (day: string) => JsonObject;
}

const ACCOUNT = '101000000000001';

const LEGACY: readonly Legacy[] = [
  {
    title: 'of one account, with include_deleted off',
    isFlat: true,
    object: (cursor, moment) => ({ [cursor]: moment, include_deleted: false }),
    report: (day) => ({ date_start: day, slices: [day], time_increment: 1 }),
  },
  {
    title: 'of one account, with include_deleted on',
    isFlat: true,
    object: (cursor, moment) => ({ [cursor]: moment, include_deleted: true }),
    report: (day) => ({ date_start: day, slices: [] }),
  },
  {
    title: 'by account, from before there were status filters',
    isFlat: false,
    object: (cursor, moment) => ({ [ACCOUNT]: { [cursor]: moment }, include_deleted: true }),
    report: (day) => ({ [ACCOUNT]: { date_start: day, slices: [] }, time_increment: 1 }),
  },
  {
    title: 'by account, with status filters',
    isFlat: false,
    object: (cursor, moment) => ({ [ACCOUNT]: { [cursor]: moment, filter_statuses: ['ACTIVE', 'PAUSED'] }, filter_statuses: [] }),
    report: (day) => ({
      [ACCOUNT]: { date_start: `${day}T00:00:00+00:00`, slices: [`${day}T00:00:00+00:00`] },
      time_increment: 1,
    }),
  },
];

describe('the states of earlier times', () => {
  let world: FrozenEmulator;
  let config: JsonObject;
  let catalog: AirbyteCatalog;
  let momentMs: number;
  beforeAll(async () => {
    world = await startFrozenEmulator({ ...SMALL_WORLD, accounts: [ACCOUNT], timeZones: ['UTC'], campaignsPerAccount: 4 });
    config = configFor(world.emulator, {
      account_id: ACCOUNT,
      start_date: daysBefore(world.now(), 300),
      insights_lookback_window: 2,
      campaign_statuses: ['ACTIVE', 'PAUSED'],
    });
    momentMs = Date.parse(daysBefore(world.now(), 60)) + HALF_SECOND_MS;
    catalog = pick(await discoverByPeer(config, world.url), STREAMS);
  });
  afterAll(() => world.close());

  describe.each(LEGACY)('a state $title', ({ object, report, isFlat }) => {
    let peer: Sync;
    let ours: Sync;
    const writeObjects = (wrap: (state: JsonObject) => JsonObject): readonly object[] =>
      OBJECTS.map((name) => {
        const cursor = name === 'activities' ? 'event_time' : 'updated_time';
        return writeStreamState(name, wrap(object(cursor, new Date(momentMs).toISOString())));
      });
    const input = (state: readonly object[], streams: readonly string[] = STREAMS) => ({
      config,
      graphUrl: world.url,
      state,
      catalog: pick(catalog, streams),
    });

    beforeAll(async () => {
      const day = daysBefore(world.now(), 3).slice(0, 10);
      const state = [...writeObjects((one) => one), ...REPORTS.map((name) => writeStreamState(name, report(day)))];
      ours = await syncOurs(input(state));
      peer = await syncPeer(input(state, isFlat ? REPORTS : STREAMS));
    });

    it.each(isFlat ? REPORTS : STREAMS)('is taken up as by the peer, or better: %s', (stream) => {
      const both = { peer: peer.rowsOf(stream), ours: ours.rowsOf(stream) };
      const differences = compareRecords(both, keyColumnsOf(catalog, stream));
      expect(differences.filter((difference) => !isKnown(difference, stream)).map(describeDifference)).toEqual([]);
      expect(both.ours.length).toBeGreaterThan(0);
    });

    it.each(STREAMS)('makes one by account: %s', (stream) => {
      expect(Object.keys(ours.stateOf(stream))).toContain(ACCOUNT);
    });

    if (!isFlat) return;

    it('is too much for the peer where it is of objects (42)', async () => {
      await expect(
        syncPeer(
          input(
            writeObjects((one) => one),
            ['campaigns'],
          ),
        ),
      ).rejects.toThrow('Circular reference');
    });

    it('is taken for that of the one account', async () => {
      const expected = await syncOurs(
        input(
          writeObjects((one) => ({ [ACCOUNT]: one })),
          OBJECTS,
        ),
      );
      for (const stream of OBJECTS) {
        const [flat, nested] = [ours.rowsOf(stream), expected.rowsOf(stream)];
        const differences = compareRecords({ peer: nested, ours: flat }, keyColumnsOf(catalog, stream));
        expect(differences.map(describeDifference), stream).toEqual([]);
        expect(flat.length, stream).toBeGreaterThan(0);
      }
    });
  });

  /** Whether a fault of the peer is behind it: 7, older objects of new statuses; 11, newer ones behind an older one; or it reads again what is known. */
  function isKnown(difference: Difference, stream: string): boolean {
    if (difference.type === 'changed') return false;
    const isOld = Date.parse(String(difference.row['updated_time'])) <= momentMs;
    const isScanned = stream === 'images' || stream === 'videos';
    return difference.type === 'peer only' ? isOld : isOld !== isScanned;
  }
});

function pick({ streams }: AirbyteCatalog, names: readonly string[]): AirbyteCatalog {
  return { streams: streams.filter(({ name }) => names.includes(name)) };
}
