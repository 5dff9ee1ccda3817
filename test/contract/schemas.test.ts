import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import type { JsonSchema } from '../../src/protocol/messages.ts';
import peer from './fixtures/peer-streams.json' with { type: 'json' };
import { readSchemas } from './read-schemas.ts';
import { isSchema, listNodes, listTypes } from './schema-nodes.ts';

/** A type of the fixture: 'string', 'string:date-time', 'TypeN', [T], or an object of those. */
type PeerType = string | readonly PeerType[] | { readonly [property: string]: PeerType };

const PEER_TYPES: Readonly<Record<string, PeerType>> = peer.types;
const PEER_STREAMS: Readonly<
  Record<string, { primary_key: string[]; cursor_field: string | null; fields: Record<string, PeerType> }>
> = peer.streams;
const schemas = [...readSchemas()];

test('has a schema for each entity stream of the existing connector, and no other', () => {
  expect(schemas.map(([stream]) => stream).sort()).toEqual(Object.keys(PEER_STREAMS).sort());
});

describe.each(schemas)('the schema of %s', (stream, schema) => {
  const nodes = listNodes(schema);
  const peerStream = PEER_STREAMS[stream];

  test('has every property of the existing connector, with the same types', () => {
    expect(listMismatches(peerStream?.fields ?? {}, schema, stream)).toEqual([]);
  });

  test('has its keys and its cursor as scalar properties', () => {
    const keys = [...(peerStream?.primary_key ?? []), ...(peerStream?.cursor_field == null ? [] : [peerStream.cursor_field])];
    const found = nodes.filter(({ path, schema: node }) => keys.includes(path.slice(1)) && listTypes(node).join() === 'string');
    expect(found.map(({ path }) => path.slice(1)).sort()).toEqual([...keys].sort());
  });

  test('is an object of draft-07 that allows further properties', () => {
    expect(schema).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#', type: 'object' });
    expect(nodes.filter(({ schema: node }) => node['additionalProperties'] === false)).toEqual([]);
  });

  test('is nullable in every part', () => {
    const strict = nodes
      .slice(1)
      .filter(({ schema: { type } }) => type !== undefined && !(Array.isArray(type) && type[0] === 'null'));
    expect(strict.map(({ path }) => path)).toEqual([]);
  });

  test('uses no keyword that Airbyte refuses', () => {
    const refused = ['$ref', 'allOf', 'anyOf', 'oneOf', 'not', 'patternProperties', 'definitions', '$defs'];
    expect(nodes.filter(({ schema: node }) => refused.some((keyword) => keyword in node)).map(({ path }) => path)).toEqual([]);
  });

  test('says of every array what is in it', () => {
    const bare = nodes.filter(({ schema: node }) => listTypes(node).includes('array') && !isSchema(node['items']));
    expect(bare.map(({ path }) => path)).toEqual([]);
  });

  test('marks every timestamp as one with a time zone, and nothing else', () => {
    const marked = ({ format, airbyte_type: kind }: JsonSchema) =>
      (format === 'date-time') === (kind === 'timestamp_with_timezone');
    expect(nodes.filter(({ schema: node }) => !marked(node)).map(({ path }) => path)).toEqual([]);
  });

  test('compiles, and takes a record of nulls', () => {
    const ajv = new Ajv({ strict: true, allowUnionTypes: true, keywords: ['airbyte_type'] });
    formats.default(ajv);
    const { properties } = schema;
    const record = Object.fromEntries(Object.keys(properties as JsonSchema).map((property) => [property, null]));
    expect(ajv.compile(schema)(record)).toBe(true);
  });
});

/** Where a schema lacks what the existing connector declares, or declares it otherwise. */
function listMismatches(wanted: PeerType, schema: JsonSchema | undefined, path: string): string[] {
  if (schema === undefined) return [`${path} is missing`];
  const type = typeof wanted === 'string' ? (PEER_TYPES[wanted] ?? wanted) : wanted;
  const types = listTypes(schema).join();
  if (type === 'any') return types === '' ? [] : [`${path} is ${types}, not open`];
  if (typeof type === 'string')
    return describeScalar(schema) === type ? [] : [`${path} is ${describeScalar(schema)}, not ${type}`];
  const { properties, items } = schema;
  if (isList(type)) {
    if (types !== 'array') return [`${path} is ${types}, not an array`];
    return listMismatches(type[0] ?? 'any', isSchema(items) ? items : undefined, `${path}[]`);
  }
  if (types !== 'object') return [`${path} is ${types}, not an object`];
  const known: JsonSchema = isSchema(properties) ? properties : {};
  return Object.entries(type).flatMap(([key, value]) => {
    const property = known[key];
    return listMismatches(value, isSchema(property) ? property : undefined, `${path}.${key}`);
  });
}

function describeScalar(schema: JsonSchema): string {
  const { format } = schema;
  return [...listTypes(schema), ...(typeof format === 'string' ? [format] : [])].join(':');
}

function isList(type: PeerType): type is readonly PeerType[] {
  return Array.isArray(type);
}
