import type { Emulator } from '../../src/emulator/emulator.ts';
import type { InsightsTruthQuery } from '../../src/emulator/insights/insights-truth.ts';
import { AD_STATUSES } from '../../src/generated/vocabulary.ts';
import type { Row } from '../../src/streams/stream.ts';

/** The condition that every insights stream has. */
export const STATUS_FILTER = [{ field: 'ad.effective_status', operator: 'IN', value: AD_STATUSES }];

export interface RowTotals {
  readonly rows: number;
  readonly impressions: number;
  readonly clicks: number;
  /** In hundredths. */
  readonly spend: number;
}

/** A row's key, from the same columns on both sides. */
export function keyOfRow(row: Readonly<Record<string, unknown>>, columns: readonly string[]): string {
  return columns.map((column) => String(row[column])).join('|');
}

export function sumRows(rows: Iterable<Readonly<Record<string, unknown>>>): RowTotals {
  const totals = { rows: 0, impressions: 0, clicks: 0, spend: 0 };
  for (const row of rows) {
    totals.rows += 1;
    totals.impressions += Number(row['impressions'] ?? 0);
    totals.clicks += Number(row['clicks'] ?? 0);
    totals.spend += Math.round(Number(row['spend'] ?? 0) * 100);
  }
  return totals;
}

export interface TruthRequest extends Omit<InsightsTruthQuery, 'accountId' | 'fields' | 'filtering'> {
  /** Columns of the key; they are asked for. */
  readonly columns: readonly string[];
}

/** The truth's rows of all accounts, as they are at `asOfMs`. */
export function listInsightsTruth(emulator: Emulator, request: TruthRequest, asOfMs?: number): Row[] {
  const { columns, ...query } = request;
  const breakdowns = query.breakdowns ?? [];
  const fields = ['spend', 'impressions', 'clicks', ...columns.filter((column) => !breakdowns.includes(column))];
  return emulator.truth
    .accounts()
    .flatMap(
      (accountId) => [...emulator.truth.insights({ ...query, accountId, fields, filtering: STATUS_FILTER }, asOfMs)] as Row[],
    );
}
