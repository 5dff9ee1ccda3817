import { ACCESS_ERRORS } from './error-table-access.ts';
import { AUDIENCE_ERRORS } from './error-table-audiences.ts';
import { LIMIT_ERRORS } from './error-table-limits.ts';
import { REQUEST_ERRORS } from './error-table-requests.ts';
import type { ErrorRow } from './error-table-row.ts';
import { STATUS_ERRORS } from './error-table-statuses.ts';
import { TEXT_ERRORS } from './error-table-texts.ts';
import type { GraphFailure } from './graph-error.ts';

/** Every error known by its code or subcode. */
export const CODE_ERRORS: readonly ErrorRow[] = [...LIMIT_ERRORS, ...ACCESS_ERRORS, ...REQUEST_ERRORS, ...AUDIENCE_ERRORS];

/** What an answer tells about its error. */
export interface ErrorSigns {
  readonly code?: number | undefined;
  readonly subcode?: number | undefined;
  readonly status?: number | undefined;
  readonly isTransient?: boolean | undefined;
  /** Meta's English `message`. */
  readonly message?: string | undefined;
}

const BY_CODES: ReadonlyMap<string, ErrorRow> = new Map(CODE_ERRORS.map((row) => [keyOf(row.code, row.subcode), row]));
const CODE_RANGES = CODE_ERRORS.filter((row) => row.codeTo !== undefined);
const REFUSALS: ReadonlySet<GraphFailure> = new Set<GraphFailure>(['invalid', 'forbidden', 'missing']);
const PASSING: ErrorRow = {
  failure: 'transient',
  advice: 'Meta had a passing problem; the sync can be run again later.',
};

/**
 * The row of an error, found by its exact code and subcode, else by text (where Meta gives no code to tell), the code, the subcode, Meta's own
 * `is_transient`, and the HTTP status at last. A code's general refusal (100) gives way to a telling subcode and to `is_transient`.
 * Undefined when nothing tells.
 */
export function findErrorRow(signs: ErrorSigns): ErrorRow | undefined {
  const { code, subcode, isTransient } = signs;
  if (code !== undefined && subcode !== undefined) {
    const exact = BY_CODES.get(keyOf(code, subcode));
    if (exact) return exact;
  }
  const byText = findTextRow(signs);
  if (byText) return byText;
  const byCode = code === undefined ? undefined : findCodeRow(code);
  if (byCode && !REFUSALS.has(byCode.failure)) return byCode;
  const bySubcode = subcode === undefined ? undefined : BY_CODES.get(keyOf(undefined, subcode));
  return bySubcode ?? (isTransient ? PASSING : byCode) ?? findStatusRow(signs.status);
}

function findCodeRow(code: number): ErrorRow | undefined {
  return (
    BY_CODES.get(keyOf(code, undefined)) ??
    CODE_RANGES.find((row) => row.code !== undefined && row.codeTo !== undefined && code >= row.code && code <= row.codeTo)
  );
}

function findTextRow({ code, subcode, message }: ErrorSigns): ErrorRow | undefined {
  if (message === undefined || subcode !== undefined) return undefined;
  return TEXT_ERRORS.find((row) => (row.code === undefined || row.code === code) && message.includes(row.text));
}

export function findStatusRow(status: number | undefined): ErrorRow | undefined {
  if (status === undefined) return undefined;
  return STATUS_ERRORS.find((row) => row.status !== undefined && status >= row.status && status <= (row.statusTo ?? row.status));
}

function keyOf(code: number | undefined, subcode: number | undefined): string {
  return `${code ?? ''}/${subcode ?? ''}`;
}
