import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PYTHON } from '../integration_tests/support/python.ts';
import { DEFAULT_TOKEN } from '../src/emulator/options.ts';
import type { AirbyteCatalog } from '../src/protocol/messages.ts';
import { readImageEnvironment, readImageFlags } from '../test/support/image-flags.ts';
import { configureCatalog, discoverCatalog } from '../test/support/run-program.ts';
import { runTimed, type TimedRun } from './run-timed.ts';
import type { World } from './world/world.ts';

export type Side = 'ours' | 'peer';

export interface ProgramWords {
  readonly command: 'spec' | 'check' | 'discover' | 'read' | 'write';
  readonly config?: object;
  readonly catalog?: object;
  readonly graphUrl?: string;
  /** The file that is stdin. */
  readonly input?: string;
}

/** Airbyte's own connector is there to be measured. */
export function hasPeer(): boolean {
  return existsSync(PYTHON);
}

/** One run of the built source, started as the image starts it, or of the peer. Throws where it fails: a failed run's time means nothing. */
export async function runSource(side: Side, words: ProgramWords): Promise<TimedRun> {
  return side === 'ours'
    ? runOurs('source', words)
    : run(PYTHON, [join(import.meta.dirname, 'time_peer.py'), words.graphUrl ?? ''], words);
}

/** One run of the built destination, started as the image starts it. */
export async function runDestination(words: ProgramWords): Promise<TimedRun> {
  return runOurs('destination', words);
}

/** The config of both programs for a world's accounts. */
export function createConfig({ accounts }: World, more: object = {}): object {
  return { account_ids: accounts, credentials: { auth_type: 'Service', access_token: DEFAULT_TOKEN }, ...more };
}

/** A whole read of these streams, as the source describes them; of all of them, and with all columns, by default. */
export async function createCatalog(
  config: object,
  { url }: World,
  choice: { readonly streams?: (name: string) => boolean; readonly columns?: readonly string[] } = {},
): Promise<object> {
  const { columns, streams: isChosen = () => true } = choice;
  const catalog = await discoverCatalog(config, url);
  const whole = configureCatalog(columns === undefined ? catalog : narrow(catalog, columns));
  return {
    streams: whole.streams
      .filter(({ stream }) => isChosen(stream.name))
      .map((stream) => ({ ...stream, sync_mode: 'full_refresh' })),
  };
}

/** `days` before today, as a config writes it. */
export function daysAgo(days: number): string {
  return `${new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`;
}

function narrow(catalog: AirbyteCatalog, columns: readonly string[]): AirbyteCatalog {
  return {
    streams: catalog.streams.map((stream) => {
      const { properties = {} } = stream.json_schema as { readonly properties?: Readonly<Record<string, unknown>> };
      const kept = Object.fromEntries(columns.flatMap((name) => (name in properties ? [[name, properties[name]]] : [])));
      return { ...stream, json_schema: { ...stream.json_schema, properties: kept } };
    }),
  } as AirbyteCatalog;
}

async function runOurs(program: 'source' | 'destination', words: ProgramWords): Promise<TimedRun> {
  const env = { ...readImageEnvironment(), ...(words.graphUrl === undefined ? {} : { FACEBOOK_GRAPH_URL: words.graphUrl }) };
  return run(process.execPath, [...readImageFlags(program), join('dist', `${program}.js`)], words, env);
}

async function run(
  command: string,
  head: readonly string[],
  words: ProgramWords,
  env: Readonly<Record<string, string>> = {},
): Promise<TimedRun> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const files = (['config', 'catalog'] as const).flatMap((name) => {
      if (words[name] === undefined) return [];
      const path = join(folder, `${name}.json`);
      writeFileSync(path, JSON.stringify(words[name]));
      return [`--${name}`, path];
    });
    const timed = await runTimed({
      command,
      words: [...head, words.command, ...files],
      env,
      ...(words.input === undefined ? {} : { input: words.input }),
    });
    if (timed.exitCode !== 0) throw new Error(`${command} ${words.command} ended with ${timed.exitCode}: ${timed.stderr}`);
    return timed;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
