import type { OpenRows } from '../../graph/row-reader.ts';
import { compileCast, propertiesOf } from '../cast-row.ts';
import { createOpenRows } from '../row-text/text-row-reader.ts';
import type { Row } from '../stream.ts';
import { isAssetBreakdown, keyColumnOf, MISSING_BREAKDOWN } from './breakdown-column.ts';
import { DATE_COLUMNS, INSIGHTS_CURSOR, type InsightsDefinition } from './insights-definition.ts';

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
  const { onUncastable, onMissingBreakdown } = options;
  const { query } = definition;
  const cast = compileCast(definition.schema, onUncastable);
  const kept = listKeptColumns(definition, options.selected);
  const renamesResults = isResultsRenamed(definition, kept);
  return (row, accountId) => {
    row['account_id'] ??= accountId;
    if (renamesResults && row['results'] !== undefined) row['objective_results'] ??= row['results'];
    for (const breakdown of query.breakdowns) fillKeyColumn(row, breakdown, onMissingBreakdown);
    for (const name in row) if (!kept.has(name)) delete row[name];
    cast(row);
  };
}

/**
 * How rows are read from their text, to the same records. Undefined for streams whose rows get columns that Meta does not send under their names. Rows that
 * lack a part of the key are parsed, and come to `compileInsightsFinish`.
 */
export function createInsightsOpenRows(definition: InsightsDefinition, selected: readonly string[]): OpenRows | undefined {
  const { schema, query } = definition;
  const kept = listKeptColumns(definition, selected);
  if (query.breakdowns.some(isAssetBreakdown) || isResultsRenamed(definition, kept)) return undefined;
  return createOpenRows({ schema, kept: { only: kept }, columns: [...DATE_COLUMNS, ...query.keyFields, ...query.breakdowns] });
}

function listKeptColumns({ schema, primaryKey }: InsightsDefinition, selected: readonly string[]): ReadonlySet<string> {
  return new Set([INSIGHTS_CURSOR, ...primaryKey, ...(selected.length > 0 ? selected : Object.keys(propertiesOf(schema)))]);
}

/** Meta answers a request for `objective_results` under its older name. */
function isResultsRenamed({ fields }: InsightsDefinition, kept: ReadonlySet<string>): boolean {
  const isAsked = (field: string): boolean => fields.includes(field) && kept.has(field);
  return isAsked('objective_results') && !isAsked('results');
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
