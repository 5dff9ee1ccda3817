import { describe, expect, test } from 'vitest';
import destinationSpec from '../../spec.destination.json' with { type: 'json' };
import sourceSpec from '../../spec.json' with { type: 'json' };
import type { JsonObject, JsonSchema } from '../../src/protocol/messages.ts';
import { isSchema, listNodes, listTypes, type SchemaNode } from './schema-nodes.ts';

const SPECS: readonly [string, JsonObject][] = [
  ['spec.json', sourceSpec],
  ['spec.destination.json', destinationSpec],
];

/** Names that the acceptance tests take for secrets. */
const SECRET_NAMES =
  'client_token access_token api_token token secret client_secret password key service_account_info service_account tenant_id certificate jwt credentials app_id appid refresh_token'.split(
    ' ',
  );

const REFUSED_KEYWORDS =
  'not anyOf patternProperties prefixItems allOf if then else dependentSchemas dependentRequired $ref definitions $defs'.split(
    ' ',
  );

describe.each(SPECS)('%s', (_, spec) => {
  const root = asSchema(spec['connectionSpecification']);
  const nodes = listNodes(root);
  const properties = nodes.filter(({ name }) => name !== undefined);

  test('is an object of draft-07 that lets a connection append', () => {
    expect(root).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#', type: 'object' });
    expect(spec).toMatchObject({
      supportsIncremental: true,
      supported_destination_sync_modes: expect.arrayContaining(['append']),
      protocol_version: expect.stringMatching(/^0\./),
    });
    expect(spec['documentationUrl']).toMatch(/^https:/);
    expect(spec['changelogUrl']).toMatch(/^https:/);
  });

  test('gives each part one type, null coming last', () => {
    expectNone(
      nodes,
      ({ schema: { type } }) => !(typeof type === 'string' || (Array.isArray(type) && type.length === 2 && type[1] === 'null')),
    );
  });

  test('uses no keyword that Airbyte refuses', () => {
    expectNone(
      nodes,
      ({ schema }) => REFUSED_KEYWORDS.some((keyword) => keyword in schema) || schema['additionalProperties'] === false,
    );
  });

  test('has no object without properties or options', () => {
    expectNone(
      nodes,
      ({ schema: { type, properties: known, oneOf } }) => type === 'object' && known === undefined && oneOf === undefined,
    );
  });

  test('says of every array what one scalar or object is in it', () => {
    const scalars = ['string', 'number', 'integer', 'object'];
    expectNone(nodes, ({ schema: { type, items } }) => type === 'array' && !scalars.includes(listTypes(asSchema(items)).join()));
  });

  test('has no choice twice', () => {
    expectNone(nodes, ({ schema: { enum: choices } }) => Array.isArray(choices) && new Set(choices).size !== choices.length);
  });

  test('tells the options of a oneOf apart by one constant', () => {
    const unions = nodes.filter(({ schema }) => 'oneOf' in schema);
    for (const { schema } of unions) {
      expect(schema['type']).toBe('object');
      const options = (schema['oneOf'] as unknown[]).map(asSchema);
      for (const option of options)
        expect(option).toMatchObject({ title: expect.any(String), type: 'object', properties: expect.any(Object) });
      const constants = options.map(listConstants);
      expect(constants.map((found) => found.length)).toEqual(options.map(() => 1));
      expect(new Set(constants.map(([found]) => found?.name)).size).toBe(1);
      expect(new Set(constants.map(([found]) => found?.schema['const'])).size).toBe(options.length);
      for (const [found] of constants) expect(found?.schema['default']).toBe(found?.schema['const']);
    }
  });

  test('orders the properties of each object without doubles', () => {
    expectNone(nodes, ({ schema: { properties: known } }) => {
      const orders = Object.values(isSchema(known) ? known : {}).flatMap((property) => asSchema(property)['order'] ?? []);
      return new Set(orders).size !== orders.length;
    });
  });

  test('gives dates a pattern that their examples and the words beside it meet', () => {
    const dates = nodes.filter(({ schema: { format } }) => format === 'date-time' || format === 'date');
    for (const { schema } of dates) {
      expect(schema['examples']).not.toHaveLength(0);
      for (const example of schema['examples'] as string[]) expect(example).toMatch(new RegExp(String(schema['pattern'])));
      expect(schema['pattern_descriptor']).toEqual(expect.any(String));
    }
  });

  test('marks what is secret by its name', () => {
    const secrets = properties.filter(
      ({ name, schema }) =>
        SECRET_NAMES.includes(name ?? '') && ['string', 'integer', 'number'].includes(listTypes(schema).join()),
    );
    expectNone(secrets, ({ schema }) => schema['airbyte_secret'] !== true);
    expect(
      properties.filter(({ name }) => name?.endsWith('_secret')).every(({ schema }) => schema['airbyte_secret'] === true),
    ).toBe(true);
  });

  test('groups at the top level only, and shapes only options', () => {
    expectNone(nodes, ({ path, schema }) => 'group' in schema && path.split('.').length !== 2);
    expectNone(nodes, ({ schema }) => 'display_type' in schema && !('oneOf' in schema));
  });

  test('explains each property to its user', () => {
    const shown = properties.filter(({ schema }) => !('const' in schema));
    expectNone(shown, ({ schema: { title, description } }) => typeof title !== 'string' || typeof description !== 'string');
  });

  test('has defaults that its own rules allow', () => {
    expectNone(nodes, ({ schema: { default: value, minimum = -Infinity, maximum = Infinity, enum: choices } }) => {
      const isBeyond = typeof value === 'number' && (value < Number(minimum) || value > Number(maximum));
      return isBeyond || (value !== undefined && Array.isArray(choices) && !choices.includes(value));
    });
  });

  test('requires what exists', () => {
    expectNone(nodes, ({ schema: { required, properties: known } }) => {
      return Array.isArray(required) && required.some((name) => !Object.hasOwn(isSchema(known) ? known : {}, name));
    });
  });
});

describe.each([
  ['spec.json', sourceSpec],
  ['spec.destination.json', destinationSpec],
] as const)('the login of %s', (_, { advanced_auth: login, connectionSpecification }) => {
  const paths = new Set(listNodes(connectionSpecification).map(({ path }) => path.replaceAll(/<\d+>/g, '')));

  test('is the first of the ways to authenticate', () => {
    const [first] = connectionSpecification.properties.credentials.oneOf;
    expect(first?.properties.auth_type.const).toBe(login.predicate_value);
    expect(paths).toContain(`.${login.predicate_key.join('.')}`);
  });

  test('writes what it gets into properties that exist', () => {
    const { complete_oauth_output_specification: output, complete_oauth_server_output_specification: server } =
      login.oauth_config_specification;
    const targets = [...Object.values(output.properties), ...Object.values(server.properties)];
    for (const { path_in_connector_config: path } of targets) expect(paths).toContain(`.${path.join('.')}`);
  });
});

function expectNone(nodes: readonly SchemaNode[], isWrong: (node: SchemaNode) => boolean): void {
  expect(nodes.filter(isWrong).map(({ path }) => path)).toEqual([]);
}

function listConstants({ properties }: JsonSchema): { name: string; schema: JsonSchema }[] {
  const all = Object.entries(asSchema(properties)).map(([name, schema]) => ({ name, schema: asSchema(schema) }));
  return all.filter(({ schema }) => 'const' in schema);
}

function asSchema(value: unknown): JsonSchema {
  if (!isSchema(value)) throw new Error('not a schema');
  return value;
}
