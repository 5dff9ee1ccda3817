import { describe, expect, it } from 'vitest';
import { createEmulator, type Emulator } from '../../src/emulator/emulator.ts';
import type { EmulatorOptions } from '../../src/emulator/options.ts';
import type { Kind } from '../../src/emulator/world/kind.ts';
import type { AirbyteCatalog } from '../../src/protocol/messages.ts';
import { createSource } from '../../src/source/create-source.ts';
import type { Row } from '../../src/streams/stream.ts';
import { runCommand } from '../run/run-command.ts';
import { SECRETS } from '../support/canaries.ts';
import { type EDGES, type EntityStream, keyOf, listTruth } from '../support/entity-truth.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { keyOfRow, listInsightsTruth } from '../support/insights-truth.ts';
import { type Death, liveSource } from '../support/mortal-source.ts';
import { Platform } from '../support/platform.ts';
import { configFor } from '../support/read-streams.ts';
import { configureCatalog } from '../support/run-program.ts';
import { sideBySide } from '../support/side-by-side.ts';

interface Case {
  readonly name: string;
  readonly streams: readonly string[];
  readonly world?: Partial<EmulatorOptions>;
  readonly config?: object;
  readonly fields?: readonly string[];
  /** Objects of this kind change between the runs. */
  readonly moving?: readonly [kind: Kind, edge: string];
  /** Runs at each nth call only. */
  readonly every?: number;
}

const SMALL: Partial<EmulatorOptions> = { campaignsPerAccount: 6, adSetsPerCampaign: 2, adsPerAdSet: 2, creativesPerAd: 1 };
const PERIOD = { start_date: '2026-10-12T00:00:00Z', end_date: '2026-11-20T00:00:00Z' };
const MEASURES = ['spend', 'impressions', 'clicks'];
const REPORTS: Partial<EmulatorOptions> = {
  accounts: 1,
  campaignsPerAccount: 2,
  adSetsPerCampaign: 2,
  adsPerAdSet: 2,
  timeZones: ['UTC'],
  reportDelayMs: 8_000,
  attributionDays: 0,
  maxReportRows: 60,
  reportFailFirstEvery: 5,
};
const DAILY_KEY = ['date_start', 'account_id', 'ad_id'];
const INSIGHTS_KEYS: Readonly<Record<string, readonly string[]>> = {
  ads_insights: DAILY_KEY,
  ads_insights_age_and_gender: [...DAILY_KEY, 'age', 'gender'],
  custom_weekly: ['date_start', 'account_id', 'campaign_id'],
};

const pages = (size: number) => ({ page_size: size });
const CASES: readonly Case[] = [
  { name: 'the account itself', streams: ['ad_account'] },
  { name: 'by update', streams: ['ads'], config: pages(5), moving: ['ad', 'ads'] },
  { name: 'by update, of two kinds', streams: ['campaigns', 'ad_sets'], config: pages(3), moving: ['adset', 'adsets'] },
  {
    name: 'by update, cut in segments',
    streams: ['ads'],
    world: { accounts: 1, campaignsPerAccount: 27, adSetsPerCampaign: 20, adsPerAdSet: 20 },
    config: pages(1_000),
    fields: ['id', 'name', 'updated_time'],
    moving: ['ad', 'ads'],
    every: 2,
  },
  { name: 'whole', streams: ['ad_creatives', 'custom_audiences', 'custom_conversions'], config: pages(5) },
  { name: 'creatives of changed ads', streams: ['ad_creatives_from_ads'], config: pages(10), moving: ['ad', 'ads'] },
  { name: 'by scan', streams: ['images', 'videos'], config: pages(5), moving: ['image', 'adimages'] },
  { name: 'by windows of time', streams: ['activities'], config: pages(25) },
  {
    name: 'reports by day',
    streams: ['ads_insights'],
    world: REPORTS,
    config: PERIOD,
    fields: [...DAILY_KEY, ...MEASURES],
    every: 2,
  },
  {
    name: 'reports with breakdowns and by week, beside objects',
    streams: ['ads_insights_age_and_gender', 'custom_weekly', 'custom_audiences'],
    world: { ...REPORTS, maxReportRows: 300 },
    config: {
      ...PERIOD,
      custom_insights: [{ name: 'Weekly', level: 'campaign', fields: MEASURES, time_increment: 7 }],
    },
    fields: [...DAILY_KEY, 'campaign_id', 'age', 'gender', 'id', 'name', ...MEASURES],
    every: 6,
  },
];

const CREDENTIALS = {
  app_secret: SECRETS.appSecret,
  credentials: { auth_type: 'Service', access_token: SECRETS.accessToken },
};

const keyOfAny = (stream: string, row: Row) =>
  stream in INSIGHTS_KEYS ? keyOfRow(row, INSIGHTS_KEYS[stream] ?? []) : keyOf(stream as EntityStream, row);

describe('a source that dies at a call, and again, and is taken up from the last state', () => {
  it.each(CASES)('has read everything in the end, $name', async (kind) => {
    const calls = await countCalls(kind);
    const deaths = Array.from({ length: calls }, (_, place) => place + 1).filter((at) => at % (kind.every ?? 1) === 0);
    await sideBySide(deaths, 6, (at) => dieAndGoOn(kind, { at, calls }));
    process.stdout.write(`  ${kind.name}: dies at each of ${deaths.length} calls, and three times more\n`);
  });
});

