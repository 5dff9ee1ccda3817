import type { InsightsLevel, InsightsQuery } from '../../insights/query.ts';
import type { WindowOrder } from '../../insights/window-plan.ts';
import type { AirbyteStream, JsonSchema } from '../../protocol/messages.ts';
import { listKeyColumns } from './breakdown-column.ts';

/** A stream of reports: what is asked of Meta, the same for every account, and what its rows look like. */
export interface InsightsDefinition {
  readonly name: string;
  /** Without `$ref`; a property for every column a row may have. */
  readonly schema: JsonSchema;
  readonly query: Omit<InsightsQuery, 'fields'>;
  /** All that can be asked for in `fields`, beside the key fields. */
  readonly fields: readonly string[];
  /** Columns that together name one row; none is ever null. */
  readonly primaryKey: readonly string[];
  /** How many days back each sync reads again. */
  readonly lookbackDays: number;
  /** How long to wait for one report. */
  readonly jobTimeoutMs: number;
  readonly order: WindowOrder;
  /** The report's own dates, in place of the source's; epoch milliseconds. */
  readonly startMs?: number;
  readonly endMs?: number;
}

export const INSIGHTS_CURSOR = 'date_start';
/** In every row, asked for or not. */
export const DATE_COLUMNS: readonly string[] = [INSIGHTS_CURSOR, 'date_stop'];

const LEVEL_FIELDS: Readonly<Record<InsightsLevel, readonly string[]>> = {
  account: [],
  campaign: ['campaign_id'],
  adset: ['adset_id'],
  ad: ['ad_id'],
};

/** What rows of a level are told apart by, beside days and breakdowns. */
export function listKeyFields(level: InsightsLevel): readonly string[] {
  return ['account_id', ...LEVEL_FIELDS[level]];
}

/** The bucket's first day, the account, the level's object, and every breakdown. */
export function listPrimaryKey(query: Pick<InsightsQuery, 'keyFields' | 'breakdowns'>): readonly string[] {
  return [INSIGHTS_CURSOR, ...query.keyFields, ...listKeyColumns(query.breakdowns)];
}

/** The stream as the catalog lists it. */
export function describeInsights(definition: InsightsDefinition): AirbyteStream {
  return {
    name: definition.name,
    json_schema: definition.schema,
    supported_sync_modes: ['full_refresh', 'incremental'],
    source_defined_primary_key: definition.primaryKey.map((column) => [column]),
    source_defined_cursor: true,
    default_cursor_field: [INSIGHTS_CURSOR],
    is_resumable: true,
  };
}

/**
 * What to ask Meta for when these properties are selected; all that there is when none is named. Breakdown columns, dates and computed columns come
 * unasked, and Meta refuses requests that name them as fields.
 */
export function createInsightsQuery(definition: InsightsDefinition, selected: readonly string[]): InsightsQuery {
  const { query, fields } = definition;
  return { ...query, fields: selected.length === 0 ? fields : fields.filter((field) => selected.includes(field)) };
}
