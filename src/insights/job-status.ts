import { isFields } from '../graph/json-fields.ts';

export type RunState =
  /** Also when it has not started, or is said to be completed below 100 %. */
  | 'running'
  | 'completed'
  | 'failed'
  /** Expired; to be submitted again. */
  | 'skipped'
  /** The answer does not tell. */
  | 'unknown';

/** Meta's words about a failed run, as its fields `error_*` have them. Codes of runs can be negative. */
export interface RunError {
  readonly code?: number;
  readonly subcode?: number;
  readonly message?: string;
  readonly userTitle?: string;
  readonly userMessage?: string;
}

export interface RunStatus {
  readonly state: RunState;
  /** 0 to 100; 0 where Meta does not tell. */
  readonly percent: number;
  readonly error?: RunError;
}

const STATES: ReadonlyMap<string, RunState> = new Map([
  ['job not started', 'running'],
  ['job started', 'running'],
  ['job running', 'running'],
  ['job completed', 'completed'],
  ['job failed', 'failed'],
  ['job skipped', 'skipped'],
]);

/** Reads the answer about a report run. Any answer at all has a reading. https://developers.facebook.com/docs/marketing-api/insights/best-practices */
export function readRunStatus(body: unknown): RunStatus {
  if (!isFields(body)) return { state: 'unknown', percent: 0 };
  const status = body['async_status'];
  const named = typeof status === 'string' ? STATES.get(status.trim().toLowerCase()) : undefined;
  const told = readNumber(body['async_percent_completion']);
  const error = readRunError(body);
  return {
    // A run is readable only when it is completed and at 100 %; running at 100 % is not done.
    state: named === 'completed' && told !== undefined && told < 100 ? 'running' : (named ?? 'unknown'),
    percent: Math.min(100, Math.max(0, told ?? (named === 'completed' ? 100 : 0))),
    ...(error === undefined ? {} : { error }),
  };
}

function readRunError(body: Readonly<Record<string, unknown>>): RunError | undefined {
  const code = readNumber(body['error_code']);
  const subcode = readNumber(body['error_subcode']);
  const message = readText(body['error_message']);
  const userTitle = readText(body['error_user_title']);
  const userMessage = readText(body['error_user_msg']);
  const error = {
    ...(code === undefined ? {} : { code }),
    ...(subcode === undefined ? {} : { subcode }),
    ...(message === undefined ? {} : { message }),
    ...(userTitle === undefined ? {} : { userTitle }),
    ...(userMessage === undefined ? {} : { userMessage }),
  };
  return Object.keys(error).length > 0 ? error : undefined;
}

function readNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(Math.trunc(number)) ? Math.trunc(number) : undefined;
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
