import type { JsonSchema } from '../../src/protocol/messages.ts';
import peer from './fixtures/peer-streams.json' with { type: 'json' };
import { isSchema, listTypes } from './schema-nodes.ts';

/** A type of the fixture: 'string', 'string:date-time', 'TypeN', [T], or an object of those. */
export type PeerType = string | readonly PeerType[] | { readonly [property: string]: PeerType };

const PEER_TYPES: Readonly<Record<string, PeerType>> = peer.types;

/** Where a schema lacks what the existing connector declares, or declares it otherwise. */
export function listMismatches(wanted: PeerType, schema: JsonSchema | undefined, path: string): string[] {
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
