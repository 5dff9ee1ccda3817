import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import type { JsonSchema } from '../../src/protocol/messages.ts';
import { isSchema, listNodes, listTypes } from './schema-nodes.ts';

/** The rules that every schema of a catalog obeys, as tests of the suite around the call. */
export function testSchemaRules(schema: JsonSchema): void {
  const nodes = listNodes(schema);

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
}
