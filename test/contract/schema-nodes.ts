import type { JsonSchema } from '../../src/protocol/messages.ts';

export interface SchemaNode {
  /** Where it is: names of properties, `[]` for items, `<n>` for an option of a `oneOf`. */
  readonly path: string;
  /** The property it describes; undefined for items, options and the root. */
  readonly name?: string;
  readonly schema: JsonSchema;
}

/** The schema and every schema inside it, each with its place. */
export function listNodes(schema: JsonSchema, path = '', name?: string): SchemaNode[] {
  const { properties, items, oneOf } = schema;
  const inner = [
    ...Object.entries(isSchema(properties) ? properties : {}).map(([key, value]) => ({
      path: `${path}.${key}`,
      name: key,
      value,
    })),
    ...(items === undefined ? [] : [{ path: `${path}[]`, name: undefined, value: items }]),
    ...(Array.isArray(oneOf) ? oneOf : []).map((value, index) => ({ path: `${path}<${index}>`, name: undefined, value })),
  ];
  const node: SchemaNode = name === undefined ? { path, schema } : { path, name, schema };
  return [node, ...inner.flatMap((child) => listNodes(toSchema(child.value, child.path), child.path, child.name))];
}

/** The schema's types but null; empty when it allows any. */
export function listTypes({ type }: JsonSchema): string[] {
  const types: unknown[] = Array.isArray(type) ? type : type === undefined ? [] : [type];
  return types.filter((one): one is string => typeof one === 'string' && one !== 'null');
}

export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toSchema(value: unknown, path: string): JsonSchema {
  if (!isSchema(value)) throw new Error(`${path} is no schema`);
  return value;
}