function openWorld({ world }: Case) {
  const clock = new FakeClock({ auto: true });
  const known = { tokens: { [SECRETS.accessToken]: {} }, appSecret: SECRETS.appSecret };
  return { clock, emulator: createEmulator({ ...SMALL, ...world, ...known }, clock) };
}

async function countCalls(kind: Case): Promise<number> {
  const { clock, emulator } = openWorld(kind);
  const config = configFor(emulator, { ...CREDENTIALS, ...kind.config });
  const { calls, exitCode } = await liveSource({ clock, emulator, config, catalog: await makeCatalog(kind, emulator) });
  expect(exitCode).toBe(0);
  return calls;
}

async function makeCatalog({ streams, config, fields }: Case, emulator: Emulator, syncMode?: 'full_refresh') {
  const { messages } = await runCommand('discover', createSource(), {
    config: configFor(emulator, { ...CREDENTIALS, ...config }),
  });
  const [catalog] = messages.flatMap((message) => (message.type === 'CATALOG' ? [message.catalog] : []));
  const configured = configureCatalog(catalog as AirbyteCatalog, { streams, ...(syncMode === undefined ? {} : { syncMode }) });
  if (fields === undefined) return configured;
  const schema = { type: 'object', properties: Object.fromEntries(fields.map((field) => [field, {}])) };
  return { streams: configured.streams.map((entry) => ({ ...entry, stream: { ...entry.stream, json_schema: schema } })) };
}

/** A first sync that dies three times, then one an hour later that dies once; what changes meanwhile is in what the platform holds at the end. */
async function dieAndGoOn(kind: Case, { at, calls }: { readonly at: number; readonly calls: number }): Promise<void> {
  const { clock, emulator } = openWorld(kind);
  const config = configFor(emulator, { ...CREDENTIALS, ...kind.config });
  const catalog = await makeCatalog(kind, emulator);
  const platform = new Platform(keyOfAny);
  const place = (factor: number) => ((at * factor) % calls) + 1;
  const deaths: readonly (Death | undefined)[] = [
    { atCall: at, how: 'killed', isDone: at % 2 === 0 },
    { atCall: place(3), how: 'stopped', isDone: at % 2 === 1 },
    { atCall: place(5), how: 'killed', isDone: at % 4 < 2 },
    undefined,
    { atCall: place(7), how: 'killed', isDone: false },
    undefined,
  ];
  for (const [run, death] of deaths.entries()) {
    if (run === 4) await clock.advance(3_600_000);
    const life = await liveSource({ clock, emulator, config, catalog, state: platform.states, ...(death && { death }) });
    const complete = platform.take(life.messages);
    const where = `${kind.name}, dead at ${at}, run ${run + 1}`;
    if (death === undefined) expect(life.exitCode, where).toBe(0);
    if (life.exitCode !== 0)
      expect(
        kind.streams.some((stream) => !complete.has(stream)),
        where,
      ).toBe(true);
    for (const stream of complete) expect(keysOf(platform, stream), where).toEqual(truthKeys(emulator, stream));
    changeWorld(kind, emulator, { seed: at + run, now: clock.now() });
  }
  // What changed after the last run.
  const last = await liveSource({ clock, emulator, config, catalog, state: platform.states });
  platform.take(last.messages);
  const whole = new Platform(keyOfAny);
  whole.take(
    (await liveSource({ clock, emulator, config, catalog: await makeCatalog(kind, emulator, 'full_refresh') })).messages,
  );
  for (const stream of kind.streams) {
    const [got, truth] = [platform, whole].map(({ rows }) => Object.fromEntries(rows.get(stream) ?? []));
    expect(got, `${stream}, dead at ${at}`).toEqual(truth);
  }
}

function changeWorld({ moving }: Case, emulator: Emulator, { seed, now }: { readonly seed: number; readonly now: number }): void {
  if (moving === undefined) return;
  const [kind, edge] = moving;
  for (const account of emulator.truth.accounts()) {
    const ids = emulator.truth.ids(edge, account);
    emulator.touch(kind, ids[(seed * 7) % ids.length] ?? '', { at: now });
  }
}

function keysOf(platform: Platform, stream: string): string[] {
  return [...(platform.rows.get(stream)?.keys() ?? [])].sort();
}

function truthKeys(emulator: Emulator, stream: string): string[] {
  const columns = INSIGHTS_KEYS[stream];
  if (columns === undefined) return [...new Set(listTruth(emulator, stream as keyof typeof EDGES))];
  const level = stream === 'custom_weekly' ? 'campaign' : 'ad';
  const rows = listInsightsTruth(emulator, {
    level,
    columns,
    since: PERIOD.start_date.slice(0, 10),
    until: PERIOD.end_date.slice(0, 10),
    increment: stream === 'custom_weekly' ? 7 : 1,
    breakdowns: columns.filter((column) => ['age', 'gender'].includes(column)),
  });
  return rows.map((row) => keyOfRow(row, columns)).sort();
}
