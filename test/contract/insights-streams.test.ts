import { describe, expect, test } from 'vitest';
import { BREAKDOWNS, INSIGHTS_FIELDS } from '../../src/generated/vocabulary.ts';
import { parseConfig } from '../../src/source/parse-config.ts';
import { describeInsights } from '../../src/streams/insights/insights-definition.ts';
import { listInsightsDefinitions } from '../../src/streams/insights/list-insights-definitions.ts';
import peer from './fixtures/peer-streams.json' with { type: 'json' };
import { listMismatches, type PeerType } from './list-mismatches.ts';
import { readInsightsSchemas } from './read-schemas.ts';
import { testSchemaRules } from './schema-rules.ts';

const PEER: Readonly<Record<string, { primary_key: string[]; fields: Record<string, PeerType> }>> = peer.insights;
const CONFIG = { account_ids: ['1'], credentials: { auth_type: 'Service', access_token: 'x' } };
const streams = listInsightsDefinitions(parseConfig(CONFIG).insights).map(describeInsights);

test('lists the reports of the existing connector, and no other', () => {
  expect(streams.map(({ name }) => name)).toEqual(Object.keys(PEER));
});

describe.each(streams.map((stream) => [stream.name, stream] as const))('the report %s', (name, stream) => {
  const own = PEER[name];

  test('has every property of the existing connector, with the same types', () => {
    const fields = { ...PEER['ads_insights']?.fields, ...own?.fields };
    expect(Object.keys(fields).length).toBeGreaterThan(100);
    expect(listMismatches(fields, stream.json_schema, name)).toEqual([]);
  });

  test('has its key, its cursor and its modes', () => {
    expect(stream).toMatchObject({
      source_defined_primary_key: own?.primary_key.map((column) => [column]),
      default_cursor_field: ['date_start'],
      source_defined_cursor: true,
      supported_sync_modes: ['full_refresh', 'incremental'],
      is_resumable: true,
    });
  });
});

describe.each([...readInsightsSchemas()])('the columns of %s', (_, schema) => {
  testSchemaRules(schema);

  test('each have a sentence', () => {
    const texts = Object.values(schema['properties'] as Record<string, { readonly description?: string }>);
    expect(texts.filter(({ description }) => !/^[A-Z`].*\.$/.test(description ?? ''))).toEqual([]);
  });
});

test('describes every field and breakdown that can be chosen, once', () => {
  const [presets, custom, breakdowns] = ['ads_insights', 'ads_insights_custom', 'ads_insights_breakdowns'].map((file) =>
    Object.keys((readInsightsSchemas().get(file)?.['properties'] ?? {}) as object),
  );
  expect([...(presets ?? []), ...(custom ?? [])].sort()).toEqual([...INSIGHTS_FIELDS]);
  const assets = BREAKDOWNS.filter((name) => /_asset$/.test(name) && name !== 'ad_format_asset').map((name) => `${name}_id`);
  expect(breakdowns).toEqual([...BREAKDOWNS, ...assets].sort());
});
