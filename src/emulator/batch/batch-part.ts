import { GraphApiError } from '../graph-api-error.ts';

export interface BatchPart {
  readonly method: string;
  readonly relativeUrl: string;
  readonly body: string;
  readonly name: string | undefined;
  /** Names of parts that come first. */
  readonly dependsOn: readonly string[];
  readonly omitResponseOnSuccess: boolean | undefined;
  readonly token: string | undefined;
}

const MAXIMUM = 50;
const REFERENCE = /\{result=([A-Za-z0-9_-]+):/g;

/** Reads the `batch` parameter. Throws the API's errors for lists that are too long or no lists. */
export function parseBatch(text: string): readonly BatchPart[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    list = undefined;
  }
  if (!Array.isArray(list)) throw createBatchError('Invalid batch: the parameter must be a JSON array', 400);
  if (list.length > MAXIMUM) throw createBatchError(`Too many requests in batch message. Maximum batch size is ${MAXIMUM}`, 200);
  return list.map(parsePart);
}

function parsePart(entry: unknown): BatchPart {
  if (typeof entry !== 'object' || entry === null) throw createBatchError('Each batch entry must be an object', 400);
  const part = entry as Readonly<Partial<Record<string, unknown>>>;
  const {
    method,
    relative_url: relativeUrl,
    body,
    name,
    depends_on: dependsOn,
    omit_response_on_success: omit,
    access_token: token,
  } = part;
  if (typeof method !== 'string' || typeof relativeUrl !== 'string') {
    throw createBatchError('Each batch entry needs a method and a relative_url', 400);
  }
  const source = decode(relativeUrl) + (typeof body === 'string' ? decode(body) : '');
  const references = [...source.matchAll(REFERENCE)].map(([, reference = '']) => reference);
  return {
    method: method.toUpperCase(),
    relativeUrl,
    body: typeof body === 'string' ? body : '',
    name: typeof name === 'string' ? name : undefined,
    dependsOn: [...new Set([...(typeof dependsOn === 'string' ? dependsOn.split(',') : []), ...references])],
    omitResponseOnSuccess: typeof omit === 'boolean' ? omit : undefined,
    token: typeof token === 'string' ? token : undefined,
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Such errors have no code, and the one for long batches even comes with HTTP 200. */
function createBatchError(message: string, status: number): GraphApiError {
  return new GraphApiError(message, { status, type: 'GraphBatchException' });
}
