import type { JsonObject } from '../protocol/messages.ts';

/** A form that sends null for what was left empty means that it is absent; in the items of lists too. */
export function dropNulls(config: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(config)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => [key, Array.isArray(value) ? value.map(dropInItem) : value]),
  );
}

function dropInItem(item: unknown): unknown {
  return typeof item === 'object' && item !== null && !Array.isArray(item) ? dropNulls(item as JsonObject) : item;
}
