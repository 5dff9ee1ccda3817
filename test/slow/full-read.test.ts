import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator/server.ts';
import { AD_STATUSES } from '../../src/generated/vocabulary.ts';
import type { AirbyteCatalog, AirbyteMessage } from '../../src/protocol/messages.ts';
import { EDGES, type EntityStream, keyOf, listTruth } from '../support/entity-truth.ts';
import { configFor } from '../support/read-streams.ts';
import { configureCatalog, discoverCatalog, finalStates, runProgram, statesOf } from '../support/run-program.ts';

const STREAMS = Object.keys(EDGES) as EntityStream[];
const STATUS_SETTINGS = {
  'as Meta shows them': {},
  'active ones only': { campaign_statuses: ['ACTIVE'], adset_statuses: ['ACTIVE'], ad_statuses: ['ACTIVE'] },
  'archived and deleted too': {
    campaign_statuses: ['ACTIVE', 'PAUSED', 'ARCHIVED', 'DELETED', 'IN_PROCESS', 'WITH_ISSUES'],
    adset_statuses: ['ACTIVE', 'PAUSED', 'ARCHIVED', 'DELETED', 'IN_PROCESS', 'WITH_ISSUES', 'CAMPAIGN_PAUSED'],
    ad_statuses: AD_STATUSES,
  },
} as const;
const SETTING_OF: Partial<Record<EntityStream, 'campaign_statuses' | 'adset_statuses' | 'ad_statuses'>> = {
  campaigns: 'campaign_statuses',
  ad_sets: 'adset_statuses',
  ads: 'ad_statuses',
  ad_creatives_from_ads: 'ad_statuses',
};

describe('two accounts of 10,000 ads each, over HTTP', () => {
  let server: Awaited<ReturnType<typeof startEmulator>>;
  let catalog: AirbyteCatalog;

  beforeAll(async () => {
    // The world was last changed an hour ago: a sync looks at the minute before it again, and here nothing is to come from there.
    const clock = {
      now: () => Date.now() - 3_600_000,
      sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
    };
    server = await startEmulator(
      {
        campaignsPerAccount: 50,
        adSetsPerCampaign: 10,
        adsPerAdSet: 20,
        imagesPerAccount: 2_000,
        videosPerAccount: 1_000,
        activitiesPerAccount: 5_000,
        audiencesPerAccount: 300,
        conversionsPerAccount: 100,
      },
      clock,
    );
    catalog = await discoverCatalog(configFor(server.emulator), server.url);
  });

  afterAll(() => server.close());

  it.each(Object.entries(STATUS_SETTINGS))('gives every object once, each record valid: %s', async (_, statuses) => {
    const keys = new Map<string, string[]>(STREAMS.map((stream) => [stream, []]));
    const validators = compileValidators(catalog);
    const invalid: string[] = [];
    const { exitCode } = await runProgram({
      command: 'read',
      config: configFor(server.emulator, statuses),
      catalog: configureCatalog(catalog, { streams: STREAMS }),
      graphUrl: server.url,
      onMessage: (message) => {
        if (message.type !== 'RECORD') return;
        const { stream, data } = message.record;
        keys.get(stream)?.push(keyOf(stream as EntityStream, data));
        const validate = validators.get(stream);
        if (!validate?.(data)) invalid.push(`${stream}: ${JSON.stringify(validate?.errors?.[0])}`);
      },
    });
    expect(exitCode).toBe(0);
    expect(invalid).toEqual([]);
    for (const stream of STREAMS) {
      const setting = SETTING_OF[stream];
      const wanted =
        setting !== undefined && setting in statuses
          ? { statuses: (statuses as Record<string, readonly string[]>)[setting] ?? [] }
          : {};
      expect(keys.get(stream)?.sort(), stream).toEqual(listTruth(server.emulator, stream, wanted));
    }
  });

  it('gives only what changed in the next sync', async () => {
    const config = configFor(server.emulator);
    const streams = ['campaigns', 'ad_sets', 'ads', 'images', 'videos', 'activities', 'ad_creatives_from_ads'] as const;
    const first = await runProgram({
      command: 'read',
      config,
      catalog: configureCatalog(catalog, { streams }),
      graphUrl: server.url,
    });
    const state = finalStates(first.messages);
    const touched = {
      campaigns: touchSome('campaign', listTruth(server.emulator, 'campaigns')),
      ad_sets: touchSome('adset', listTruth(server.emulator, 'ad_sets')),
      ads: touchSome('ad', listTruth(server.emulator, 'ads')),
      images: touchSome('image', listTruth(server.emulator, 'images')),
      videos: touchSome('video', listTruth(server.emulator, 'videos')),
    };
    const second = await runProgram({
      command: 'read',
      config,
      catalog: configureCatalog(catalog, { streams }),
      state,
      graphUrl: server.url,
    });
    for (const [stream, ids] of Object.entries(touched))
      expect(keysIn(second.messages, stream as EntityStream), stream).toEqual(ids);
    expect(keysIn(second.messages, 'activities')).toEqual([]);
    expect(second.exitCode).toBe(0);
  });

  it('loses nothing when it is taken up from any state on the way', async () => {
    const config = configFor(server.emulator);
    const options = { command: 'read' as const, config, graphUrl: server.url };
    const slim = {
      streams: catalog.streams.map((stream) => ({
        ...stream,
        json_schema: { type: 'object', properties: { id: {}, updated_time: {} } },
      })),
    };
    const ads = configureCatalog(slim, { streams: ['ads'] });
    const { messages } = await runProgram({ ...options, catalog: ads });
    const truth = listTruth(server.emulator, 'ads');
    const states = statesOf(messages, 'ads');
    expect(states.length).toBeGreaterThan(4);
    for (const state of states) {
      const position = messages.findIndex((message) => message.type === 'STATE' && message.state === state);
      const before = keysIn(messages.slice(0, position), 'ads');
      const rest = await runProgram({ ...options, catalog: ads, state: [state] });
      expect([...new Set([...before, ...keysIn(rest.messages, 'ads')])].sort()).toEqual(truth);
    }
  });

  function touchSome(kind: 'campaign' | 'adset' | 'ad' | 'image' | 'video', ids: readonly string[]): string[] {
    const some = ids.filter((_, index) => index % 9 === 0);
    // Well behind the time of the first read, which may otherwise look at the last minute again.
    for (const id of some) server.emulator.touch(kind, id, { at: Date.now() + 600_000 });
    return some;
  }
});

function keysIn(messages: readonly AirbyteMessage[], stream: EntityStream): string[] {
  return messages
    .flatMap((message) =>
      message.type === 'RECORD' && message.record.stream === stream ? [keyOf(stream, message.record.data)] : [],
    )
    .sort();
}

function compileValidators(catalog: AirbyteCatalog) {
  const ajv = new Ajv({ strict: false });
  formats.default(ajv);
  return new Map(catalog.streams.map(({ name, json_schema }) => [name, ajv.compile(json_schema)]));
}
