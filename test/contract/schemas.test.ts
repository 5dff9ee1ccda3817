import { describe, expect, test } from 'vitest';
import peer from './fixtures/peer-streams.json' with { type: 'json' };
import { listMismatches, type PeerType } from './list-mismatches.ts';
import { readSchemas } from './read-schemas.ts';
import { listNodes, listTypes } from './schema-nodes.ts';
import { testSchemaRules } from './schema-rules.ts';

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

  testSchemaRules(schema);
});
