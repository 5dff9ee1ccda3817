import type { Emulator } from '../../src/emulator/emulator.ts';
import type { AirbyteMessage } from '../../src/protocol/messages.ts';
import type { SourceCommand } from '../../src/run/command.ts';
import { runSource } from '../../src/run.ts';
import type { Fetch } from '../../src/runtime.ts';
import { createSource } from '../../src/source/create-source.ts';
import { createCollectingWriter } from '../protocol/collecting-output.ts';
import { createEmulatorFetch } from './emulator-fetch.ts';
import { FakeClock } from './fake-clock.ts';
import { listErrors, type ToldError } from './list-traces.ts';
import { configFor } from './read-streams.ts';
import { runInFolder } from './run-in-folder.ts';
import { createTestRuntime, type LogLine } from './test-runtime.ts';

export interface SourceRunOptions {
  readonly config?: object;
  /** Names of streams, each with the fields that are selected. */
  readonly streams?: Readonly<Record<string, readonly string[]>>;
  readonly state?: unknown;
  readonly clock?: FakeClock;
  /** In place of the emulator's own. */
  readonly fetch?: Fetch;
  readonly command?: Exclude<SourceCommand['name'], 'spec'>;
}

export interface SourceRun {
  readonly exitCode: number;
  readonly messages: readonly AirbyteMessage[];
  readonly errors: readonly ToldError[];
  readonly logs: readonly LogLine[];
  /** All of stdout. */
  readonly text: string;
}

/** Runs a command of the source over an emulator in this process, as its program does. Waits are jumped over. */
export async function readSource(emulator: Emulator, options: SourceRunOptions = {}): Promise<SourceRun> {
  const { clock = new FakeClock({ auto: true }), command: name = 'read', streams = {}, config, state } = options;
  const files = {
    config: configFor(emulator, config),
    catalog: { streams: Object.entries(streams).map(configureStream) },
    state,
  };
  return runInFolder(files, async (paths) => {
    const { messages, readMessages, output } = createCollectingWriter();
    const runtime = createTestRuntime({ clock, fetch: options.fetch ?? createEmulatorFetch(emulator, clock) });
    const exitCode = await runSource({ command: { name, ...paths }, source: createSource(), messages, runtime });
    const received = await readMessages();
    return { exitCode, messages: received, errors: listErrors(received), logs: runtime.lines, text: output.text };
  });
}

function configureStream([name, fields]: readonly [string, readonly string[]]) {
  const properties = Object.fromEntries(fields.map((field) => [field, {}]));
  return { stream: { name, json_schema: { properties } }, sync_mode: 'incremental', destination_sync_mode: 'append' };
}
