import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { findSignatureFault, readSignedCall, type SignatureFault, type SignedCall, type SigningKey } from './verify-signature.ts';

export interface StoredObject {
  readonly body: Buffer;
  readonly headers: IncomingHttpHeaders;
}

/** An answer instead of the right one: none at all, or the connection breaks, before the call has had its effect or after. */
export type Mishap =
  | 'silence'
  | 'reset'
  | 'late_reset'
  | {
      readonly status: number;
      readonly code?: string;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
    };

export interface S3ServerOptions {
  readonly key: SigningKey;
  readonly bucket: string;
  readonly region?: string;
}

/** A bucket on loopback that checks each call's signature as S3 does, quotes of a call what S3 quotes, and fails when told to. */
export class S3Server implements AsyncDisposable {
  readonly objects = new Map<string, StoredObject>();
  readonly calls: SignedCall[] = [];
  /** Used up from the front, one a call. */
  readonly mishaps: Mishap[] = [];
  readonly #options: S3ServerOptions;
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  #onCall = Promise.withResolvers<void>();

  private constructor(options: S3ServerOptions) {
    this.#options = options;
  }

  static async start(options: S3ServerOptions): Promise<S3Server> {
    const server = new S3Server(options);
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Resolves as soon as so many calls have arrived since the server's start. */
  async waitForCalls(count: number): Promise<void> {
    while (this.calls.length < count) await this.#onCall.promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await readSignedCall(request);
    this.calls.push(call);
    this.#onCall.resolve();
    this.#onCall = Promise.withResolvers();
    const mishap = this.mishaps.shift();
    if (mishap === 'silence') return;
    if (mishap === 'reset' || mishap === 'late_reset') {
      if (mishap === 'late_reset') this.#apply(call);
      request.socket.destroy();
      return;
    }
    if (mishap) fail(response, { body: describe(mishap.code ?? 'Unknown'), ...mishap });
    else this.#answer(call, response);
  }

  #answer(call: SignedCall, response: ServerResponse): void {
    const { key, bucket, region = 'us-east-1' } = this.#options;
    const fault = findSignatureFault(call, { key, region, service: 's3' });
    if (fault !== undefined) refuse(response, fault, { accessKeyId: key.accessKeyId, region });
    else if (splitPath(call)[0] !== bucket) fail(response, { status: 404, body: describe('NoSuchBucket') });
    else {
      this.#apply(call);
      const etag = `"${createHash('md5').update(call.body).digest('hex')}"`;
      response.writeHead(call.method === 'PUT' ? 200 : 204, { etag }).end();
    }
  }

  #apply(call: SignedCall): void {
    const [, key] = splitPath(call);
    if (call.method === 'PUT') this.objects.set(key, { body: call.body, headers: call.headers });
    else this.objects.delete(key);
  }
}

/** A bucket and a key: the bucket is the host's first part where the host is one of AWS. */
function splitPath({ url, headers }: SignedCall): readonly [bucket: string, key: string] {
  const [path = ''] = url.split('?');
  const [, ...segments] = decodeURIComponent(path).split('/');
  const [, inHost] = /^(.+)\.s3\.[a-z0-9-]+\.amazonaws\.com$/.exec(headers.host ?? '') ?? [];
  return [inHost ?? segments.shift() ?? '', segments.join('/')];
}

const CODES: Readonly<Record<SignatureFault, string>> = {
  unsigned: 'AccessDenied',
  unknown_key: 'InvalidAccessKeyId',
  wrong_token: 'InvalidToken',
  wrong_body: 'XAmzContentSHA256Mismatch',
  wrong_signature: 'SignatureDoesNotMatch',
  wrong_region: 'AuthorizationHeaderMalformed',
};

/** As S3 does, with all that it quotes of the call. */
function refuse(
  response: ServerResponse,
  fault: SignatureFault,
  { accessKeyId, region }: { readonly accessKeyId: string; readonly region: string },
): void {
  const quoted = `<AWSAccessKeyId>${accessKeyId}</AWSAccessKeyId><StringToSign>AWS4-HMAC-SHA256 ${accessKeyId}</StringToSign>`;
  const more = fault === 'wrong_region' ? `<Region>${region}</Region>` : quoted;
  fail(response, { status: ['wrong_region', 'wrong_body'].includes(fault) ? 400 : 403, body: describe(CODES[fault], more) });
}

function describe(code: string, more = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>The message of ${code}</Message>${more}<RequestId>4442587FB7D0A2F9</RequestId></Error>`;
}

function fail(
  response: ServerResponse,
  {
    status,
    body,
    headers,
  }: { readonly status: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> },
): void {
  response.writeHead(status, { 'content-type': 'application/xml', 'x-amz-request-id': '4442587FB7D0A2F9', ...headers }).end(body);
}
