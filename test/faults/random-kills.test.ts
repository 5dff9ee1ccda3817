import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEmulator, startEmulator } from '../../src/emulator/server.ts';
import { SECRETS } from '../support/canaries.ts';
import { type EntityStream, keyOf, listTruth } from '../support/entity-truth.ts';
import { keyOfRow, listInsightsTruth } from '../support/insights-truth.ts';
import { LiveProgram } from '../support/live-program.ts';
import { memberIds } from '../support/people.ts';
import { PeopleChanges } from '../support/people-changes.ts';
import { Platform } from '../support/platform.ts';
import { randomFrom } from '../support/random.ts';
import { gatherLines } from '../support/run-program.ts';

const SEEDS = [1, 2];
/** After so many deaths a run is let live. */
const DEATHS = 8;
const KNOWN = { tokens: { [SECRETS.accessToken]: {} }, appSecret: SECRETS.appSecret, accounts: 2 };
const CREDENTIALS = { app_secret: SECRETS.appSecret, credentials: { auth_type: 'Service', access_token: SECRETS.accessToken } };

describe('the built source, killed at random moments over and over', () => {
  const ENTITIES: readonly EntityStream[] = [
    'campaigns',
    'ads',
    'ad_creatives',
    'ad_creatives_from_ads',
    'images',
    'videos',
    'activities',
  ];
  const KEY = ['date_start', 'account_id', 'ad_id'];
  const DAYS = { since: '2026-10-01', until: '2026-10-31' };
  let server: RunningEmulator;
  beforeAll(async () => {
    server = await startEmulator({
      ...KNOWN,
      campaignsPerAccount: 8,
      adSetsPerCampaign: 4,
      adsPerAdSet: 5,
      imagesPerAccount: 60,
      videosPerAccount: 40,
      activitiesPerAccount: 200,
      historyDays: 90,
      reportDelayMs: 200,
      attributionDays: 0,
      timeZones: ['UTC'],
      latencyMs: 15,
    });
  });
  afterAll(() => server.close());

  const properties = (names: readonly string[]) => ({ properties: Object.fromEntries(names.map((name) => [name, {}])) });
  const catalog = {
    streams: [...ENTITIES, 'ads_insights'].map((name) => ({
      stream: { name, ...(name === 'ads_insights' ? { json_schema: properties([...KEY, 'spend', 'clicks']) } : {}) },
      sync_mode: 'incremental',
      destination_sync_mode: 'append',
    })),
  };

  it.each(SEEDS)('has read everything in the end, seed %i', async (seed) => {
    const random = randomFrom(seed);
    const platform = new Platform((stream, row) =>
      stream === 'ads_insights' ? keyOfRow(row, KEY) : keyOf(stream as EntityStream, row),
    );
    const config = {
      ...CREDENTIALS,
      account_ids: [...server.emulator.truth.accounts()],
      page_size: 20,
      start_date: `${DAYS.since}T00:00:00Z`,
      end_date: `${DAYS.until}T00:00:00Z`,
    };
    // Objects are bounded by the dates too, and are to come all.
    const whole = { ...config, start_date: undefined, end_date: undefined };
    let deaths = 0;
    for (const [settings, streams] of [
      [config, ['ads_insights']],
      [whole, ENTITIES],
    ] as const) {
      const chosen = { streams: catalog.streams.filter(({ stream }) => (streams as readonly string[]).includes(stream.name)) };
      for (let life = 0; ; life += 1) {
        const program = new LiveProgram({
          command: 'read',
          config: settings,
          catalog: chosen,
          state: platform.states,
          graphUrl: server.url,
        });
        const how = random() < 0.7 ? 'SIGKILL' : 'SIGTERM';
        if (life < DEATHS) await Promise.race([sleep(150 + random() * 900).then(() => program.signal(how)), program.end()]);
        const { code, messages, stderr } = await program.end();
        platform.take(messages);
        expect(stderr).toBe('');
        if (code === 0) break;
        expect(code).toBeNull();
        deaths += 1;
      }
    }
    for (const stream of ENTITIES) {
      expect([...(platform.rows.get(stream)?.keys() ?? [])].sort(), stream).toEqual([
        ...new Set(listTruth(server.emulator, stream)),
      ]);
    }
    const truth = listInsightsTruth(server.emulator, { ...DAYS, level: 'ad', columns: KEY, increment: 1, breakdowns: [] });
    expect([...(platform.rows.get('ads_insights')?.keys() ?? [])].sort()).toEqual(truth.map((row) => keyOfRow(row, KEY)).sort());
    expect(deaths).toBeGreaterThan(0);
    process.stdout.write(
      `  seed ${seed}: ${deaths} deaths, ${truth.length} rows of insights and all objects of ${ENTITIES.length} streams\n`,
    );
  });
});

describe('the built destination, killed at random moments over and over', () => {
  const CHANGES = new PeopleChanges({ rows: 6_000, persons: 900, stateEvery: 100 });

  it.each(SEEDS)('has the audience in the end that all changes make, seed %i', async (seed) => {
    const random = randomFrom(seed);
    const server = await startEmulator({ ...KNOWN, latencyMs: 25 });
    try {
      const config = { ...CREDENTIALS, account_id: server.emulator.truth.accounts()[0], batch_rows: 100 };
      const stream = { name: 'people', json_schema: { properties: { email: {}, _airbyte_op: {} } } };
      const catalog = { streams: [{ stream, sync_mode: 'incremental', destination_sync_mode: 'append_dedup' }] };
      let next = 0;
      let deaths = 0;
      for (let life = 0; ; life += 1) {
        const program = new LiveProgram({ program: 'destination', command: 'write', config, catalog, graphUrl: server.url });
        for (const text of gatherLines(CHANGES.from(next))) program.child.stdin.write(text);
        program.child.stdin.end();
        const how = random() < 0.7 ? 'SIGKILL' : 'SIGTERM';
        if (life < DEATHS) await Promise.race([sleep(250 + random() * 900).then(() => program.signal(how)), program.end()]);
        const { code, messages, stderr } = await program.end();
        expect(stderr).toBe('');
        for (const message of messages) if (message.type === 'STATE') next = message.state.stream.stream_state['next'] as number;
        if (code === 0) break;
        expect(code).toBeNull();
        deaths += 1;
      }
      expect(next).toBe(CHANGES.rows);
      expect(memberIds(server.emulator)).toEqual(CHANGES.members);
      expect(deaths).toBeGreaterThan(0);
      process.stdout.write(`  seed ${seed}: ${deaths} deaths, ${CHANGES.members.length} members of ${CHANGES.rows} changes\n`);
    } finally {
      await server.close();
    }
  });
});
