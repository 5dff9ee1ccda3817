import { buffer } from 'node:stream/consumers';
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import type { Runtime } from '../../runtime.ts';
import { NetworkError } from './s3-failure.ts';

/** What the SDK hands over for one call, as far as it matters here. */
interface SignedRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface Answer {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

export type RequestHandler = NonNullable<S3ClientConfig['requestHandler']>;

/** `fetch` sets the first two itself, to the values that were signed. The third saves nothing where a body is at hand at once, and the global `fetch` refuses it. */
const NOT_FORWARDED: ReadonlySet<string> = new Set(['host', 'content-length', 'expect']);

/** Sends the SDK's calls through the runtime's `fetch`: no sockets, timers and warnings beside those of the rest of the connector. */
export function createFetchHandler({ fetch }: Pick<Runtime, 'fetch'>): RequestHandler {
  return {
    async handle(
      request: SignedRequest,
      { abortSignal }: { readonly abortSignal?: unknown } = {},
    ): Promise<{ response: Answer }> {
      try {
        const response = await fetch(toUrl(request), {
          method: request.method,
          headers: Object.fromEntries(Object.entries(request.headers).filter(([name]) => !NOT_FORWARDED.has(name.toLowerCase()))),
          // A redirect leads to another region, for which the call must be signed anew.
          redirect: 'manual',
          ...(hasBody(request) ? { body: request.body } : {}),
          ...(abortSignal instanceof AbortSignal ? { signal: abortSignal } : {}),
        });
        const body = response.body === null ? new Uint8Array() : await buffer(response.body);
        return { response: { statusCode: response.status, headers: Object.fromEntries(response.headers), body } };
      } catch (error) {
        throw new NetworkError(error);
      }
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
    destroy() {},
  };
}

/** Bytes for S3, a form for STS. */
function hasBody(request: SignedRequest): request is SignedRequest & { readonly body: string | Uint8Array<ArrayBuffer> } {
  return typeof request.body === 'string' || request.body instanceof Uint8Array;
}

function toUrl({ protocol, hostname, port, path, query = {} }: SignedRequest): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value ?? ''].flat().map((item) => `${encodeURIComponent(name)}=${encodeURIComponent(item)}`),
  );
  return `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`;
}
