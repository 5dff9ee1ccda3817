import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEmulator, startEmulator } from '../../src/emulator/server.ts';
import { systemClock } from '../../src/emulator/system-clock.ts';
import { readAcceptanceConfig, SUITE_NAMES, type Suite } from './acceptance-config.ts';
import { createConnector, readJson } from './connector.ts';
import { testAttributes } from './suites/attributes-suite.ts';
import { testBasicRead } from './suites/basic-read-suite.ts';
import { testConnection } from './suites/connection-suite.ts';
import { testDiscovery } from './suites/discovery-suite.ts';
import { testFullRefresh } from './suites/full-refresh-suite.ts';
import { testIncremental } from './suites/incremental-suite.ts';
import { testSpec } from './suites/spec-suite.ts';
import { ACCEPTANCE_WORLD, WORLD_NOW_MS } from './world.ts';

const CONFIGS = [
  { path: 'acceptance-test-config.yml', metadataPath: 'metadata.yaml' },
  { path: 'acceptance-test-config.destination.yml', metadataPath: 'metadata.destination.yaml' },
].filter(({ path }) => existsSync(path));
const connectors = await Promise.all(
  CONFIGS.map(async (paths) => ({ ...paths, config: await readAcceptanceConfig(paths.path) })),
);

describe.each(connectors)('$path', ({ config, metadataPath }) => {
  const suites = config.acceptance_tests;
  let server: RunningEmulator;
  beforeAll(async () => {
    server = await startEmulator(ACCEPTANCE_WORLD, { ...systemClock, now: () => WORLD_NOW_MS });
  });
  afterAll(() => server.close());
  const connector = createConnector(config.connector_image, () => server.url);
  const configPath = suites.discovery?.tests?.[0]?.config_path;
  const discover = configPath === undefined ? undefined : () => connector.discover(readJson(configPath));

  it('is as strict as can be: every suite has tests, or a reason to have none', () => {
    expect(config.test_strictness_level).toBe('high');
    expect(Object.keys(suites).sort()).toEqual([...SUITE_NAMES].sort());
    for (const suite of Object.values(suites)) expect(suite.tests?.length ?? suite.bypass_reason?.length).toBeGreaterThan(0);
  });

  describeSuite('spec', suites.spec, (test) => testSpec(connector, test));
  describeSuite('connection', suites.connection, (test) => testConnection(connector, test));
  describeSuite('discovery', suites.discovery, (test) => testDiscovery(connector, test));
  describeSuite('basic_read', suites.basic_read, (test) => testBasicRead(connector, test));
  describeSuite('full_refresh', suites.full_refresh, (test) => testFullRefresh(connector, test));
  describeSuite('incremental', suites.incremental, (test) => testIncremental(connector, test));
  describeSuite('connector_attributes', suites.connector_attributes, (test) => {
    testAttributes({ connector, metadataPath, discover }, test);
  });
});

function describeSuite<Test>(name: string, suite: Suite<Test> | undefined, run: (test: Test) => void): void {
  for (const [place, test] of (suite?.tests ?? []).entries()) describe(`${name} ${place + 1}`, () => run(test));
}
