import type { JsonSchema } from '../protocol/messages.ts';

/** The schemas that others refer to, by the path that `$ref` gives: from `schemas/`, in shared schemas too ('shared/targeting.json'). */
export type SharedSchemas = Readonly<Record<string, JsonSchema>>;

/**
 * A schema in which each `$ref` is replaced by the shared schema it names, as Airbyte allows none in a catalog.
 * Keywords beside a `$ref` (a description, say) take the place of the shared schema's own; `properties` are added to its own.
 * A shared schema that is used in many places is one object in the result. Throws on a `$ref` to an unknown schema, or around in a circle.
 */
export function resolveSchema(schema: JsonSchema, shared: SharedSchemas): JsonSchema {
  const resolved = new Map<string, JsonSchema>();
  const underWay = new Set<string>();
  return resolveNode(schema);

  function resolveNode(node: JsonSchema): JsonSchema {
    const { $ref: ref, ...own } = mapValues(node, resolveValue);
    if (typeof ref !== 'string') return ref === undefined ? own : { ...own, $ref: ref };
    return extend(resolveRef(ref), own);
  }

  function resolveValue(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(resolveValue);
    return isObject(value) ? resolveNode(value) : value;
  }

  function resolveRef(ref: string): JsonSchema {
    const known = resolved.get(ref);
    if (known !== undefined) return known;
    const target = shared[ref];
    if (target === undefined) throw new Error(`schema ${ref} is unknown`);
    if (underWay.has(ref)) throw new Error(`schema ${ref} refers to itself: ${[...underWay, ref].join(' > ')}`);
    underWay.add(ref);
    const result = resolveNode(target);
    underWay.delete(ref);
    resolved.set(ref, result);
    return result;
  }
}

function extend(base: JsonSchema, own: JsonSchema): JsonSchema {
  if (Object.keys(own).length === 0) return base;
  const { properties: inherited } = base;
  const { properties: added } = own;
  const merged = { ...base, ...own };
  return isObject(inherited) && isObject(added) ? { ...merged, properties: { ...inherited, ...added } } : merged;
}

function mapValues(node: JsonSchema, change: (value: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, change(value)]));
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
