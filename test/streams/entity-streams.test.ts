import { describe, expect, it } from 'vitest';
import { createEmulator, type Emulator } from '../../src/emulator/emulator.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { openReader } from '../support/read-streams.ts';

const EDGES = {
  campaigns: 'campaigns',
  ad_sets: 'adsets',
  ads: 'ads',
  ad_creatives: 'adcreatives',
  images: 'adimages',
  videos: 'advideos',
  custom_audiences: 'customaudiences',
  custom_conversions: 'customconversions',
} as const;

function truthOf(emulator: Emulator, edge: string, statuses?: readonly string[]): string[] {
  return emulator.truth
    .accounts()
    .flatMap((account) => emulator.truth.ids(edge, account, statuses === undefined ? {} : { statuses }))
    .sort();
}

const idsOf = (rows: readonly Record<string, unknown>[]) => rows.map((row) => String(row['id'])).sort();

describe('the entity streams', () => {
  it.each(Object.entries(EDGES))('%s gives every object of every account once', async (stream, edge) => {
    const clock = new FakeClock({ auto: true });
    const emulator = createEmulator({}, clock);
    const { rows, states, failures } = await (await openReader(emulator, { clock })).read(stream, { syncMode: 'full_refresh' });
    expect(idsOf(rows)).toEqual(truthOf(emulator, edge));
    expect(failures).toEqual([]);
    expect(states.at(-1)?.rowCount).toBe(rows.length);
  });
});

describe('status filters', () => {
  const SETTINGS = { campaigns: 'campaign_statuses', ad_sets: 'adset_statuses', ads: 'ad_statuses' } as const;

  it.each([['ACTIVE'], ['PAUSED', 'ARCHIVED'], ['DELETED'], ['ACTIVE', 'PAUSED', 'ARCHIVED', 'DELETED']])(
    'ask for %s and more',
    async (...statuses) => {
      const clock = new FakeClock({ auto: true });
      const emulator = createEmulator({ campaignsPerAccount: 20 }, clock);
      for (const [stream, setting] of Object.entries(SETTINGS)) {
        const reader = await openReader(emulator, { clock, config: { [setting]: statuses } });
        const { rows } = await reader.read(stream);
        expect(idsOf(rows)).toEqual(truthOf(emulator, EDGES[stream as keyof typeof EDGES], statuses));
      }
    },
  );
});

describe('a second sync', () => {
  it.each(['campaigns', 'ad_sets', 'ads', 'images', 'videos'] as const)(
    'of %s gives what changed and nothing else',
    async (stream) => {
      const clock = new FakeClock({ auto: true });
      const emulator = createEmulator({ campaignsPerAccount: 10 }, clock);
      const reader = await openReader(emulator, { clock });
      const first = await reader.read(stream);
      const state = first.states.at(-1)?.state ?? {};
      await clock.advance(3_600_000);
      expect((await reader.read(stream, { state })).rows).toEqual([]);

      const kind = ({ campaigns: 'campaign', ad_sets: 'adset', ads: 'ad', images: 'image', videos: 'video' } as const)[stream];
      const changed = idsOf(first.rows).filter((_, index) => index % 5 === 0);
      for (const id of changed) emulator.touch(kind, id);
      await clock.advance(3_600_000);
      const second = await reader.read(stream, { state });
      expect(idsOf(second.rows)).toEqual(changed);
      await clock.advance(3_600_000);
      expect((await reader.read(stream, { state: second.states.at(-1)?.state ?? {} })).rows).toEqual([]);
    },
  );

  it('sees an object that changed again within the second of its last change', async () => {
    const clock = new FakeClock({ auto: true });
    const emulator = createEmulator({}, clock);
    const reader = await openReader(emulator, { clock });
    const [id = ''] = idsOf((await reader.read('ads')).rows);
    emulator.touch('ad', id);
    const first = await reader.read('ads');
    emulator.touch('ad', id, { patch: { name: 'changed twice in a second' } });
    await clock.advance(3_600_000);
    const second = await reader.read('ads', { state: first.states.at(-1)?.state ?? {} });
    expect(second.rows.map((row) => row['name'])).toContain('changed twice in a second');
  });

  it('makes no call more than needed when nothing changed', async () => {
    const clock = new FakeClock({ auto: true });
    const emulator = createEmulator({}, clock);
    const reader = await openReader(emulator, { clock });
    const { states } = await reader.read('ads');
    await clock.advance(3_600_000);
    const { cost } = await reader.read('ads', { state: states.at(-1)?.state ?? {} });
    expect(cost.calls).toBe(emulator.truth.accounts().length);
  });
});

