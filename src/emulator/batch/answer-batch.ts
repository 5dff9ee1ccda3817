import { answerOperation, createErrorAnswer } from '../api.ts';
import { findCallPlace } from '../call-place.ts';
import { isErrorFault } from '../faults/fault-catalog.ts';
import { createFaultError } from '../faults/fault-error.ts';
import { GraphApiError } from '../graph-api-error.ts';
import type { Answer } from '../operation.ts';
import { Params } from '../params.ts';
import { parseOperation, type UnresolvedOperation } from '../parse-operation.ts';
import type { Site } from '../site.ts';
import { type JsonText, quoteText } from '../world/json-text.ts';
import { type BatchPart, parseBatch } from './batch-part.ts';
import { resolveReferences } from './result-reference.ts';

/** `POST /` with `batch`: up to 50 operations, answered in their order as one array of `{code,headers,body}` or null. */
export function answerBatch(site: Site, batch: UnresolvedOperation, fault?: GraphApiError): Answer {
  site.counters.countOperation({ edge: 'batch', account: undefined, isWrite: false });
  try {
    if (fault !== undefined) throw fault;
    const parts = parseBatch(batch.params.get('batch') ?? '');
    const tokenError = findOuterTokenError(site, batch, parts);
    if (tokenError !== undefined) throw tokenError;
    const body = answerParts(site, batch, parts);
    return { status: 200, headers: { 'content-type': 'application/json; charset=UTF-8' }, body };
  } catch (error) {
    if (error instanceof GraphApiError) return createErrorAnswer(site, error);
    throw error;
  }
}

function answerParts(site: Site, batch: UnresolvedOperation, parts: readonly BatchPart[]): JsonText {
  const bodies = new Map<string, string>();
  const failed = new Set<string>();
  const needed = new Set(parts.flatMap(({ dependsOn }) => dependsOn));
  const withHeaders = batch.params.get('include_headers') !== 'false';
  const texts = parts.map((part) => {
    site.counters.parts += 1;
    const number = site.counters.parts;
    const operation = createPartOperation(batch, part, bodies);
    const fault = drawFault(site, operation, number);
    if (fault === 'null_item') return 'null';
    const dependencyFailed = part.dependsOn.some((name) => failed.has(name) || !bodies.has(name));
    const answer = answerOperation(site, operation, dependencyFailed ? createFaultError('aborted_960') : fault);
    if (part.name !== undefined) {
      if (answer.status === 200) bodies.set(part.name, answer.body);
      else failed.add(part.name);
      const omits = part.omitResponseOnSuccess ?? needed.has(part.name);
      if (omits && answer.status === 200) return 'null';
    }
    return writePart(answer, withHeaders && !isNth(number, site.options.batchHeaderlessEvery));
  });
  return `[${texts.join(',')}]`;
}

function createPartOperation(
  batch: UnresolvedOperation,
  part: BatchPart,
  bodies: ReadonlyMap<string, string>,
): UnresolvedOperation {
  const operation = parseOperation({
    method: part.method,
    url: part.relativeUrl,
    body: part.body,
    fallbackToken: part.token ?? batch.token,
    origin: batch.origin,
  });
  const proof = batch.params.get('appsecret_proof');
  const shared: [string, string][] = proof === undefined || part.token !== undefined ? [] : [['appsecret_proof', proof]];
  const own = operation.params.entries.map(([name, value]) => [name, resolveReferences(value, bodies)] as const);
  return {
    ...operation,
    version: operation.version ?? batch.version,
    path: operation.path.map((segment) => resolveReferences(segment, bodies)),
    params: new Params([...shared, ...own]),
  };
}

function drawFault(site: Site, operation: UnresolvedOperation, number: number): GraphApiError | 'null_item' | undefined {
  const { batchNullEvery, batchAbortEvery } = site.options;
  if (isNth(number, batchNullEvery)) return 'null_item';
  if (isNth(number, batchAbortEvery)) return createFaultError('aborted_960');
  const { kind, form } = site.faults.draw({ ...findCallPlace(site, operation), inBatch: true }) ?? {};
  if (kind === undefined || !(kind === 'null_item' || isErrorFault(kind))) return undefined;
  site.counters.countFault(kind);
  return kind === 'null_item' ? kind : createFaultError(kind, form);
}

function writePart(answer: Answer, withHeaders: boolean): JsonText {
  const headers = Object.entries(answer.headers).map(([name, value]) => ({
    name: name === 'content-type' ? 'Content-Type' : name,
    value,
  }));
  const headersText = withHeaders ? `"headers":${JSON.stringify(headers)},` : '';
  return `{"code":${answer.status},${headersText}"body":${quoteText(answer.body)}}`;
}

/** The outer token must be alive unless every part brings its own. */
function findOuterTokenError(site: Site, batch: UnresolvedOperation, parts: readonly BatchPart[]): GraphApiError | undefined {
  if (batch.token !== undefined) return site.tokens.findError(batch.token);
  if (parts.every(({ token }) => token !== undefined)) return undefined;
  return createFaultError('bad_query_2500');
}

function isNth(number: number, every: number): boolean {
  return every > 0 && number % every === 0;
}
