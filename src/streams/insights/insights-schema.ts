import presetSchema from '../../../schemas/ads_insights.json' with { type: 'json' };
import breakdownsSchema from '../../../schemas/ads_insights_breakdowns.json' with { type: 'json' };
import customSchema from '../../../schemas/ads_insights_custom.json' with { type: 'json' };
import actionStats from '../../../schemas/shared/ads-action-stats.json' with { type: 'json' };
import histogramStats from '../../../schemas/shared/ads-histogram-stats.json' with { type: 'json' };
import insightsResult from '../../../schemas/shared/ads-insights-result.json' with { type: 'json' };
import type { InsightsQuery } from '../../insights/query.ts';
import type { JsonObject, JsonSchema } from '../../protocol/messages.ts';
import { propertiesOf } from '../cast-row.ts';
import { resolveSchema } from '../resolve-schema.ts';
import { listBreakdownColumns } from './breakdown-column.ts';

/** In every item of a list of actions in the catalog of Airbyte's own connector, whatever was asked for. */
const USUAL_ACTION_KEYS = [
  ...['1d_click', '7d_click', '28d_click', '1d_view', '1d_ev', 'incrementality', 'value', 'lead'],
  ...['action_type', 'action_target_id', 'action_destination'],
];
const ACTION_PROPERTIES: JsonObject = actionStats.items.properties;

/** The fields that every preset offers. */
export const PRESET_FIELDS: readonly string[] = Object.keys(presetSchema.properties);

type ActionAxes = Pick<InsightsQuery, 'actionBreakdowns' | 'actionAttributionWindows'>;

/**
 * The schema of the rows that have these fields and breakdowns. Items of action lists are described as far as the query can bring them: all keys that
 * Meta knows, in each of fifty lists of twenty streams, would make a catalog of megabytes.
 */
export function buildInsightsSchema(
  query: ActionAxes & Pick<InsightsQuery, 'breakdowns'>,
  fields: readonly string[],
): JsonSchema {
  const shared = {
    'shared/ads-action-stats.json': narrowActionStats(query),
    'shared/ads-histogram-stats.json': histogramStats,
    'shared/ads-insights-result.json': insightsResult,
  };
  const known: JsonObject = { ...presetSchema.properties, ...customSchema.properties };
  const columns = pick(known, fields);
  const breakdowns = pick(breakdownsSchema.properties, listBreakdownColumns(query.breakdowns));
  return resolveSchema({ ...presetSchema, properties: { ...columns, ...breakdowns } }, shared);
}

/** Names of the schema's properties that are fields of Meta's insights and may be asked for. */
export function listSchemaFields(schema: JsonSchema, others: readonly string[]): readonly string[] {
  return Object.keys(propertiesOf(schema)).filter((name) => !others.includes(name));
}

function narrowActionStats({ actionBreakdowns, actionAttributionWindows }: ActionAxes): JsonSchema {
  const keys = [...new Set([...USUAL_ACTION_KEYS, ...actionAttributionWindows, ...actionBreakdowns])];
  return { ...actionStats, items: { ...actionStats.items, properties: pick(ACTION_PROPERTIES, keys) } };
}

function pick(properties: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.flatMap((name) => (name in properties ? [[name, properties[name]]] : [])));
}