describe('a long walk', () => {
  it('is cut into segments, and a read from every state on the way misses nothing', async () => {
    const clock = new FakeClock({ auto: true });
    const emulator = createEmulator({ accounts: 1, campaignsPerAccount: 40, adSetsPerCampaign: 20, adsPerAdSet: 25 }, clock);
    const reader = await openReader(emulator, { clock });
    const fields = ['id', 'name', 'updated_time'];
    const { rows, states } = await reader.read('ads', { fields });
    const truth = truthOf(emulator, 'ads');
    expect(idsOf(rows)).toEqual(truth);
    expect(states.length).toBeGreaterThan(3);
    for (const { state, rowCount } of states) {
      const rest = await reader.read('ads', { fields, state });
      const both = new Set([...idsOf(rows.slice(0, rowCount)), ...idsOf(rest.rows)]);
      expect(both.size).toBe(truth.length);
    }
  });
});

describe('ad_creatives_from_ads', () => {
  it('gives each creative of the visible ads once, in batches', async () => {
    const clock = new FakeClock({ auto: true });
    const emulator = createEmulator({ campaignsPerAccount: 30 }, clock);
    const reader = await openReader(emulator, { clock });
    const { rows, cost } = await reader.read('ad_creatives_from_ads');
    const wanted = new Set(truthOf(emulator, 'ads').flatMap((id) => emulator.truth.creativeOf(id) ?? []));
    expect(idsOf(rows)).toEqual([...wanted].sort());
    expect(cost.calls / rows.length).toBeLessThanOrEqual(0.04);
    expect(rows.every((row) => typeof row['updated_time'] === 'string' && typeof row['name'] === 'string')).toBe(true);
  });

  it('gives the creatives of ads that have not changed since the start date, too', async () => {
    const clock = new FakeClock({ auto: true });
    const emulator = createEmulator({}, clock);
    const config = { start_date: `${new Date(clock.now()).toISOString().slice(0, 10)}T00:00:00Z` };
    const reader = await openReader(emulator, { clock, config });
    const { rows } = await reader.read('ad_creatives_from_ads');
    const wanted = new Set(truthOf(emulator, 'ads').flatMap((id) => emulator.truth.creativeOf(id) ?? []));
    expect(idsOf(rows)).toEqual([...wanted].sort());
    expect((await reader.read('ads')).rows.length).toBeLessThan(wanted.size);
  });

  it('takes up behind the last ad that changed', async () => {
    const clock = new FakeClock({ auto: true });
    const emulator = createEmulator({}, clock);
    const reader = await openReader(emulator, { clock });
    const { states } = await reader.read('ad_creatives_from_ads');
    await clock.advance(3_600_000);
    expect((await reader.read('ad_creatives_from_ads', { state: states.at(-1)?.state ?? {} })).rows).toEqual([]);
  });
});

