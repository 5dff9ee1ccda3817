import type { JsonObject } from './messages.ts';
import { isJsonObject } from './read-json-file.ts';

/**
 * The values of a config that its spec marks `airbyte_secret`, through nested objects, lists and every alternative: of a `oneOf`, a value that
 * fits none is hidden too. Works on the raw config, before anything is known to be valid.
 */
export function collectSecrets(schema: JsonObject, config: unknown): readonly string[] {
  const secrets = new Set<string>();
  visit(schema, config);
  return [...secrets];

  function visit(node: unknown, value: unknown): void {
    if (!isJsonObject(node) || value === undefined || value === null) return;
    if (node['airbyte_secret'] === true) {
      keep(value);
      return;
    }
    for (const keyword of ['oneOf', 'anyOf', 'allOf']) {
      const alternatives = node[keyword];
      if (Array.isArray(alternatives)) for (const alternative of alternatives) visit(alternative, value);
    }
    if (Array.isArray(value)) for (const item of value) visit(node['items'], item);
    const properties = node['properties'];
    if (!isJsonObject(properties) || !isJsonObject(value)) return;
    for (const [name, property] of Object.entries(properties)) {
      if (Object.hasOwn(value, name)) visit(property, value[name]);
    }
  }

  function keep(value: unknown): void {
    if (typeof value === 'object' && value !== null) Object.values(value).forEach(keep);
    if (typeof value !== 'string' && typeof value !== 'number') return;
    const text = String(value);
    // A pasted token often brings a line feed along, and is sent without it.
    for (const form of [text, text.trim()]) if (form !== '') secrets.add(form);
  }
}
