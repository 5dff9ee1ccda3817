import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { S3Server } from '../../support/s3-server.ts';
import { BUCKET, createS3Runtime, KEY, makeSettings } from './s3-fixtures.ts';

const ROOT = join(import.meta.dirname, '../../..');
const ENTRY = 'src/audiences/rejects/open-reject-sink.ts';
const SDK = /node_modules\/(@aws-sdk|@smithy)\//;

describe('the SDK for S3 in a bundle', () => {
  let folder: string;
  let outputs: Metafile['outputs'];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sdk-chunk-'));
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    const { metafile } = await build({
      entryPoints: [ENTRY],
      absWorkingDir: ROOT,
      outdir: folder,
      metafile: true,
      bundle: true,
      splitting: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    });
    outputs = metafile.outputs;
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  const findStart = () => Object.keys(outputs).find((path) => outputs[path]?.entryPoint === ENTRY) ?? '';
  const inputsOf = (paths: readonly string[]) => paths.flatMap((path) => Object.keys(outputs[path]?.inputs ?? {}));

  it('is in chunks of its own, which nothing loads at once', () => {
    const atOnce = new Set([findStart()]);
    for (const path of atOnce) {
      for (const next of outputs[path]?.imports ?? []) if (next.kind === 'import-statement') atOnce.add(next.path);
    }
    const lazy = Object.keys(outputs).filter((path) => !atOnce.has(path));
    expect(inputsOf([...atOnce]).filter((path) => SDK.test(path))).toEqual([]);
    expect(inputsOf(lazy).some((path) => path.includes('@aws-sdk/client-s3'))).toBe(true);
    expect(inputsOf(lazy).filter((path) => path.startsWith('src/'))).toEqual([]);
  });

  it.each([
    ['the config', {}],
    ['the environment', { AWS_ACCESS_KEY_ID: KEY.accessKeyId, AWS_SECRET_ACCESS_KEY: KEY.secretAccessKey }],
  ])('works there as it does here, with credentials of %s', async (place, environment) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    await using server = await S3Server.start({ key: KEY, bucket: BUCKET });
    const { openRejectSink } = await import(/* @vite-ignore */ join(ROOT, findStart()));
    const { accessKey, ...settings } = makeSettings({ endpoint: server.url });
    const sink = await openRejectSink(place === 'the config' ? { ...settings, accessKey } : settings, createS3Runtime().runtime);
    await sink.probe();
    expect(server.calls).toHaveLength(2);
  });
});
