import { createFaultError } from '../faults/fault-error.ts';
import { parseLaxJson } from '../filtering/lax-json.ts';
import { createParameterError } from '../graph-api-error.ts';
import type { Params } from '../params.ts';
import { audienceKeys, type UploadRow } from './audience-keys.ts';
import type { AudiencesOptions } from './audiences-options.ts';
import { createOversizeError } from './oversize-error.ts';

/** The rows of an upload, valid or not, each as wide as there are keys. */
export interface UploadPayload {
  readonly keys: readonly string[];
  readonly rows: readonly UploadRow[];
}

type Members = Readonly<Partial<Record<string, unknown>>>;

/** Reads `payload`. Throws for what spoils the upload as a whole: its size, its schema, rows of another width. */
export function parsePayload(params: Params, options: AudiencesOptions): UploadPayload {
  const text = params.get('payload');
  if (text === undefined) throw createParameterError('Missing parameter(s): payload');
  const payload = parseObject(text);
  const { schema, data } = payload;
  if (!Array.isArray(data) || data.length === 0) throw createFaultError('schema_mismatch_100');
  if (data.length > options.maximumUploadRows) throw createOversizeError(options.oversizeUploadAnswer);
  // One key and a flat list: the form that audiences of several keys do not know.
  if (typeof schema === 'string' && !data.some(Array.isArray)) throw createFaultError('data_source_2650');
  if (!isSchema(schema) || !data.every((row) => Array.isArray(row) && row.length === schema.length)) {
    throw createFaultError('schema_mismatch_100');
  }
  checkRawKeys(schema, payload);
  return { keys: schema, rows: data as readonly UploadRow[] };
}

function parseObject(text: string): Members {
  let value: unknown;
  try {
    value = parseLaxJson(text);
  } catch {
    value = undefined;
  }
  if (typeof value !== 'object' || value === null) throw createFaultError('schema_mismatch_100');
  return value as Members;
}

function isSchema(schema: unknown): schema is readonly string[] {
  if (!Array.isArray(schema) || schema.length === 0 || new Set(schema).size < schema.length) return false;
  return schema.every((key) => audienceKeys.includes(key));
}

/** Ids of a page's or an app's users are not hashed, and mean nothing without the page or the app. */
function checkRawKeys(schema: readonly string[], payload: Members): void {
  const { is_raw: isRaw = false, page_ids: pages, app_ids: apps } = payload;
  if (typeof isRaw !== 'boolean') throw createParameterError('param payload[is_raw] must be a boolean');
  for (const [key, name, ids] of [
    ['PAGEUID', 'page_ids', pages],
    ['APPUID', 'app_ids', apps],
  ] as const) {
    if (!schema.includes(key)) continue;
    if (!isRaw) throw createParameterError(`param payload[is_raw] must be true for ${key}`);
    const isRight = Array.isArray(ids) && (key === 'PAGEUID' ? ids.length === 1 : ids.length > 0);
    if (!isRight)
      throw createParameterError(`param payload[${name}] must name the ${key === 'PAGEUID' ? 'one page' : 'apps'} of ${key}`);
  }
}
