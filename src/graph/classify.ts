import { type ErrorSigns, findErrorRow, findStatusRow } from './error-table.ts';
import type { ErrorRow } from './error-table-row.ts';
import { GraphError, type GraphErrorDetails } from './graph-error.ts';
import { type Fields, isFields, parseFields } from './json-fields.ts';
import { redactShapes } from './redactor.ts';
import { readRetryHintMs } from './retry-hint.ts';
import type { GraphRequest } from './send.ts';
import type { HeaderSource } from './usage.ts';

export interface Answer {
  /** HTTP status, or a batch part's `code`. */
  readonly status: number;
  readonly headers?: HeaderSource;
  /** Parsed; a string where it is not JSON, undefined where it is empty. */
  readonly body: unknown;
  /** Default GET, whose answer is never an empty object. */
  readonly method?: GraphRequest['method'];
  /** The ad account the call was made for. */
  readonly account?: string | undefined;
}

/** Subcodes of 190 that are about the token, those without a row of their own included. */
const FIRST_TOKEN_SUBCODE = 458;
const LAST_TOKEN_SUBCODE = 467;

/** Statuses that mean the same whatever the body is; any other answer that is not JSON comes from something broken on the way, and passes. */
const TELLING_STATUSES: ReadonlySet<number> = new Set([413, 414, 429]);

/** The failure an answer stands for; undefined for a success. Serves whole answers and the parts of a batch. */
export function classifyError(answer: Answer): GraphError | undefined {
  const { status, body } = answer;
  if (status >= 300 && status < 400) return createStatusError(answer, `The Graph API answered with a redirect (HTTP ${status})`);
  if (typeof body === 'string' || body === undefined || body === null) return classifyUnreadable(answer);
  const fields = findErrorFields(answer);
  if (fields) return createMetaError(answer, fields);
  if (status >= 400) return createStatusError(answer, `Meta answered HTTP ${status} without a message`);
  if (isFields(body) && Object.keys(body).length === 0 && (answer.method ?? 'GET') === 'GET') {
    return createPassingError(answer, 'Meta answered with an empty object');
  }
  return undefined;
}

function classifyUnreadable(answer: Answer): GraphError {
  const { status, body } = answer;
  const message = `Meta answered HTTP ${status} with ${describeText(typeof body === 'string' ? body : '')}`;
  return TELLING_STATUSES.has(status) ? createStatusError(answer, message) : createPassingError(answer, message);
}

function describeText(text: string): string {
  const start = text.trimStart();
  if (start === '') return 'an empty body';
  if (start.startsWith('<')) return 'an HTML page in place of JSON';
  return start.startsWith('{') || start.startsWith('[') ? 'JSON that is broken or cut off' : 'text in place of JSON';
}

/** The error's own object: under `error`, or the whole body, as some answers have it. */
function findErrorFields({ status, body }: Answer): Fields | undefined {
  if (!isFields(body)) return undefined;
  const { error } = body;
  if (isFields(error)) return error;
  if (typeof error === 'string') return { ...body, message: body['error_description'] ?? error };
  if (typeof body['message'] !== 'string' || 'id' in body || 'data' in body) return undefined;
  return status >= 400 || 'code' in body || 'fbtrace_id' in body ? body : undefined;
}

function createMetaError(answer: Answer, fields: Fields): GraphError {
  const code = readInteger(fields['code']);
  const subcode = readInteger(fields['error_subcode']);
  const message = readText(fields['message']);
  const signs: ErrorSigns = { code, subcode, message, status: answer.status, isTransient: fields['is_transient'] === true };
  const userTitle = readText(fields['error_user_title']);
  const userMessage = readText(fields['error_user_msg']);
  const fbtraceId = readText(fields['fbtrace_id']);
  const text = message ?? userMessage ?? userTitle ?? `Meta answered HTTP ${answer.status} without a message`;
  return createError(answer, {
    message: `${text}${describeBlame(fields['error_data'])}`,
    row: findErrorRow(signs),
    details: {
      ...(code === undefined ? {} : { code }),
      ...(subcode === undefined ? {} : { subcode }),
      ...(userTitle === undefined ? {} : { userTitle }),
      ...(userMessage === undefined ? {} : { userMessage }),
      ...(fbtraceId === undefined ? {} : { fbtraceId }),
    },
  });
}

function createStatusError(answer: Answer, message: string): GraphError {
  return createError(answer, { message, row: findStatusRow(answer.status) });
}

function createPassingError(answer: Answer, message: string): GraphError {
  return createError(answer, { message, row: findErrorRow({ isTransient: true }) });
}

interface ErrorParts {
  readonly message: string;
  readonly row: ErrorRow | undefined;
  readonly details?: Omit<GraphErrorDetails, 'failure'>;
}

function createError(answer: Answer, { message, row, details }: ErrorParts): GraphError {
  const failure = row?.failure ?? 'transient';
  const appWide = row?.appWide ?? false;
  const isTokenCertain = failure === 'expired_token' ? isAboutToken(answer, row, details?.subcode) : undefined;
  const retryAfterMs = answer.headers === undefined ? undefined : readRetryHintMs(answer.headers, { failure, appWide });
  return new GraphError(redactShapes(message), {
    ...details,
    failure,
    status: answer.status,
    ...(row?.remedy === undefined ? {} : { remedy: row.remedy }),
    ...(appWide ? { appWide } : {}),
    ...(isTokenCertain === undefined ? {} : { isTokenCertain }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(row === undefined ? {} : { advice: row.advice }),
  });
}

function isAboutToken(answer: Answer, row: ErrorRow | undefined, subcode = 0): boolean {
  if (!row?.mayBeAccount || answer.account === undefined) return true;
  return subcode >= FIRST_TOKEN_SUBCODE && subcode <= LAST_TOKEN_SUBCODE;
}

/** Meta names the parameters at fault in `error_data`, an object or the JSON of one: `{"blame_field_specs":[["filtering"]]}`. */
function describeBlame(data: unknown): string {
  const fields = typeof data === 'string' ? parseFields(data) : data;
  const specs = isFields(fields) ? fields['blame_field_specs'] : undefined;
  if (!Array.isArray(specs)) return '';
  const names = specs.map((spec: unknown) => (Array.isArray(spec) ? spec.join('.') : String(spec))).filter((name) => name !== '');
  return names.length === 0 ? '' : ` (blamed: ${names.join(', ')})`;
}

function readInteger(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? redactShapes(value) : undefined;
}
