import { parseJsonBody } from './json-body.ts';
import type { Operation } from './operation.ts';
import { Params } from './params.ts';
import { isVersion } from './versions.ts';

/** An operation whose version is as the caller wrote it, or absent. */
export type UnresolvedOperation = Omit<Operation, 'version'> & { readonly version: string | undefined };

export interface OperationSource {
  readonly method: string;
  /** Path and query, with or without version and leading slash. */
  readonly url: string;
  /** Form-encoded, or a JSON object where `contentType` says so. */
  readonly body: string;
  readonly contentType?: string | undefined;
  /** From the header or, for a batch part, from the whole batch. */
  readonly fallbackToken: string | undefined;
  readonly origin: string;
}

export function parseOperation(source: OperationSource): UnresolvedOperation {
  const [path = '', ...query] = source.url.split('?');
  const segments = path.split('/').filter((segment) => segment !== '');
  const bodyType = /^application\/json\b/i.test(source.contentType ?? '') ? 'json' : 'form';
  const inQuery = Params.parse(query.join('?'));
  const params = inQuery.with(bodyType === 'json' ? parseJsonBody(source.body) : Params.parse(source.body));
  const version = isVersion(segments[0]) ? segments.shift() : undefined;
  return {
    // Long reads may be sent as a POST that names its real method.
    method: (source.method === 'POST' ? params.get('method') : undefined)?.toUpperCase() ?? source.method,
    version,
    path: segments.map(decodeSegment),
    params: params.without('method'),
    transfer: { query: inQuery, bodyType, urlBytes: source.url.length, bodyBytes: source.body.length },
    token: params.get('access_token') ?? source.fallbackToken,
    origin: source.origin,
  };
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
