import { compileCast } from '../cast-row.ts';
import type { Row } from '../stream.ts';
import { isAssetBreakdown, keyColumnOf, MISSING_BREAKDOWN } from './breakdown-column.ts';
import { INSIGHTS_CURSOR, type InsightsDefinition } from './insights-definition.ts';

export interface InsightsFinishOptions {
  /** The selected properties; all of the schema where none is named. */
  readonly selected: readonly string[];
  /** Told each value that does not fit its property's type and was passed on as it came. */
  readonly onUncastable: (property: string) => void;
  /** Told each row that came without a breakdown. */
  readonly onMissingBreakdown: (breakdown: string) => void;
}

/** Turns a row of Meta's report into a record, in place. */
export type FinishInsightsRow = (row: Row, accountId: string) => void;

/**
 * Compiles what a stream's rows need: the account, the ids of assets, key columns that are never null, the schema's types, and nothing that was not
 * selected. Key columns and the cursor are in every record.
 */
export function compileInsightsFinish(definition: InsightsDefinition, options: InsightsFinishOptions): FinishInsightsRow {
  const { schema, query, primaryKey, fields } = definition;
  const { selected, onUncastable, onMissingBreakdown } = options;
  const cast = compileCast(schema, onUncastable);
  const known = Object.keys((schema['properties'] ?? {}) as object);
  const kept = new Set([INSIGHTS_CURSOR, ...primaryKey, ...(selected.length > 0 ? selected : known)]);
  const isAsked = (field: string): boolean => fields.includes(field) && kept.has(field);
  const renamesResults = isAsked('objective_results') && !isAsked('results');
  return (row, accountId) => {
    row['account_id'] ??= accountId;
    // Meta answers a request for `objective_results` under its older name.
    if (renamesResults && row['results'] !== undefined) row['objective_results'] ??= row['results'];
    for (const breakdown of query.breakdowns) fillKeyColumn(row, breakdown, onMissingBreakdown);
    for (const name in row) if (!kept.has(name)) delete row[name];
    cast(row);
  };
}

function fillKeyColumn(row: Row, breakdown: string, onMissing: (breakdown: string) => void): void {
  const value = row[breakdown];
  const key = isAssetBreakdown(breakdown) || typeof value === 'object' ? idOf(value) : value;
  if (key === undefined || key === null) onMissing(breakdown);
  row[keyColumnOf(breakdown)] = key ?? MISSING_BREAKDOWN;
}

/** The id of an asset; the asset itself, as text, where it has none. */
function idOf(asset: unknown): unknown {
  if (typeof asset !== 'object' || asset === null) return asset;
  return (asset as Row)['id'] ?? JSON.stringify(asset);
}
