import { execFileSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

describe('the built source', () => {
  const folder = mkdtempSync(join(tmpdir(), 'build-'));
  const dist = join(folder, 'dist');
  const runNode = (...words: readonly string[]) => execFileSync(process.execPath, words, { cwd: folder, encoding: 'utf8' });

  beforeAll(() => {
    execFileSync(process.execPath, [join(ROOT, 'scripts/build.ts'), dist]);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('answers spec far from the repository and its packages, started with the words of the image', () => {
    const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');
    const [node, ...words] = /^ENV AIRBYTE_ENTRYPOINT="(.*source\.js)"$/m.exec(dockerfile)?.[1]?.split(' ') ?? [];
    expect(node).toBe('/usr/local/bin/node');
    const output = runNode(...words.map((word) => word.replace('/airbyte/dist', dist)), 'spec');
    const { spec } = JSON.parse(output) as { spec: unknown };
    expect(spec).toEqual(JSON.parse(readFileSync(join(ROOT, 'spec.json'), 'utf8')));
  });

  it('loads what a command needs: the validator and the streams', () => {
    const config = join(ROOT, 'package.json');
    const lines = runNode(join(dist, 'source.js'), 'check', '--config', config).split('\n');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ type: 'CONNECTION_STATUS', connectionStatus: { status: 'FAILED' } });
  });

  it('can be started by its name', () => {
    accessSync(join(dist, 'source.js'), constants.X_OK);
    expect(readFileSync(join(dist, 'source.js'), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });
});
