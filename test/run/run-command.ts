import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Source } from '../../src/connector.ts';
import type { AirbyteMessage, JsonObject } from '../../src/protocol/messages.ts';
import type { SourceCommand } from '../../src/run/command.ts';
import { runSource } from '../../src/run.ts';
import type { Runtime } from '../../src/runtime.ts';
import { createCollectingWriter } from '../protocol/collecting-output.ts';
import { createTestRuntime, type TestRuntime } from '../support/test-runtime.ts';

export interface CommandFiles {
  readonly config?: unknown;
  readonly catalog?: unknown;
  readonly state?: unknown;
}

export interface CommandResult {
  readonly exitCode: number;
  readonly messages: readonly AirbyteMessage[];
  readonly text: string;
  readonly runtime: TestRuntime;
}

/** Runs a command of a source over real files and returns all that it has written. */
export async function runCommand(
  name: SourceCommand['name'],
  source: Source<JsonObject>,
  { runtime: parts, ...files }: CommandFiles & { readonly runtime?: Partial<Runtime> } = {},
): Promise<CommandResult> {
  const folder = await mkdtemp(join(tmpdir(), 'run-'));
  const paths = { configPath: join(folder, 'config.json'), catalogPath: join(folder, 'catalog.json') };
  const { config = { token: 'EAABsecret-token' }, catalog, state } = files;
  await writeFile(paths.configPath, JSON.stringify(config));
  if (catalog !== undefined) await writeFile(paths.catalogPath, JSON.stringify(catalog));
  const statePath = state === undefined ? {} : { statePath: join(folder, 'state.json') };
  if (statePath.statePath !== undefined) await writeFile(statePath.statePath, JSON.stringify(state));
  const { messages, readMessages, output, clock } = createCollectingWriter();
  const runtime = createTestRuntime({ clock, ...parts });
  const exitCode = await runSource({ command: { name, ...paths, ...statePath }, source, messages, runtime });
  await rm(folder, { recursive: true });
  return { exitCode, messages: await readMessages(), text: output.text, runtime };
}

/** A configured catalog of these streams. */
export function selectStreams(...names: readonly string[]) {
  return {
    streams: names.map((name) => ({ stream: { name }, sync_mode: 'incremental', destination_sync_mode: 'append' })),
  };
}

/** What a platform reads of one stream, in short: statuses, `record`, `state`, `error: …`. */
export function shortenStream(messages: readonly AirbyteMessage[], name: string): string[] {
  return messages.flatMap((message) => {
    if (message.type === 'RECORD') return message.record.stream === name ? ['record'] : [];
    if (message.type === 'STATE') return message.state.stream.stream_descriptor.name === name ? ['state'] : [];
    if (message.type !== 'TRACE') return [];
    const { trace } = message;
    if (trace.type === 'STREAM_STATUS')
      return trace.stream_status.stream_descriptor.name === name ? [trace.stream_status.status] : [];
    return trace.error.stream_descriptor?.name === name ? [`error: ${trace.error.failure_type}`] : [];
  });
}
