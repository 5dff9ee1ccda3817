import type { JsonObject } from '../protocol/messages.ts';

/** A form that sends null for what was left empty means that it is absent; in objects and in the items of lists too. */
export function dropNulls(config: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(config)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => [key, dropInside(value)]),
  );
}

function dropInside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dropInside);
  return typeof value === 'object' && value !== null ? dropNulls(value as JsonObject) : value;
}
