import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openRejectSink } from '../../../src/audiences/rejects/open-reject-sink.ts';
import { S3Server } from '../../support/s3-server.ts';
import { StsServer } from '../../support/sts-server.ts';
import { catchConnectorError, makeReject, textsOf } from './reject-fixtures.ts';
import { BUCKET, createAwsFetch, createS3Runtime, KEY, makeSettings } from './s3-fixtures.ts';

const ROLE_ARN = 'arn:aws:iam::123456789012:role/canary';
const ROLE_KEY = { accessKeyId: 'ASIACANARY0000000009', secretAccessKey: 'canary-of-the-role', sessionToken: 'canary-token' };

/** Nothing that this machine may have of AWS. */
function clearEnvironment(): void {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
  vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
}

function watchOutput() {
  const printed: unknown[] = [];
  const keep = (...words: readonly unknown[]) => {
    printed.push(words);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(keep);
  vi.spyOn(process.stderr, 'write').mockImplementation(keep);
  vi.spyOn(process, 'emitWarning').mockImplementation(keep);
  for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const)
    vi.spyOn(console, method).mockImplementation(keep);
  return printed;
}

describe('credentials for a bucket', () => {
  beforeEach(clearEnvironment);
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });

  async function setUp(overrides: Parameters<typeof makeSettings>[0], s3Key: Parameters<typeof S3Server.start>[0]['key']) {
    const s3 = await S3Server.start({ key: s3Key, bucket: BUCKET });
    const sts = await StsServer.start({ key: KEY, roleKey: ROLE_KEY, roleArn: ROLE_ARN });
    const fetch = createAwsFetch({ 'sts.us-east-1.amazonaws.com': sts.url, [new URL(s3.url).host]: s3.url });
    const { clock, runtime } = createS3Runtime({ fetch });
    const printed = watchOutput();
    const { accessKey: _, ...settings } = makeSettings({ endpoint: s3.url });
    const sink = await openRejectSink({ ...settings, ...overrides }, runtime);
    const close = async () => {
      await s3[Symbol.asyncDispose]();
      await sts[Symbol.asyncDispose]();
    };
    return { s3, sts, sink, clock, runtime, printed, [Symbol.asyncDispose]: close };
  }

  const ownKey = { id: KEY.accessKeyId, secret: KEY.secretAccessKey };

  it('come from a role that the access key assumes, once for all calls', async () => {
    await using site = await setUp({ accessKey: ownKey, roleArn: ROLE_ARN, externalId: 'workspace-1' }, ROLE_KEY);
    await site.sink.write([makeReject()]);
    await site.sink.write([makeReject()]);
    expect(site.s3.objects.size).toBe(2);
    expect(site.sts.forms.map((form) => [form.get('Action'), form.get('RoleArn'), form.get('ExternalId')])).toEqual([
      ['AssumeRole', ROLE_ARN, 'workspace-1'],
    ]);
    expect(site.printed).toEqual([]);
  });

  it('come from a role that the environment’s own credentials assume', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', KEY.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', KEY.secretAccessKey);
    await using site = await setUp({ roleArn: ROLE_ARN }, ROLE_KEY);
    await site.sink.write([makeReject()]);
    expect(site.s3.objects.size).toBe(1);
  });

  it('come from the environment where the config has none', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', ROLE_KEY.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', ROLE_KEY.secretAccessKey);
    vi.stubEnv('AWS_SESSION_TOKEN', ROLE_KEY.sessionToken);
    await using site = await setUp({}, ROLE_KEY);
    await site.sink.probe();
    expect(site.s3.calls).toHaveLength(2);
    expect(site.sts.forms).toEqual([]);
  });

  it('are missing: says what to fill in, and prints nothing of its own', async () => {
    // With a profile and a key in the environment, the SDK likes to warn on stderr.
    vi.stubEnv('AWS_PROFILE', 'none');
    vi.stubEnv('AWS_ACCESS_KEY_ID', KEY.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', KEY.secretAccessKey);
    await using site = await setUp({}, KEY);
    const error = await catchConnectorError(site.sink.write([makeReject()]));
    expect(error).toMatchObject({ failureType: 'config_error', message: expect.stringContaining('No credentials were found') });
    expect(site.s3.calls).toEqual([]);
    expect(site.printed).toEqual([]);
  });

  it.each([
    ['a role that may not be assumed', { status: 403, code: 'AccessDenied' }, 'The role in role_arn can not be assumed'],
    ['a role that is none', { status: 400, code: 'ValidationError' }, 'role_arn is not the name of a role'],
    ['a key that AWS does not know', { status: 403, code: 'InvalidClientTokenId' }, 'AWS does not know access_key_id'],
    ['a secret of another key', { status: 403, code: 'SignatureDoesNotMatch' }, 'secret_access_key does not belong'],
    ['another refusal', { status: 400, code: 'PackedPolicyTooLarge' }, '(400 PackedPolicyTooLarge). Check role_arn'],
  ])('#81 are refused: %s', async (_, mishap, advice) => {
    await using site = await setUp({ accessKey: ownKey, roleArn: ROLE_ARN }, ROLE_KEY);
    site.sts.mishaps.push(mishap);
    const error = await catchConnectorError(site.sink.write([makeReject()]));
    expect(error.failureType).toBe('config_error');
    expect(error.message).toContain(advice);
    expect(error.internalMessage).toMatch(/^credentials of rejected rows: 40\d /);
    expect(`${textsOf(error)}${JSON.stringify(site.runtime.lines)}`).not.toMatch(/canary/i);
    expect(site.printed).toEqual([]);
  });

  it('are asked for again where AWS only hiccups', async () => {
    await using site = await setUp({ accessKey: ownKey, roleArn: ROLE_ARN }, ROLE_KEY);
    site.sts.mishaps.push({ status: 503, code: 'ServiceUnavailable' }, { status: 400, code: 'ThrottlingException' });
    await site.sink.write([makeReject()]);
    expect(site.sts.forms).toHaveLength(3);
    expect(site.clock.waits).toHaveLength(2);
    expect(site.s3.objects.size).toBe(1);
  });
});
