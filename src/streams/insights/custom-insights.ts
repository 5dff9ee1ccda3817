import { type CustomInsight, CUSTOM_INSIGHT_DEFAULTS as DEFAULTS } from '../../generated/source-config.ts';
import type { Increment, InsightsFilter, InsightsQuery } from '../../insights/query.ts';
import { ConnectorError } from '../../protocol/connector-error.ts';
import { addExtraWindows, USUAL_WINDOWS } from './attribution-windows.ts';
import { listBreakdownColumns } from './breakdown-column.ts';
import { nameCustomStream } from './custom-stream-name.ts';
import { DATE_COLUMNS, type InsightsDefinition, listKeyFields, listPrimaryKey } from './insights-definition.ts';
import { buildInsightsSchema, listSchemaFields, PRESET_FIELDS } from './insights-schema.ts';
import type { InsightsSettings } from './insights-settings.ts';
import { toJobTimeoutMs } from './job-timeout.ts';
import { parseConfigDate } from './parse-config-date.ts';
import { parseFilter } from './parse-filter.ts';
import { USUAL_ACTION_BREAKDOWNS } from './presets.ts';
import { addStatusCondition } from './status-condition.ts';

/** Airbyte's own connector refuses them: Meta answers reports of one's own that have them with errors. */
const REFUSED_FIELDS: readonly string[] = ['unique_conversions', 'unique_ctr', 'unique_clicks'];
/** Spoils the other numbers of a row. Its column stays, and is empty. */
const NEVER_ASKED = 'wish_bid';

/** The user's own reports, in the config's order. Throws a `ConnectorError` (config_error) that names the report and what is wrong with it. */
export function listCustomInsights(settings: InsightsSettings): readonly InsightsDefinition[] {
  return settings.customInsights.map((item) => createCustomInsight(item, settings));
}

function createCustomInsight(item: CustomInsight, settings: InsightsSettings): InsightsDefinition {
  const name = nameCustomStream(item.name);
  refuseFields(name, item.fields ?? []);
  const query = toQuery(name, item, settings);
  // A report without fields of its own has those of the presets.
  const wanted = item.fields === undefined || item.fields.length === 0 ? PRESET_FIELDS : item.fields;
  const schema = buildInsightsSchema(query, [...new Set([...DATE_COLUMNS, ...query.keyFields, ...wanted])]);
  const unasked = [...DATE_COLUMNS, ...query.keyFields, ...listBreakdownColumns(query.breakdowns), NEVER_ASKED];
  const startMs = parseConfigDate(`start_date of the report ${name}`, item.start_date);
  const endMs = parseConfigDate(`end_date of the report ${name}`, item.end_date);
  return {
    name,
    schema,
    query,
    fields: listSchemaFields(schema, unasked),
    primaryKey: listPrimaryKey(query),
    lookbackDays: item.insights_lookback_window ?? DEFAULTS.insights_lookback_window,
    jobTimeoutMs: toJobTimeoutMs(item.insights_job_timeout ?? DEFAULTS.insights_job_timeout),
    order: settings.order,
    ...(startMs === undefined ? {} : { startMs }),
    ...(endMs === undefined ? {} : { endMs }),
  };
}

function toQuery(name: string, item: CustomInsight, settings: InsightsSettings): Omit<InsightsQuery, 'fields'> {
  const level = item.level ?? DEFAULTS.level;
  return {
    level,
    keyFields: listKeyFields(level),
    breakdowns: [...new Set(item.breakdowns)],
    actionBreakdowns: chooseActionBreakdowns(item, settings),
    actionAttributionWindows: chooseWindows(item),
    useAccountAttributionSetting: item.use_account_attribution_setting ?? DEFAULTS.use_account_attribution_setting,
    increment: chooseIncrement(name, item),
    filtering: addStatusCondition(parseFilters(name, item)),
  };
}

/** As in Airbyte's own connector, an empty list is taken for none at all only where the config allows it, and else for the usual ones: forms write empty lists. */
function chooseActionBreakdowns(item: CustomInsight, { allowsEmptyActionBreakdowns }: InsightsSettings): readonly string[] {
  const { action_breakdowns: wanted = [] } = item;
  if (wanted.length > 0) return [...new Set(wanted)];
  return allowsEmptyActionBreakdowns ? [] : USUAL_ACTION_BREAKDOWNS;
}

function chooseWindows(item: CustomInsight): readonly string[] {
  const { action_attribution_windows: chosen = [], use_account_attribution_setting: byAccount = false } = item;
  // The account's own setting is Meta's answer where no window is named.
  const usual = byAccount ? [] : USUAL_WINDOWS;
  return addExtraWindows(chosen.length > 0 ? chosen : usual, {
    includesIncrementality: item.include_incrementality ?? DEFAULTS.include_incrementality,
    includesEngagedView: item.include_engaged_view ?? DEFAULTS.include_engaged_view,
  });
}

function chooseIncrement(name: string, item: CustomInsight): Increment {
  const { time_increment: count = DEFAULTS.time_increment, time_increment_period: period } = item;
  if (period !== undefined && count !== 1) {
    throw refuse(name, `has a Time Increment of ${count} and the Time Increment Period ${period}: leave one of them out`);
  }
  switch (period) {
    case 'weekly':
      return { unit: 'week' };
    case 'monthly':
      return { unit: 'month' };
    case 'all_days':
      return { unit: 'all_days' };
    default:
      return { unit: 'day', count };
  }
}

function parseFilters(name: string, { filtering = [] }: CustomInsight): readonly InsightsFilter[] {
  return filtering.map((configured) => {
    const filter = parseFilter(configured);
    if (filter !== undefined) return filter;
    const { field, operator } = configured;
    throw refuse(name, `has a filter ${field} ${operator} whose value is no list: write it in JSON, as in ["ACTIVE", "PAUSED"]`);
  });
}

function refuseFields(name: string, fields: readonly string[]): void {
  const refused = fields.filter((field) => REFUSED_FIELDS.includes(field));
  if (refused.length > 0) throw refuse(name, `asks for ${refused.join(', ')}, which custom reports can not have: remove them`);
}

function refuse(name: string, fault: string): ConnectorError {
  return new ConnectorError(`The custom report ${name} ${fault}.`, { failureType: 'config_error' });
}
