import { findNetworkCode } from '../../graph/network-code.ts';
import { LateError } from './call-within.ts';

/** What a call failed at: the storage itself, or the credentials that it needs. */
export type S3Party = 'storage' | 'credentials';

/** What may be told of a failed call. The SDK's own errors quote requests, keys and buckets, so nothing else of them goes any further. */
export interface S3Failure {
  readonly party: S3Party;
  /** The HTTP status, where there was an answer. */
  readonly status?: number;
  /** AWS's name of the error, such as `NoSuchBucket`, or the network's, such as `ECONNRESET`. */
  readonly code: string;
  /** Where the bucket is, when it was asked for elsewhere. */
  readonly region?: string;
  /** For AWS's support. */
  readonly requestId?: string;
}

/** Names and ids; anything else could be part of a secret. */
const CODE = /^[A-Z][A-Za-z0-9_.-]{1,63}$/;
const REGION = /^[a-z0-9-]{2,40}$/;
const REQUEST_ID = /^[A-Za-z0-9-]{8,64}$/;

/** Wraps an error of a call for credentials, so that it is not taken for one of the storage. */
export class CredentialsError extends Error {
  override readonly name = 'CredentialsError';
}

/** The call got no answer. `fetch`'s own message may quote the URL. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
  readonly code: string;

  constructor(error: unknown) {
    super('the network failed');
    this.code = findNetworkCode(error) ?? 'NETWORK';
  }
}

/** Something answered that the call was done, but not as a storage answers. */
export class NoReceiptError extends Error {
  override readonly name = 'NoReceipt';
}

export function readS3Failure(error: unknown): S3Failure {
  if (error instanceof CredentialsError) return { ...readS3Failure(error.cause), party: 'credentials' };
  if (error instanceof LateError) return { party: 'storage', code: 'NoAnswer' };
  const { $metadata, $response, name, Region } = toRecord(error);
  const { httpStatusCode: status, requestId } = toRecord($metadata);
  const { headers } = toRecord($response);
  const region = match(REGION, toRecord(headers)['x-amz-bucket-region'], Region);
  const id = match(REQUEST_ID, requestId);
  return {
    party: 'storage',
    code:
      (typeof status === 'number' ? undefined : findNetworkCode(error)) ??
      match(CODE, name)?.replace(/Exception$/, '') ??
      'Unknown',
    ...(typeof status === 'number' ? { status } : {}),
    ...(region === undefined ? {} : { region }),
    ...(id === undefined ? {} : { requestId: id }),
  };
}

/** Answers that call for another try, beside those of status 5xx. */
const PASSING_CODES: ReadonlySet<string> = new Set([
  'NoAnswer',
  'RequestTimeout',
  'RequestTimeTooSkewed',
  'RequestExpired',
  'SlowDown',
  'Throttling',
  'OperationAborted',
  'TemporaryRedirect',
  'IDPCommunicationError',
]);
const NETWORK_CODE = /^[A-Z][A-Z0-9_]+$/;
const PASSING_STATUSES: ReadonlySet<number> = new Set([307, 408, 409, 429]);

/** Whether the same call may succeed a little later. The SDK sets its own clock right after a time that is too far off. */
export function isPassing({ status, code }: S3Failure): boolean {
  if (PASSING_CODES.has(code)) return true;
  return status === undefined ? NETWORK_CODE.test(code) : status >= 500 || PASSING_STATUSES.has(status);
}

/** Such as `403 AccessDenied`. */
export function nameAnswer({ status, code }: S3Failure): string {
  return status === undefined ? code : `${status} ${code}`;
}

function match(pattern: RegExp, ...values: readonly unknown[]): string | undefined {
  return values.find((value): value is string => typeof value === 'string' && pattern.test(value));
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
