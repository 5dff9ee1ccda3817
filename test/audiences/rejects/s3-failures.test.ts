import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRejectSink } from '../../../src/audiences/rejects/open-reject-sink.ts';
import { type Mishap, S3Server } from '../../support/s3-server.ts';
import { catchConnectorError, makeReject, textsOf } from './reject-fixtures.ts';
import { BUCKET, createS3Runtime, KEY, makeSettings } from './s3-fixtures.ts';

describe('a bucket that refuses', () => {
  let server: S3Server;
  beforeEach(async () => {
    server = await S3Server.start({ key: KEY, bucket: BUCKET });
  });
  afterEach(() => server[Symbol.asyncDispose]());

  /** What comes of a sink's settings; nothing of them, and nothing that the server quotes, may be in any text. */
  async function fail(overrides: Parameters<typeof makeSettings>[0], mishap?: Mishap) {
    const { runtime } = createS3Runtime();
    if (mishap !== undefined) server.mishaps.push(...Array.from({ length: 20 }, () => mishap));
    const open = async () => {
      const sink = await openRejectSink(makeSettings({ endpoint: server.url, ...overrides }), runtime);
      await sink.write([makeReject()]);
    };
    const error = await catchConnectorError(open());
    const texts = `${textsOf(error)}\n${JSON.stringify(runtime.lines)}`;
    for (const secret of ['canary', 'CANARY', '127.0.0.1', 'The message of']) expect(texts).not.toContain(secret);
    return error;
  }

  it.each([
    ['a bucket that is not there', { status: 404, code: 'NoSuchBucket' }, 'does not exist. Check s3_bucket_name'],
    ['missing rights', { status: 403, code: 'AccessDenied' }, 'Allow s3:PutObject'],
    ['a key that AWS does not know', { status: 403, code: 'InvalidAccessKeyId' }, 'does not know access_key_id'],
    ['expired credentials', { status: 400, code: 'ExpiredToken' }, 'have expired'],
    ['a 403 without a code', { status: 403, body: '' }, 'Allow s3:PutObject'],
    ['a 404 of something else', { status: 404, body: '<html>canary</html>' }, 'Check s3_bucket_name and'],
    ['a 405 of something else', { status: 405, body: 'canary' }, 'What answered is no storage'],
    ['a key that is too long', { status: 400, code: 'KeyTooLongError' }, 'Shorten bucket_path'],
    [
      'a bucket elsewhere',
      { status: 301, code: 'PermanentRedirect', headers: { 'x-amz-bucket-region': 'eu-west-1' } },
      'is in the region eu-west-1. Set s3_bucket_region',
    ],
    ['a bucket elsewhere, nobody says where', { status: 301, body: '' }, 'is in another region than s3_bucket_region'],
    ['a region that is none', { status: 301, headers: { 'x-amz-bucket-region': 'CANARY' } }, 'is in another region'],
  ])('#81 is a matter of the config: %s', async (_, mishap, advice) => {
    const error = await fail({}, mishap);
    expect(error.failureType).toBe('config_error');
    expect(error.message).toContain(advice);
    expect(server.calls).toHaveLength(1);
  });

  it.each([
    ['a 400 that nothing is known of', { status: 400, code: 'Odd' }, 1],
    ['a storage that is full', { status: 507, code: 'XMinioStorageFull' }, 8],
    ['a broken network', 'reset', 8],
  ] as const)('#81 may pass: %s', async (_, mishap, calls) => {
    const error = await fail({}, mishap);
    expect(error.failureType).toBe('transient_error');
    expect(error.message).toMatch(/ Run the sync again later\.$/);
    expect(server.calls).toHaveLength(calls);
  });

  it('#82 tells a wrong secret from a wrong key, and quotes neither', async () => {
    const secret = await fail({ accessKey: { id: KEY.accessKeyId, secret: 'another-canary-secret' } });
    expect(secret.message).toBe('secret_access_key does not belong to access_key_id. Copy both again.');
    const key = await fail({ accessKey: { id: 'AKIACANARY0000000002', secret: KEY.secretAccessKey } });
    expect(key.message).toContain('does not know access_key_id');
    expect(key.internalMessage).toBe('storage of rejected rows: 403 InvalidAccessKeyId, request 4442587FB7D0A2F9');
  });

  it('names the region that the signature should have been made for', async () => {
    const error = await fail({ region: 'ap-southeast-2' });
    expect(error.message).toContain('is in the region us-east-1.');
  });

  it('cannot be reached', async () => {
    await using gone = await S3Server.start({ key: KEY, bucket: BUCKET });
    const endpoint = gone.url;
    await gone[Symbol.asyncDispose]();
    const error = await fail({ endpoint });
    expect(error.message).toContain('could not be reached (ECONNREFUSED). Check the network, and s3_endpoint');
  });

  it.each([
    ['s3_bucket_name', { bucket: '' }],
    ['s3_bucket_name', { bucket: '../canary' }],
    ['s3_bucket_name', { bucket: 'canary/rejects' }],
    ['s3_bucket_name', { bucket: 'arn:aws:s3:us-east-1:1:accesspoint/canary' }],
    ['s3_bucket_region', { region: '*' }],
    ['s3_bucket_region', { region: 'us-east-1.canary.example/' }],
    ['s3_endpoint', { endpoint: 'canary:9000' }],
    ['s3_endpoint', { endpoint: 'ftp://canary' }],
    ['s3_endpoint', { endpoint: '' }],
    ['access_key_id', { accessKey: { id: '', secret: KEY.secretAccessKey } }],
    ['secret_access_key', { accessKey: { id: KEY.accessKeyId, secret: 'canary\n' } }],
  ])('#81 calls nobody with a %s that can not be: %j', async (property, overrides) => {
    const error = await fail(overrides);
    expect(error.failureType).toBe('config_error');
    expect(error.message).toContain(property);
    expect(server.calls).toEqual([]);
  });
});
