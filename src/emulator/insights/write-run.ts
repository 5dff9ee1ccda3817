import { createParameterError } from '../graph-api-error.ts';
import { type JsonText, writeJson } from '../world/json-text.ts';
import { formatDay } from './calendar.ts';
import type { ReportRun } from './report-run.ts';
import type { ReportStatus } from './report-status.ts';

export interface RunView {
  /** Digits. */
  readonly accountId: string;
  /** Comma list; absent for the default. */
  readonly fields: string | undefined;
  /** `async_status` is left out, whatever was asked for. */
  readonly lacksStatus: boolean;
}

/** An `AdReportRun` as JSON. `time_ref` and `time_completed` are unix seconds, 0 while it is not completed. */
export function writeRun(run: ReportRun, status: ReportStatus, view: RunView): JsonText {
  const { buckets } = run.request;
  const isCompleted = status.status === 'Job Completed';
  const all: Readonly<Record<string, unknown>> = {
    id: run.id,
    account_id: view.accountId,
    time_ref: Math.floor(run.createdMs / 1_000),
    time_completed: isCompleted ? Math.floor(run.finishedMs / 1_000) : 0,
    async_status: view.lacksStatus ? undefined : status.status,
    async_percent_completion: status.percent,
    date_start: formatDay(buckets.reduce((first, { since }) => Math.min(first, since), Number.POSITIVE_INFINITY)),
    date_stop: formatDay(buckets.reduce((last, { until }) => Math.max(last, until), Number.NEGATIVE_INFINITY)),
    is_running: status.status === 'Job Running' || status.status === 'Job Started',
    ...status.error,
  };
  if (view.fields === undefined || view.fields === '') return writeJson(all);
  const names = ['id', ...view.fields.split(',').map((name) => name.trim())];
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined)
    throw createParameterError(`Tried accessing nonexisting field (${unknown}) on node type (AdReportRun)`);
  return writeJson(Object.fromEntries(names.map((name) => [name, all[name]])));
}

const known: ReadonlySet<string> = new Set([
  'id',
  'account_id',
  'time_ref',
  'time_completed',
  'async_status',
  'async_percent_completion',
  'date_start',
  'date_stop',
  'is_running',
  'error_code',
  'error_subcode',
  'error_message',
  'error_user_title',
  'error_user_msg',
]);