describe('activities', () => {
  it('gives every event once over its windows, each with a key', async () => {
    const clock = new FakeClock({ auto: true });
    const emulator = createEmulator({}, clock);
    const { rows, states } = await (await openReader(emulator, { clock })).read('activities');
    const keys = rows.map((row) => [row['object_id'], row['event_time'], row['event_type'], row['actor_id']].join('|')).sort();
    expect(keys).toEqual(truthOf(emulator, 'activities'));
    expect(new Set(rows.map((row) => row['activity_id'])).size).toBe(new Set(keys).size);
    expect(states.length).toBeGreaterThan(4);
  });

  it('gives no event again in the next sync, and misses none from any state', async () => {
    const clock = new FakeClock({ auto: true });
    const emulator = createEmulator({ accounts: 1 }, clock);
    const reader = await openReader(emulator, { clock });
    const { rows, states } = await reader.read('activities');
    await clock.advance(3_600_000);
    expect((await reader.read('activities', { state: states.at(-1)?.state ?? {} })).rows).toEqual([]);
    for (const { state, rowCount } of states) {
      const rest = await reader.read('activities', { state });
      expect(rowCount + rest.rows.length).toBe(rows.length);
    }
  });
});

describe('the ad account', () => {
  it('loses only the fields this token may not see, and only for that account', async () => {
    const clock = new FakeClock({ auto: true });
    const emulator = createEmulator({}, clock);
    const [first = '', second = ''] = emulator.truth.accounts();
    emulator.configure({ ownerDeniedAccounts: [first], fundingSourceDeniedAccounts: [first] });
    const reader = await openReader(emulator, { clock });
    const { rows, failures, changes } = await reader.read('ad_account');
    const byId = new Map(rows.map((row) => [row['account_id'], row]));
    expect(failures).toEqual([]);
    expect(Object.keys(emulator.truth.object(`act_${second}`) ?? {})).toContain('owner');
    expect(byId.get(second)).toHaveProperty('owner');
    expect(byId.get(first)).not.toHaveProperty('owner');
    expect(byId.get(first)).toHaveProperty('name');
    expect(changes.map(({ field }) => field).sort()).toEqual(['funding_source_details', 'owner']);
  });
});

describe('what fails stays small', () => {
  it('one denied account of three leaves the others complete and is named once', async () => {
    const clock = new FakeClock({ auto: true });
    const emulator = createEmulator({ accounts: 3 }, clock);
    const denied = emulator.truth.accounts()[1] ?? '';
    emulator.configure({ deniedAccounts: { [denied]: '200' } });
    const { rows, failures } = await (await openReader(emulator, { clock })).read('ads');
    const others = emulator.truth.accounts().filter((account) => account !== denied);
    expect(idsOf(rows)).toEqual(others.flatMap((account) => emulator.truth.ids('ads', account)).sort());
    expect(failures).toHaveLength(1);
    expect(failures[0]).toContain(denied);
  });

  it('poisoned creatives come with what can be had, the others whole', async () => {
    const clock = new FakeClock({ auto: true });
    const emulator = createEmulator({ poisonEvery: 7, poisonedFields: ['object_story_spec'] }, clock);
    const { rows, changes } = await (await openReader(emulator, { clock })).read('ad_creatives');
    expect(idsOf(rows)).toEqual(truthOf(emulator, 'adcreatives'));
    expect(changes.length).toBeGreaterThan(0);
    expect(new Set(changes.map(({ field }) => field))).toEqual(new Set(['object_story_spec']));
    expect(rows.filter((row) => row['name'] === undefined)).toEqual([]);
  });

  it.each([
    { name: 'a field that always fails', options: { failingFields: ['ad.recommendations'] } },
    { name: 'a field that Meta has withdrawn', options: { removedFields: ['ad.bid_type'] } },
    { name: 'pages bounded by bytes, with giants', options: { maxPageBytes: 60_000, giantEvery: 40, giantBytes: 50_000 } },
    { name: 'pages bounded by rows', options: { maxRowsPerCall: 7 } },
    { name: 'empty pages with a next one', options: { pageStyle: 'empty' as const } },
  ])('loses no ad to $name', async ({ options }) => {
    const clock = new FakeClock({ auto: true });
    const emulator = createEmulator(options as never, clock);
    const { rows, failures } = await (await openReader(emulator, { clock })).read('ads');
    expect(failures).toEqual([]);
    expect(idsOf(rows)).toEqual(truthOf(emulator, 'ads'));
    expect(rows.every((row) => typeof row['name'] === 'string')).toBe(true);
  });
});
