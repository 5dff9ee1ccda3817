import type { InsightsTruthRow } from '../../src/emulator/insights/insights-truth.ts';
import type { EmulatorOptions } from '../../src/emulator/options.ts';
import { ACCOUNT, type Body, type Caller, createCaller } from './caller.ts';

export type Params = Readonly<Record<string, string>>;

export const ALL_STATUSES = [
  'ACTIVE',
  'ADSET_PAUSED',
  'ARCHIVED',
  'CAMPAIGN_PAUSED',
  'DELETED',
  'DISAPPROVED',
  'IN_PROCESS',
  'PAUSED',
  'PENDING_BILLING_INFO',
  'PENDING_REVIEW',
  'PREAPPROVED',
  'WITH_ISSUES',
];
export const ANY_STATUS = [{ field: 'ad.effective_status', operator: 'IN', value: ALL_STATUSES }];

export interface InsightsCaller extends Caller {
  /** The body of `POST /{object}/insights`. */
  create(params: Params, object?: string): Promise<Body>;
  /** The id of a new report. */
  begin(params: Params, object?: string): Promise<string>;
  /** All rows of a completed report, by following the pages. */
  readRows(run: string, limit?: number): Promise<InsightsTruthRow[]>;
  /** Begins a report and reads its rows. */
  report(params: Params, object?: string): Promise<InsightsTruthRow[]>;
}

export function createInsightsCaller(options: Partial<EmulatorOptions> = {}): InsightsCaller {
  const caller = createCaller(options);
  const create = async (params: Params, object = `act_${ACCOUNT}`) => {
    const response = await caller.fetch(`/v25.0/${object}/insights`, { method: 'POST', body: new URLSearchParams(params) });
    return (await response.json()) as Body;
  };
  const begin = async (params: Params, object?: string) => {
    const body = await create(params, object);
    if (body['report_run_id'] === undefined) throw new Error(JSON.stringify(body));
    return String(body['report_run_id']);
  };
  const readRows = async (run: string, limit = 100) => {
    const rows: InsightsTruthRow[] = [];
    for (let after: string | undefined; ; ) {
      const body = await caller.get(`${run}/insights`, { limit: String(limit), ...(after === undefined ? {} : { after }) });
      if (body.error !== undefined) throw new Error(JSON.stringify(body.error));
      rows.push(...body.data);
      if (body.paging?.next === undefined) return rows;
      after = body.paging.cursors.after;
    }
  };
  return { ...caller, create, begin, readRows, report: async (params, object) => await readRows(await begin(params, object)) };
}

export function range(since: string, until: string): { readonly time_range: string } {
  return { time_range: JSON.stringify({ since, until }) };
}

/** `code/subcode` of an error's body. */
export function labelOf({ error }: Body): string {
  return [error.code, error.error_subcode].filter((part) => part !== undefined).join('/');
}

export function sortRows(rows: Iterable<InsightsTruthRow>): readonly InsightsTruthRow[] {
  const keyed = [...rows].map((row) => [JSON.stringify(Object.entries(row).sort()), row] as const);
  return keyed.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

/** Cents of `"12.34"`. */
export function toCents(spend: unknown): number {
  return Math.round(Number(spend) * 100);
}

export function sumOf(rows: readonly InsightsTruthRow[], read: (row: InsightsTruthRow) => number): number {
  return rows.reduce((sum, row) => sum + read(row), 0);
}
