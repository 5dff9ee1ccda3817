import { formatJson } from './format-json.ts';
import { getNode, type JsonNode } from './schema-node.ts';
import type { SpecPlan } from './specs.ts';
import { VOCABULARY } from './vocabulary.ts';

/** The spec's text with its lists of names brought up to date. Everything else in it is written by hand and kept. */
export function renderSpec(spec: JsonNode, plan: SpecPlan): string {
  return formatJson(plan.specFile, fillEnums(spec, plan));
}

/** A copy of the spec in which each planned schema has its list of names. */
export function fillEnums(spec: JsonNode, plan: SpecPlan): JsonNode {
  const filled = structuredClone(spec);
  const root = getNode(filled, 'connectionSpecification');
  for (const [path, list] of Object.entries(plan.enums)) Object.assign(getNode(root, path), { enum: [...VOCABULARY[list]] });
  return filled;
}
