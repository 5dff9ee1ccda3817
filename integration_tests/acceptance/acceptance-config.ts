import { runPython } from '../support/python.ts';

/** Something left out, and why. */
export interface Bypass {
  readonly name: string;
  readonly bypass_reason: string;
}

export interface SpecTest {
  readonly spec_path: string;
  readonly config_path?: string;
}
export interface ConnectionTest {
  readonly config_path: string;
  readonly status: 'succeed' | 'failed' | 'exception';
}
export interface DiscoveryTest {
  readonly config_path: string;
}
export interface BasicReadTest {
  readonly config_path: string;
  readonly empty_streams?: readonly Bypass[];
  readonly expect_records: { readonly path: string };
}
export interface FullRefreshTest {
  readonly config_path: string;
  readonly ignored_fields?: Readonly<Record<string, readonly Bypass[]>>;
}
export interface IncrementalTest {
  readonly config_path: string;
  readonly future_state: { readonly future_state_path: string; readonly missing_streams?: readonly Bypass[] };
}
export interface AttributesTest {
  readonly streams_without_primary_key?: readonly Bypass[];
}

/** A suite is made of tests, or is left out for a reason. */
export interface Suite<Test> {
  readonly tests?: readonly Test[];
  readonly bypass_reason?: string;
}

/** An acceptance-test-config.yml, as far as the suites here obey it. */
export interface AcceptanceConfig {
  readonly connector_image: string;
  readonly test_strictness_level: string;
  readonly acceptance_tests: {
    readonly spec?: Suite<SpecTest>;
    readonly connection?: Suite<ConnectionTest>;
    readonly discovery?: Suite<DiscoveryTest>;
    readonly basic_read?: Suite<BasicReadTest>;
    readonly full_refresh?: Suite<FullRefreshTest>;
    readonly incremental?: Suite<IncrementalTest>;
    readonly connector_attributes?: Suite<AttributesTest>;
    readonly connector_documentation?: Suite<never>;
  };
}

const ROOT_KEYS = ['connector_image', 'test_strictness_level', 'acceptance_tests'];
/** What a test of each suite may say here. Airbyte's own runner refuses keys it does not know; so does this one, with those it does not obey. */
const TEST_KEYS: Readonly<Record<string, readonly string[]>> = {
  spec: ['spec_path', 'config_path'],
  connection: ['config_path', 'status', 'timeout_seconds'],
  discovery: ['config_path', 'timeout_seconds'],
  basic_read: ['config_path', 'empty_streams', 'expect_records', 'timeout_seconds'],
  full_refresh: ['config_path', 'ignored_fields', 'timeout_seconds'],
  incremental: ['config_path', 'future_state', 'timeout_seconds'],
  connector_attributes: ['streams_without_primary_key'],
  connector_documentation: [],
};

export const SUITE_NAMES = Object.keys(TEST_KEYS);

/** Throws for a key that nothing here obeys. */
export async function readAcceptanceConfig(path: string): Promise<AcceptanceConfig> {
  const { exitCode, stdout, stderr } = await runPython('yaml_to_json.py', [path]);
  if (exitCode !== 0) throw new Error(`${path} can not be read: ${stderr}`);
  const config = JSON.parse(stdout) as AcceptanceConfig;
  refuseUnknown(config, ROOT_KEYS, path);
  refuseUnknown(config.acceptance_tests, SUITE_NAMES, path);
  for (const [name, suite] of Object.entries(config.acceptance_tests)) {
    refuseUnknown(suite, ['tests', 'bypass_reason'], `${path}: ${name}`);
    for (const test of suite.tests ?? []) refuseUnknown(test, TEST_KEYS[name] ?? [], `${path}: ${name}`);
  }
  return config;
}

function refuseUnknown(value: object, known: readonly string[], place: string): void {
  const unknown = Object.keys(value).filter((key) => !known.includes(key));
  if (unknown.length > 0) throw new Error(`${place} has keys that are not known: ${unknown.join(', ')}`);
}
