import { createHash, createHmac } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface SignedCall {
  readonly method: string;
  /** As on the wire: path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface SigningKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export type SignatureFault = 'unsigned' | 'unknown_key' | 'wrong_token' | 'wrong_body' | 'wrong_signature' | 'wrong_region';

/** The call that was signed: `fetch` sets the host itself, so one that is sent to loopback instead of AWS has AWS's beside it. */
export async function readSignedCall(request: IncomingMessage): Promise<SignedCall> {
  const { 'x-forwarded-host': forwardedHost, ...headers } = request.headers;
  const host = typeof forwardedHost === 'string' ? forwardedHost : headers.host;
  const { method = '', url = '' } = request;
  return { method, url, headers: { ...headers, ...(host === undefined ? {} : { host }) }, body: await buffer(request) };
}

const SCHEME =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

/**
 * What is wrong with a call's signature, if anything is.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function findSignatureFault(
  call: SignedCall,
  { key, region, service }: { readonly key: SigningKey; readonly region: string; readonly service: 's3' | 'sts' },
): SignatureFault | undefined {
  const [, accessKeyId, day = '', usedRegion = '', usedService, names = '', signature] =
    SCHEME.exec(call.headers.authorization ?? '') ?? [];
  if (signature === undefined || usedService !== service) return 'unsigned';
  if (accessKeyId !== key.accessKeyId) return 'unknown_key';
  if (call.headers['x-amz-security-token'] !== key.sessionToken) return 'wrong_token';
  if (usedRegion !== region) return 'wrong_region';
  // Only S3 wants the body's hash in a header.
  const bodyHash = call.headers['x-amz-content-sha256'] ?? sha256(call.body);
  if (bodyHash !== 'UNSIGNED-PAYLOAD' && bodyHash !== sha256(call.body)) return 'wrong_body';
  const [path = '', query = ''] = call.url.split('?');
  const canonical = [
    call.method,
    path,
    query.split('&').sort().join('&'),
    ...names.split(';').map((name) => `${name}:${String(call.headers[name]).trim().replace(/ +/g, ' ')}`),
    '',
    names,
    bodyHash,
  ].join('\n');
  const scope = `${day}/${usedRegion}/${service}/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', call.headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const steps = [day, usedRegion, service, 'aws4_request'];
  const signingKey = steps.reduce<string | Buffer>((last, step) => hmac(last, step), `AWS4${key.secretAccessKey}`);
  return hmac(signingKey, text).toString('hex') === signature ? undefined : 'wrong_signature';
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}
