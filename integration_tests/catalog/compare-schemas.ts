import type { JsonSchema } from '../../src/protocol/messages.ts';
import { isSchema, listTypes } from '../../test/contract/schema-nodes.ts';

export interface SchemaComparison {
  /** Where ours lacks what the peer's has, or has it otherwise. */
  readonly mismatches: readonly string[];
  /** Properties that only ours has; a record without them fits, and so does one with null for them. */
  readonly additions: readonly string[];
  /** Those of them that refuse null. */
  readonly strictAdditions: readonly string[];
}

/**
 * Compares the types that two schemas name, and not their words. Ours may allow null where the peer's does not, as Meta leaves anything out; and it says of
 * moments that they have a time zone, which is how a platform reads them anyway.
 */
export function compareSchemas(peer: JsonSchema, ours: JsonSchema): SchemaComparison {
  const mismatches: string[] = [];
  const additions: string[] = [];
  const strictAdditions: string[] = [];
  visit(peer, ours, '');
  return { mismatches, additions, strictAdditions };

  function visit(wanted: JsonSchema, own: JsonSchema, path: string): void {
    // A record is an object and never null itself, whatever the schema says.
    for (const facet of path === '' ? [] : [describeTypes, describeFormat]) {
      if (facet(wanted) !== facet(own)) mismatches.push(`${path}: ${facet(own) || 'none'}, not ${facet(wanted) || 'none'}`);
    }
    if (path !== '' && acceptsNull(wanted) && !acceptsNull(own)) mismatches.push(`${path}: refuses null`);
    if (isSchema(wanted['items'])) visit(wanted['items'], isSchema(own['items']) ? own['items'] : {}, `${path}[]`);
    const [theirs, mine] = [propertiesOf(wanted), propertiesOf(own)];
    for (const [name, property] of Object.entries(theirs)) {
      const match = mine[name];
      if (match === undefined) mismatches.push(`${path}.${name}: missing`);
      else visit(property, match, `${path}.${name}`);
    }
    // An object that the peer leaves open may be described.
    for (const [name, property] of Object.entries(mine)) {
      if (Object.hasOwn(theirs, name)) continue;
      additions.push(`${path}.${name}`);
      if (!acceptsNull(property)) strictAdditions.push(`${path}.${name}`);
    }
  }
}

function propertiesOf({ properties }: JsonSchema): Readonly<Record<string, JsonSchema>> {
  return isSchema(properties) ? (properties as Record<string, JsonSchema>) : {};
}

function describeTypes(schema: JsonSchema): string {
  return listTypes(schema).sort().join('|');
}

function describeFormat({ format, airbyte_type: airbyteType }: JsonSchema): string {
  const words = [format, airbyteType === 'timestamp_with_timezone' ? undefined : airbyteType];
  return words.filter((word) => typeof word === 'string').join(' ');
}

function acceptsNull({ type }: JsonSchema): boolean {
  return type === undefined || (Array.isArray(type) && type.includes('null'));
}
