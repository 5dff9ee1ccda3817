import type { InsightsQuery } from '../../insights/query.ts';
import { addExtraWindows, USUAL_WINDOWS } from './attribution-windows.ts';
import { listBreakdownColumns } from './breakdown-column.ts';
import { DATE_COLUMNS, type InsightsDefinition, listKeyFields, listPrimaryKey } from './insights-definition.ts';
import { buildInsightsSchema, listSchemaFields, PRESET_FIELDS } from './insights-schema.ts';
import type { InsightsSettings } from './insights-settings.ts';
import { addStatusCondition } from './status-condition.ts';

/** What lists of actions are split by, where nothing is configured. */
export const USUAL_ACTION_BREAKDOWNS: readonly string[] = ['action_type', 'action_target_id', 'action_destination'];

interface Preset {
  readonly name: string;
  readonly breakdowns: readonly string[];
  readonly actionBreakdowns: readonly string[];
}

const BY_TYPE = ['action_type'];

/** The ready-made reports of Airbyte's own connector, in the order in which its catalog lists them. All are per ad and day. */
const PRESETS: readonly Preset[] = [
  preset('ads_insights', [], USUAL_ACTION_BREAKDOWNS),
  preset('ads_insights_age_and_gender', ['age', 'gender'], USUAL_ACTION_BREAKDOWNS),
  preset('ads_insights_country', ['country'], USUAL_ACTION_BREAKDOWNS),
  preset('ads_insights_region', ['region'], USUAL_ACTION_BREAKDOWNS),
  preset('ads_insights_comscore_market', ['comscore_market'], USUAL_ACTION_BREAKDOWNS),
  preset('ads_insights_platform_and_device', ['publisher_platform', 'platform_position', 'impression_device'], BY_TYPE),
  preset('ads_insights_action_type', [], BY_TYPE),
  preset('ads_insights_action_carousel_card', [], ['action_carousel_card_id', 'action_carousel_card_name']),
  preset('ads_insights_action_conversion_device', ['device_platform'], BY_TYPE),
  preset('ads_insights_action_product_id', ['product_id'], []),
  preset('ads_insights_action_reaction', [], ['action_reaction']),
  preset('ads_insights_action_video_sound', [], ['action_video_sound']),
  preset('ads_insights_action_video_type', [], ['action_video_type']),
  preset('ads_insights_delivery_device', ['device_platform'], BY_TYPE),
  preset('ads_insights_delivery_platform', ['publisher_platform'], BY_TYPE),
  preset('ads_insights_delivery_platform_and_device_platform', ['publisher_platform', 'device_platform'], BY_TYPE),
  preset('ads_insights_demographics_age', ['age'], BY_TYPE),
  preset('ads_insights_demographics_country', ['country'], BY_TYPE),
  preset('ads_insights_demographics_comscore_market_region', ['comscore_market'], BY_TYPE),
  preset('ads_insights_demographics_gender', ['gender'], BY_TYPE),
];

/** The ready-made reports under this config. Only `ads_insights` obeys the configured action breakdowns. */
export function listPresets(settings: InsightsSettings): readonly InsightsDefinition[] {
  return PRESETS.map((one) =>
    createPreset(one.name === 'ads_insights' ? { ...one, actionBreakdowns: settings.actionBreakdowns } : one, settings),
  );
}

function createPreset({ name, breakdowns, actionBreakdowns }: Preset, settings: InsightsSettings): InsightsDefinition {
  const query: Omit<InsightsQuery, 'fields'> = {
    level: 'ad',
    keyFields: listKeyFields('ad'),
    breakdowns,
    actionBreakdowns,
    actionAttributionWindows: addExtraWindows(USUAL_WINDOWS, settings),
    useAccountAttributionSetting: false,
    increment: { unit: 'day', count: 1 },
    filtering: addStatusCondition([]),
  };
  const schema = buildInsightsSchema(query, PRESET_FIELDS);
  return {
    name,
    schema,
    query,
    fields: listSchemaFields(schema, [...DATE_COLUMNS, ...query.keyFields, ...listBreakdownColumns(breakdowns)]),
    primaryKey: listPrimaryKey(query),
    lookbackDays: settings.lookbackDays,
    jobTimeoutMs: settings.jobTimeoutMs,
    order: settings.order,
  };
}

function preset(name: string, breakdowns: readonly string[], actionBreakdowns: readonly string[]): Preset {
  return { name, breakdowns, actionBreakdowns };
}
