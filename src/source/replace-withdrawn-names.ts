import type { JsonObject } from '../protocol/messages.ts';
import { type NameKind, WITHDRAWN_NAMES, type WithdrawnName } from '../streams/insights/capability-table.ts';

const PROPERTIES: Readonly<Record<string, NameKind>> = {
  fields: 'field',
  breakdowns: 'breakdown',
  action_attribution_windows: 'attribution window',
};

export interface RepairedConfig {
  readonly config: JsonObject;
  /** What was changed, in sentences for the user. */
  readonly notes: readonly string[];
}

/**
 * Takes the names that Meta has withdrawn out of the custom reports, or puts their successors in, so that a config from before does not stop every
 * stream. Pure: the file it came from is never written.
 */
export function replaceWithdrawnNames(config: JsonObject): RepairedConfig {
  const { custom_insights: items } = config;
  if (!Array.isArray(items)) return { config, notes: [] };
  const notes: string[] = [];
  const repaired = items.map((item: unknown) => (isObject(item) ? repairItem(item, notes) : item));
  return notes.length === 0 ? { config, notes } : { config: { ...config, custom_insights: repaired }, notes };
}

function repairItem(item: JsonObject, notes: string[]): JsonObject {
  const entries = Object.entries(item).map(([property, value]) => {
    const kind = PROPERTIES[property];
    if (kind === undefined || !Array.isArray(value)) return [property, value];
    const names = value.flatMap((name: unknown) => {
      const withdrawn = WITHDRAWN_NAMES.find((one) => one.kind === kind && one.name === name);
      if (withdrawn === undefined) return [name];
      notes.push(describeChange(String(item['name']), withdrawn));
      return withdrawn.replacement === undefined ? [] : [withdrawn.replacement];
    });
    return [property, [...new Set(names)]];
  });
  return Object.fromEntries(entries);
}

function describeChange(report: string, { kind, name, since, replacement }: WithdrawnName): string {
  const change = replacement === undefined ? 'it is left out' : `${replacement} takes its place`;
  return `The custom report ${report} has the ${kind} ${name}, which Meta has withdrawn${since === undefined ? '' : ` on ${since}`}: ${change}.`;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
