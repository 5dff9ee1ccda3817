import { classifyError } from './classify.ts';
import type { GraphClient } from './client.ts';
import { encodeParams } from './encode-params.ts';
import { GraphError } from './graph-error.ts';
import { parseJson } from './parse-json.ts';
import type { CallContext, GraphRequest, GraphResponse, UseCase } from './send.ts';
import { readPartHeaders } from './usage.ts';

/** Meta's maximum; one part more fails the whole batch. https://developers.facebook.com/docs/graph-api/batch-requests */
export const MAX_BATCH_PARTS = 50;
/** How often parts that came back unanswered, or failed in passing, are asked again. */
const MAX_ROUNDS = 6;
const BACKOFF_BASE_MS = 1_000;
const BACKOFF_CAP_MS = 60_000;
/** A throttled part without a hint waits this long at first. */
const THROTTLED_BASE_MS = 30_000;

export interface BatchOptions {
  /** All parts use this account's quota. */
  readonly account?: string;
  readonly useCase?: UseCase;
  readonly context?: CallContext;
}

export type BatchOutcome<B = unknown> =
  | { readonly ok: true; readonly body: B }
  | { readonly ok: false; readonly error: GraphError };

type HttpMethod = NonNullable<GraphRequest['method']>;

interface RawPart {
  readonly code?: number;
  readonly body?: unknown;
}

/**
 * Sends requests in batches of at most 50 and answers in their order. Each part is classified on its own; parts that were not answered (`null`), or
 * failed in passing, are asked again a bounded number of times. A batch that is too much for Meta is halved. Rejects only where no part could be answered.
 */
export async function sendBatch<B = unknown>(
  graph: GraphClient,
  requests: readonly GraphRequest[],
  options: BatchOptions = {},
): Promise<BatchOutcome<B>[]> {
  const outcomes = new Array<BatchOutcome<B>>(requests.length);
  let open = requests.map((_, index) => index);
  for (let round = 0; open.length > 0; round += 1) {
    const waits: number[] = [];
    const again: number[] = [];
    for (const chunk of chunksOf(open, MAX_BATCH_PARTS)) {
      const parts = await sendChunk<B>(
        graph,
        chunk.map((index) => requests[index] as GraphRequest),
        options,
      );
      for (const [position, index] of chunk.entries()) {
        const outcome = parts[position] as BatchOutcome<B>;
        outcomes[index] = outcome;
        if (outcome.ok || !isPassing(outcome.error)) continue;
        again.push(index);
        waits.push(waitBeforeMs(graph, outcome.error, round));
      }
    }
    open = again;
    if (open.length === 0 || round + 1 >= MAX_ROUNDS) break;
    if (options.context) options.context.meter.retries += 1;
    await graph.runtime.clock.sleep(Math.max(...waits), graph.runtime.signal);
  }
  return outcomes;
}

async function sendChunk<B>(
  graph: GraphClient,
  requests: readonly GraphRequest[],
  options: BatchOptions,
): Promise<BatchOutcome<B>[]> {
  try {
    const response = await graph.send<unknown>(batchRequest(requests, options));
    if (options.context) options.context.meter.parts += requests.length;
    return readParts<B>(response, requests);
  } catch (error) {
    if (!(error instanceof GraphError) || error.failure !== 'too_much_data') throw error;
    if (requests.length === 1) return [{ ok: false, error }];
    const middle = Math.ceil(requests.length / 2);
    const first = await sendChunk<B>(graph, requests.slice(0, middle), options);
    return [...first, ...(await sendChunk<B>(graph, requests.slice(middle), options))];
  }
}

function batchRequest(requests: readonly GraphRequest[], options: BatchOptions): GraphRequest {
  return {
    method: 'POST',
    path: '',
    // The usage headers of a batch are inside its parts, so they are needed.
    params: { batch: requests.map(toPart), include_headers: true },
    ...options,
  };
}

function toPart(request: GraphRequest): { method: string; relative_url: string; body?: string } {
  const method = request.method ?? 'GET';
  const encoded = encodeParams(request.params ?? {}).toString();
  if (method !== 'GET') return { method, relative_url: request.path, body: encoded };
  return { method, relative_url: encoded === '' ? request.path : `${request.path}?${encoded}` };
}

function readParts<B>(response: GraphResponse, requests: readonly GraphRequest[]): BatchOutcome<B>[] {
  const parts: readonly unknown[] = Array.isArray(response.body) ? response.body : [];
  return requests.map((request, index) => readPart<B>(parts[index] as RawPart | null | undefined, request.method ?? 'GET'));
}

function readPart<B>(part: RawPart | null | undefined, method: HttpMethod): BatchOutcome<B> {
  if (part === null || part === undefined) {
    return { ok: false, error: new GraphError('Meta did not answer this part of the batch', { failure: 'transient' }) };
  }
  const status = part.code ?? 200;
  const body = parseBody(part.body);
  const error = classifyError({ status, body, method, headers: readPartHeaders(part) });
  return error ? { ok: false, error } : { ok: true, body: body as B };
}

/** A part's body is JSON in a string; what is not JSON is left to the classifier, which knows it for a passing fault. */
function parseBody(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  try {
    return parseJson(body);
  } catch {
    return body;
  }
}

function isPassing(error: GraphError): boolean {
  return error.failure === 'transient' || error.failure === 'throttled';
}

function waitBeforeMs(graph: GraphClient, error: GraphError, round: number): number {
  if (error.details.retryAfterMs !== undefined) return error.details.retryAfterMs;
  const base = error.failure === 'throttled' ? THROTTLED_BASE_MS : BACKOFF_BASE_MS;
  const cap = error.failure === 'throttled' ? BACKOFF_CAP_MS * 10 : BACKOFF_CAP_MS;
  return Math.min(cap, base * 2 ** round) * (0.5 + graph.runtime.random() / 2);
}

export function chunksOf<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}
