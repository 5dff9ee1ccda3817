import { parseJson } from '../text/parse-json.ts';
import type { BatchOptions, BatchOutcome } from './batch.ts';
import { classifyError } from './classify.ts';
import type { GraphClient } from './client.ts';
import { encodeParams } from './encode-params.ts';
import { GraphError } from './graph-error.ts';
import type { GraphRequest, GraphResponse } from './send.ts';
import { readPartHeaders } from './usage.ts';

interface RawPart {
  readonly code?: number;
  readonly body?: unknown;
}

/** One batch of at most 50 parts, each classified on its own. A batch that is too much for Meta is halved. Rejects where the batch as a whole fails. */
export async function callBatch<B>(
  graph: GraphClient,
  requests: readonly GraphRequest[],
  options: BatchOptions,
): Promise<BatchOutcome<B>[]> {
  try {
    const response = await graph.send<unknown>(batchRequest(requests, options));
    if (options.context) options.context.meter.parts += requests.length;
    return readParts<B>(response, requests, options);
  } catch (error) {
    if (!(error instanceof GraphError) || error.failure !== 'too_much_data') throw error;
    if (requests.length === 1) return [{ ok: false, error }];
    const middle = Math.ceil(requests.length / 2);
    const first = await callBatch<B>(graph, requests.slice(0, middle), options);
    return [...first, ...(await callBatch<B>(graph, requests.slice(middle), options))];
  }
}

function batchRequest(requests: readonly GraphRequest[], options: BatchOptions): GraphRequest {
  const { account, useCase, context, slot } = options;
  return {
    method: 'POST',
    path: '',
    // The usage headers of a batch are inside its parts, so they are needed.
    params: { batch: requests.map(toPart), include_headers: true },
    ...(account === undefined ? {} : { account }),
    ...(useCase === undefined ? {} : { useCase }),
    ...(context === undefined ? {} : { context }),
    ...(slot === undefined ? {} : { slot }),
  };
}

function toPart(request: GraphRequest): { method: string; relative_url: string; body?: string } {
  const method = request.method ?? 'GET';
  const encoded = encodeParams(request.params ?? {});
  if (method !== 'GET') return { method, relative_url: request.path, body: encoded };
  return { method, relative_url: encoded === '' ? request.path : `${request.path}?${encoded}` };
}

function readParts<B>(response: GraphResponse, requests: readonly GraphRequest[], { account }: BatchOptions): BatchOutcome<B>[] {
  const parts: readonly unknown[] = Array.isArray(response.body) ? response.body : [];
  return requests.map((request, index) => {
    return readPart<B>(parts[index] as RawPart | null | undefined, { ...request, account: request.account ?? account });
  });
}

interface PartAsker {
  readonly method?: GraphRequest['method'];
  readonly account: string | undefined;
}

function readPart<B>(part: RawPart | null | undefined, { method = 'GET', account }: PartAsker): BatchOutcome<B> {
  if (part === null || part === undefined) {
    return { ok: false, error: new GraphError('Meta did not answer this part of the batch', { failure: 'transient' }) };
  }
  const status = part.code ?? 200;
  const body = parseBody(part.body);
  const error = classifyError({ status, body, method, account, headers: readPartHeaders(part) });
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
