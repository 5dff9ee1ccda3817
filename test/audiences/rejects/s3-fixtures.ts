import { DEFAULT_FILE_NAME_FORMAT, DEFAULT_PATH_FORMAT } from '../../../src/audiences/rejects/object-key.ts';
import type { RejectSinkSettings } from '../../../src/audiences/rejects/open-reject-sink.ts';
import type { Runtime } from '../../../src/runtime.ts';
import { createTestRuntime } from '../../support/test-runtime.ts';
import { HastyClock } from './reject-fixtures.ts';

type S3SinkSettings = Extract<RejectSinkSettings, { readonly type: 's3' }>;

export const KEY = { accessKeyId: 'AKIACANARY0000000001', secretAccessKey: 'canary/secret+0123456789abcdefghijklmnop' };
export const BUCKET = 'canary-bucket';

export function makeSettings(overrides: Partial<S3SinkSettings> = {}): S3SinkSettings {
  return {
    type: 's3',
    bucket: BUCKET,
    region: 'us-east-1',
    accessKey: { id: KEY.accessKeyId, secret: KEY.secretAccessKey },
    bucketPath: 'rejects',
    pathFormat: DEFAULT_PATH_FORMAT,
    fileNameFormat: DEFAULT_FILE_NAME_FORMAT,
    format: { type: 'JSONL', flattening: 'none', compression: 'none' },
    syncId: 812,
    ...overrides,
  };
}

export function createS3Runtime(overrides: Partial<Runtime> = {}) {
  const clock = new HastyClock();
  return { clock, runtime: createTestRuntime({ clock, ...overrides }) };
}

/** A `fetch` for which AWS is on loopback: what is meant for a host that ends so goes to the server named beside it. */
export function createAwsFetch(servers: Readonly<Record<string, string>>): typeof globalThis.fetch {
  return async (input, init) => {
    const url = new URL(String(input));
    const [, server] = Object.entries(servers).find(([ending]) => url.host.endsWith(ending)) ?? [];
    if (server === undefined) throw new Error(`${url.host} is not on loopback`);
    const headers = new Headers(init?.headers);
    headers.set('x-forwarded-host', url.host);
    return await globalThis.fetch(`${server}${url.pathname}${url.search}`, { ...init, headers });
  };
}
