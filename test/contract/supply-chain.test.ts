import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type LockFile, listPackages, listProduction } from '../../scripts/generate/lock-file.ts';

const lock: LockFile = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const manifest: {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
} = JSON.parse(readFileSync('package.json', 'utf8'));

/** Licences that ask for no more than that their text is kept. */
const ALLOWED_LICENCES = ['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0'];
const EXACT_VERSION = /^\d+\.\d+\.\d+$/;

describe('the packages', () => {
  it('are pinned exactly, and alike in both files', () => {
    const own = lock.packages[''];
    expect(own?.dependencies).toEqual(manifest.dependencies);
    expect(own?.devDependencies).toEqual(manifest.devDependencies);
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(versions.length).toBeGreaterThan(10);
    expect(versions.filter(([, version]) => !EXACT_VERSION.test(version))).toEqual([]);
    for (const [name, version] of versions) expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(version);
  });

  it('all have a hash that they are checked by', () => {
    const packages = listPackages(lock);
    expect(packages.length).toBeGreaterThan(100);
    expect(packages.filter(({ integrity }) => !integrity?.startsWith('sha512-')).map(({ name }) => name)).toEqual([]);
  });

  it('come from whatever registry npm is set to', () => {
    expect(listPackages(lock).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
    expect(readFileSync('.npmrc', 'utf8')).not.toMatch(/registry\s*=|\/\//);
  });

  it('run scripts at their installation only where that is allowed by name', () => {
    const scripted = listPackages(lock).filter(({ hasInstallScript = false }) => hasInstallScript);
    expect(scripted.map(({ name }) => name).sort()).toEqual(Object.keys(manifest.allowScripts).sort());
    expect(scripted.filter(({ dev = false }) => !dev)).toEqual([]);
  });

  it('that the programs need have licences without conditions on their users', () => {
    const production = listProduction(lock);
    expect(production.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(manifest.dependencies)));
    expect(production.filter(({ license = 'none' }) => !ALLOWED_LICENCES.includes(license))).toEqual([]);
  });
});
