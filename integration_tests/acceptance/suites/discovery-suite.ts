import { Ajv } from 'ajv';
import { beforeAll, expect, it } from 'vitest';
import type { AirbyteStream, JsonSchema } from '../../../src/protocol/messages.ts';
import { listNodes, listTypes } from '../../../test/contract/schema-nodes.ts';
import type { DiscoveryTest } from '../acceptance-config.ts';
import { type Connector, readJson } from '../connector.ts';

const SCALARS = ['string', 'integer', 'number', 'boolean'];

/** TestDiscovery. */
export function testDiscovery(connector: Connector, { config_path }: DiscoveryTest): void {
  let streams: readonly AirbyteStream[];
  beforeAll(async () => {
    ({ streams } = await connector.discover(readJson(config_path)));
  });
  const find = (isWrong: (stream: AirbyteStream) => boolean): string[] => streams.filter(isWrong).map(({ name }) => name);

  it('gives one catalog of streams, each of another name', () => {
    expect(streams.length).toBeGreaterThan(0);
    expect(new Set(streams.map(({ name }) => name)).size).toBe(streams.length);
  });

  it('has valid schemas, without references, allOf and not, that allow additional properties', () => {
    const ajv = new Ajv({ strict: false, validateFormats: false });
    expect(find(({ json_schema }) => ajv.validateSchema(json_schema) !== true)).toEqual([]);
    const refused = ['$ref', 'allOf', 'not'];
    const isRefused = (schema: JsonSchema) =>
      refused.some((keyword) => keyword in schema) || schema['additionalProperties'] === false;
    expect(find(({ json_schema }) => listNodes(json_schema).some(({ schema }) => isRefused(schema)))).toEqual([]);
  });

  it('has cursors and keys that are in the schemas, keys of scalar types, and sync modes', () => {
    expect(
      find(
        ({ default_cursor_field: [field] = [], json_schema }) => field !== undefined && typesOf(json_schema, field) === undefined,
      ),
    ).toEqual([]);
    const isScalar = (schema: JsonSchema, path: readonly string[]) =>
      path.length === 1 && (typesOf(schema, path[0] ?? '') ?? []).some((type) => SCALARS.includes(type));
    expect(
      find(({ source_defined_primary_key: key = [], json_schema }) => !key.every((path) => isScalar(json_schema, path))),
    ).toEqual([]);
    expect(find(({ supported_sync_modes: modes }) => modes.length === 0)).toEqual([]);
  });
}

function typesOf({ properties }: JsonSchema, name: string): readonly string[] | undefined {
  const property = (properties as Record<string, JsonSchema> | undefined)?.[name];
  return property === undefined ? undefined : listTypes(property);
}
