import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AirbyteCatalog, AirbyteStream, JsonObject } from '../../src/protocol/messages.ts';
import { nameCustomStream } from '../../src/streams/insights/custom-stream-name.ts';
import fixture from '../../test/contract/fixtures/peer-streams.json' with { type: 'json' };
import { configFor } from '../../test/support/read-streams.ts';
import { discoverCatalog } from '../../test/support/run-program.ts';
import { type FrozenEmulator, startFrozenEmulator } from '../support/frozen-emulator.ts';
import { discoverByPeer } from '../support/run-peer.ts';
import { compareSchemas } from './compare-schemas.ts';

const REPORTS: readonly JsonObject[] = [
  { name: 'ByNothing', level: 'account' },
  { name: 'ByAgeAndGender', level: 'adset', fields: ['spend', 'reach'], breakdowns: ['age', 'gender'] },
  { name: 'assets by-image', level: 'campaign', fields: ['actions'], breakdowns: ['image_asset', 'title_asset'] },
  { name: 'Weekly2Report', fields: ['ad_id', 'clicks', 'conversions'], time_increment_period: 'weekly' },
  { name: 'with_Results', fields: ['results', 'objective_results', 'cost_per_result', 'quality_ranking'] },
  { name: 'HTTPHours', level: 'campaign', breakdowns: ['hourly_stats_aggregated_by_audience_time_zone'] },
  { name: 'Ev', fields: ['actions', 'action_values'], include_engaged_view: true, include_incrementality: true },
];
const STREAMS = [
  ...Object.keys(fixture.streams),
  ...Object.keys(fixture.insights),
  ...REPORTS.map(({ name }) => nameCustomStream(String(name))),
];

/** Everything of a catalog entry but its schema. */
const describeEntry = ({ json_schema: _, ...entry }: AirbyteStream): object => ({ ...entry });

describe('the catalog', () => {
  let world: FrozenEmulator;
  let peer: AirbyteCatalog;
  let ours: AirbyteCatalog;
  beforeAll(async () => {
    world = await startFrozenEmulator();
    const config = configFor(world.emulator, { custom_insights: REPORTS, include_engaged_view: true });
    peer = await discoverByPeer(config, world.url);
    ours = await discoverCatalog(config, world.url);
  });
  afterAll(() => world.close());

  const find = (name: string): readonly [AirbyteStream, AirbyteStream] => {
    const [theirs, own] = [peer, ours].map(({ streams }) => streams.find((stream) => stream.name === name));
    if (theirs === undefined || own === undefined) throw new Error(`not both have ${name}`);
    return [theirs, own];
  };

  it("names the peer's streams and no others, each once", () => {
    expect(ours.streams.map(({ name }) => name).sort()).toEqual(peer.streams.map(({ name }) => name).sort());
    expect(peer.streams.map(({ name }) => name).sort()).toEqual([...STREAMS].sort());
  });

  it.each(STREAMS)('%s: the same modes, cursor and key', (name) => {
    const [theirs, own] = find(name);
    expect(describeEntry(own)).toEqual(describeEntry(theirs));
  });

  it.each(STREAMS)('%s: the same types, and additions that may be null', (name) => {
    const [theirs, own] = find(name);
    const { mismatches, strictAdditions } = compareSchemas(theirs.json_schema, own.json_schema);
    expect(mismatches).toEqual([]);
    expect(strictAdditions).toEqual([]);
  });
});

describe('the comparison of schemas', () => {
  const text = { type: ['null', 'string'] };
  it.each([
    ['a property that is missing', { properties: { a: text } }, { properties: {} }],
    ['another type', { properties: { a: text } }, { properties: { a: { type: ['null', 'integer'] } } }],
    ['a type without null', { properties: { a: text } }, { properties: { a: { type: 'string' } } }],
    [
      'times without a zone',
      { properties: { a: text } },
      { properties: { a: { ...text, airbyte_type: 'timestamp_without_timezone' } } },
    ],
    ['another format', { properties: { a: { ...text, format: 'date' } } }, { properties: { a: text } }],
    ['other items', { type: 'array', items: text }, { type: 'array', items: { type: ['null', 'number'] } }],
  ])('finds %s', (_, theirs, own) => {
    expect(compareSchemas(theirs, own).mismatches).toHaveLength(1);
  });

  it('finds additions that refuse null', () => {
    const own = { properties: { a: text, b: { type: 'string' } } };
    expect(compareSchemas({ properties: {} }, own)).toMatchObject({
      mismatches: [],
      additions: ['.a', '.b'],
      strictAdditions: ['.b'],
    });
  });
});
