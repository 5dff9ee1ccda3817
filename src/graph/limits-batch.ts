import { parseJson } from '../text/parse-json.ts';
import { classifyError } from './classify.ts';
import type { GraphError } from './graph-error.ts';
import { readPartHeaders } from './usage.ts';

/** The first part of a batch's answer that met a limit: the batch as a whole comes with HTTP 200. Anything but a batch's answer has none. */
export function findThrottledPart(body: unknown): GraphError | undefined {
  if (!Array.isArray(body)) return undefined;
  for (const part of body as unknown[]) {
    if (!isFailedPart(part)) continue;
    const error = classifyError({ status: part.code, headers: readPartHeaders(part), body: parsePart(part.body) });
    if (error?.failure === 'throttled') return error;
  }
  return undefined;
}

interface FailedPart {
  readonly code: number;
  readonly body?: unknown;
}

function isFailedPart(part: unknown): part is FailedPart {
  return typeof part === 'object' && part !== null && 'code' in part && typeof part.code === 'number' && part.code >= 400;
}

function parsePart(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  try {
    return parseJson(body);
  } catch {
    return body;
  }
}
