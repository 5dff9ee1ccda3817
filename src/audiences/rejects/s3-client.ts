import { ConnectorError } from '../../protocol/connector-error.ts';
import type { Runtime } from '../../runtime.ts';
import { createCredentials } from './s3-credentials.ts';
import { NoReceiptError } from './s3-failure.ts';
import { createFetchHandler } from './s3-fetch-handler.ts';
import type { S3Settings } from './s3-settings.ts';

/** Where AWS answers for buckets whose region it is not told. */
const ANY_REGION = 'us-east-1';

/** Without one of its own, the SDK warns on stderr. It has nothing to say that our errors do not. */
const SILENT_LOGGER = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

export interface StoredObject {
  readonly key: string;
  readonly body: Uint8Array;
  readonly contentType: string;
}

/** One call each, without a second try. What they reject with is for `readS3Failure`. */
export interface ObjectStore {
  put(object: StoredObject, signal: AbortSignal): Promise<void>;
  delete(key: string, signal: AbortSignal): Promise<void>;
  close(): void;
}

/** Loads the SDK, which no other command does. Throws a `ConnectorError` (config_error) for settings that can not work; asks nobody yet. */
export async function openObjectStore(settings: S3Settings, runtime: Pick<Runtime, 'fetch'>): Promise<ObjectStore> {
  checkSettings(settings);
  // By the default alone: a bundle's chunk of a CommonJS package has no other export.
  const { default: sdk } = await import('@aws-sdk/client-s3');
  const { region, endpoint, bucket: Bucket } = settings;
  const shared = {
    region: region === '' ? ANY_REGION : region,
    requestHandler: createFetchHandler(runtime),
    logger: SILENT_LOGGER,
    // Tries are counted, and waited between, by our own clock.
    maxAttempts: 1,
  };
  const client = new sdk.S3Client({
    ...shared,
    credentials: await createCredentials(settings, shared),
    followRegionRedirects: region === '' && endpoint === undefined,
    // Other storages than that of AWS do not all know its newer checksums; the signature covers the body there.
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true, requestChecksumCalculation: 'WHEN_REQUIRED' }),
  });
  return {
    async put({ key: Key, body: Body, contentType: ContentType }, abortSignal) {
      const { ETag } = await client.send(new sdk.PutObjectCommand({ Bucket, Key, Body, ContentType }), { abortSignal });
      // A proxy's friendly page has status 200 too.
      if (ETag === undefined) throw new NoReceiptError('no ETag');
    },
    async delete(Key, abortSignal) {
      await client.send(new sdk.DeleteObjectCommand({ Bucket, Key }), { abortSignal });
    },
    close: () => client.destroy(),
  };
}

/** What the SDK would refuse in words that quote the settings, or would not refuse at all. */
function checkSettings({ bucket, region, endpoint, accessKey }: S3Settings): void {
  // A name of dots would lead the path to another bucket.
  if (!/^[A-Za-z0-9]/.test(bucket)) throw refuse('s3_bucket_name is no name of a bucket. Name the bucket for rejected rows.');
  if (!/^[a-z0-9-]{0,40}$/.test(region)) throw refuse('s3_bucket_region is no region. Regions are written like us-east-1.');
  if (endpoint !== undefined && !['http:', 'https:'].includes(URL.parse(endpoint)?.protocol ?? '')) {
    throw refuse('s3_endpoint is no URL. Write it with http:// or https:// before the host.');
  }
  if (accessKey !== undefined && !/^[!-~]+ [!-~]+$/.test(`${accessKey.id} ${accessKey.secret}`)) {
    throw refuse('access_key_id or secret_access_key is empty, or holds characters that no key has. Copy both again.');
  }
}

function refuse(message: string): ConnectorError {
  return new ConnectorError(message, { failureType: 'config_error' });
}
