import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatReject } from '../../../src/audiences/rejects/format-reject.ts';
import { openRejectSink } from '../../../src/audiences/rejects/open-reject-sink.ts';
import { S3Server } from '../../support/s3-server.ts';
import { catchConnectorError, makeReject } from './reject-fixtures.ts';
import { BUCKET, createAwsFetch, createS3Runtime, KEY, makeSettings } from './s3-fixtures.ts';

describe('a bucket as a sink', () => {
  let server: S3Server;
  beforeEach(async () => {
    server = await S3Server.start({ key: KEY, bucket: BUCKET });
  });
  afterEach(() => server[Symbol.asyncDispose]());

  async function setUp(overrides: Parameters<typeof makeSettings>[0] = {}, signal = new AbortController().signal) {
    const { clock, runtime } = createS3Runtime({ signal });
    const sink = await openRejectSink(makeSettings({ endpoint: server.url, ...overrides }), runtime);
    return { sink, clock, runtime };
  }

  const rowsOf = (key: string) => {
    const lines = server.objects.get(key)?.body.toString().trimEnd().split('\n') ?? [];
    return lines.map((line) => JSON.parse(line)._airbyte_data);
  };

  it('puts one object for each stream and call, whose parts count up', async () => {
    const { sink, clock } = await setUp();
    const users = [makeReject({ data: { id: 1 } }), makeReject({ data: { id: 2 } })];
    const buyers = makeReject({ stream: { name: 'buyers', namespace: 'shop' } });
    await sink.write([users[0] ?? buyers, buyers, users[1] ?? buyers]);
    await sink.write([buyers]);
    const keys = [...server.objects.keys()];
    expect(keys).toEqual([
      expect.stringMatching(new RegExp(`^rejects/812/users/2026_11_21_${clock.now()}_0_[0-9a-f]{12}\\.jsonl$`)),
      expect.stringMatching(/^rejects\/812\/shop\/buyers\/.*_1_[0-9a-f]{12}\.jsonl$/),
      expect.stringMatching(/^rejects\/812\/shop\/buyers\/.*_2_[0-9a-f]{12}\.jsonl$/),
    ]);
    expect(rowsOf(keys[0] ?? '')).toEqual(users.map(formatReject));
    expect(server.objects.get(keys[0] ?? '')?.headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
  });

  it('shares its keys with no other process', async () => {
    const sinks = await Promise.all([setUp(), setUp()]);
    await Promise.all(sinks.map(({ sink }) => sink.write([makeReject()])));
    expect(server.objects.size).toBe(2);
  });

  it('puts nothing where there is nothing', async () => {
    const { sink } = await setUp();
    await sink.write([]);
    await sink.close();
    expect(server.calls).toEqual([]);
  });

  it('signs keys of any characters', async () => {
    const { sink } = await setUp({
      bucketPath: "a b/+&=~$@,'(ü)/%2E%2e/東京",
      fileNameFormat: '{date:HH:mm}*{part_number}{format_extension}',
    });
    await sink.write([makeReject({ stream: { name: '?#&' } })]);
    const [key] = server.objects.keys();
    expect(key).toMatch(/^a b\/\+&=~\$@,'\(ü\)\/%2E%2e\/東京\/812\/___\/12:00\*0_[0-9a-f]{12}\.jsonl$/);
  });

  it('puts a window of many megabytes', async () => {
    const { sink } = await setUp();
    await sink.write(Array.from({ length: 400 }, (_, id) => makeReject({ data: { id, text: 'x'.repeat(10_000) } })));
    const [key = ''] = server.objects.keys();
    expect(rowsOf(key)).toHaveLength(400);
  });

  it.each([
    ['resets', ['reset', 'reset']],
    ['resets after the object was put', ['late_reset']],
    ['failures of the server', [{ status: 500 }, { status: 502, body: '<html>' }, { status: 503, code: 'SlowDown' }]],
    [
      'limits',
      [
        { status: 429, code: 'TooManyRequests' },
        { status: 400, code: 'RequestTimeout' },
      ],
    ],
    ['a redirect while DNS does not know the bucket yet', [{ status: 307, code: 'TemporaryRedirect' }]],
  ] as const)('#81 tries again after %s, with the same key', async (_, mishaps) => {
    const { sink, clock, runtime } = await setUp();
    server.mishaps.push(...mishaps);
    await sink.write([makeReject()]);
    expect(new Set(server.calls.map(({ url }) => url)).size).toBe(1);
    expect(server.calls).toHaveLength(mishaps.length + 1);
    expect(clock.waits).toHaveLength(mishaps.length);
    expect(runtime.lines).toHaveLength(mishaps.length);
    expect(server.objects.size).toBe(1);
  });

  it('#81 gives a storage that stays broken up after eight tries, and says nothing is lost for good', async () => {
    const { sink, clock } = await setUp();
    server.mishaps.push(...Array.from({ length: 20 }, () => ({ status: 500, code: 'InternalError' })));
    const error = await catchConnectorError(sink.write([makeReject()]));
    expect(error).toMatchObject({
      failureType: 'transient_error',
      internalMessage: expect.stringContaining('500 InternalError'),
    });
    expect(error.message).toBe('The storage for rejected rows did not take them (500 InternalError). Run the sync again later.');
    expect(server.calls).toHaveLength(8);
    expect(clock.waits).toEqual([1, 2, 4, 8, 16, 32, 60].map((seconds) => seconds * 500));
  });

  it('ends a call that gets no answer, and makes it again', async () => {
    const { sink, clock } = await setUp();
    server.mishaps.push('silence');
    const written = sink.write([makeReject()]);
    await server.waitForCalls(1);
    await clock.advance(120_000);
    await written;
    expect(server.objects.size).toBe(1);
    expect(clock.pendingTimers).toBe(0);
  });

  it('says within seconds that a storage does not answer, when it is tried', async () => {
    const { sink, clock } = await setUp();
    server.mishaps.push('silence', 'silence', 'silence');
    const startMs = clock.now();
    const result = catchConnectorError(sink.probe());
    for (let tries = 1; tries <= 2; tries += 1) {
      await server.waitForCalls(tries);
      await clock.advance(10_000);
    }
    expect((await result).message).toContain('did not answer in time');
    expect(clock.now() - startMs).toBeLessThan(30_000);
  });

  it('ends at once when the process is asked to stop, with the signal’s reason', async () => {
    const controller = new AbortController();
    const { sink, clock } = await setUp({}, controller.signal);
    server.mishaps.push('silence');
    const written = sink.write([makeReject()]);
    await server.waitForCalls(1);
    const reason = new Error('SIGTERM');
    controller.abort(reason);
    await expect(written).rejects.toBe(reason);
    await expect(sink.write([makeReject()])).rejects.toBe(reason);
    expect(server.calls).toHaveLength(1);
    expect(clock.pendingTimers).toBe(0);
  });

  it('#81 is not taken in by a friendly page', async () => {
    const { sink } = await setUp();
    server.mishaps.push({ status: 200, body: '<html>Please log in</html>' });
    const error = await catchConnectorError(sink.write([makeReject()]));
    expect(error).toMatchObject({ failureType: 'config_error', message: expect.stringContaining('Check s3_endpoint') });
  });

  it('leaves nothing behind when it is tried', async () => {
    const { sink, runtime } = await setUp({ bucketPath: '/p/' });
    await sink.probe();
    expect(server.calls.map(({ method, url }) => `${method} ${url.split('?')[0]}`)).toEqual([
      `PUT /${BUCKET}/p/rejects-probe`,
      `DELETE /${BUCKET}/p/rejects-probe`,
    ]);
    expect(server.objects.size).toBe(0);
    expect(runtime.lines).toEqual([]);
  });

  it('is content where it may put objects and not delete them', async () => {
    const { sink, runtime } = await setUp();
    const probed = sink.probe();
    await server.waitForCalls(1);
    server.mishaps.push({ status: 403, code: 'AccessDenied' });
    await probed;
    expect(runtime.lines).toEqual([
      expect.objectContaining({ level: 'warn', message: expect.stringContaining('rejects-probe') }),
    ]);
  });
});

describe('a bucket of AWS', () => {
  it('is found without its region, and is asked to verify a checksum', async () => {
    await using server = await S3Server.start({ key: KEY, bucket: BUCKET, region: 'eu-west-1' });
    const { runtime } = createS3Runtime({ fetch: createAwsFetch({ '.amazonaws.com': server.url }) });
    const sink = await openRejectSink(makeSettings({ region: '' }), runtime);
    server.mishaps.push({ status: 301, code: 'PermanentRedirect', headers: { 'x-amz-bucket-region': 'eu-west-1' } });
    await sink.write([makeReject()]);
    expect(server.calls.map(({ headers }) => headers.host)).toEqual([
      `${BUCKET}.s3.us-east-1.amazonaws.com`,
      `${BUCKET}.s3.eu-west-1.amazonaws.com`,
    ]);
    const [[key, object] = []] = server.objects;
    expect(key).toMatch(/^rejects\/812\/users\//);
    expect(object?.headers['x-amz-checksum-crc32']).toMatch(/^[A-Za-z0-9+/]{6}==$/);
  });
});
