/** A JSON value, read from a file and rewritten by the generator. */
export type Json = string | number | boolean | null | Json[] | JsonNode;
export type JsonNode = { [key: string]: Json };

export function isJsonNode(value: Json | undefined): value is JsonNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The node at a path of keys and indices joined by dots; '' is the root. Throws when there is none. */
export function getNode(root: JsonNode, path: string): JsonNode {
  let node: Json | undefined = root;
  for (const key of path === '' ? [] : path.split('.')) {
    if (Array.isArray(node)) node = node[Number(key)];
    else if (isJsonNode(node)) node = node[key];
  }
  if (!isJsonNode(node)) throw new Error(`no object at ${path}`);
  return node;
}

/**
 * A copy of a schema without the given keywords. A property that happens to have the name of a keyword is kept:
 * the keys of `properties` are names, not keywords.
 */
export function omitKeywords(schema: JsonNode, keywords: ReadonlySet<string>): JsonNode {
  const kept = Object.entries(schema).filter(([keyword]) => !keywords.has(keyword));
  return Object.fromEntries(
    kept.map(([keyword, value]) => [keyword, keyword === 'properties' ? mapNodes(value, omit) : omitIn(value)]),
  );

  function omit(node: JsonNode): JsonNode {
    return omitKeywords(node, keywords);
  }
  function omitIn(value: Json): Json {
    if (Array.isArray(value)) return value.map(omitIn);
    return isJsonNode(value) ? omit(value) : value;
  }
}

function mapNodes(value: Json, change: (node: JsonNode) => JsonNode): Json {
  if (!isJsonNode(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, node]) => [name, isJsonNode(node) ? change(node) : node]));
}
