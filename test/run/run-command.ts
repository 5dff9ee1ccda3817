import type { Source } from '../../src/connector.ts';
import type { AirbyteMessage, JsonObject } from '../../src/protocol/messages.ts';
import type { SourceCommand } from '../../src/run/command.ts';
import { runSource } from '../../src/run.ts';
import type { Runtime } from '../../src/runtime.ts';
import { createCollectingWriter } from '../protocol/collecting-output.ts';
import { type CommandFiles, runInFolder } from '../support/run-in-folder.ts';
import { createTestRuntime, type TestRuntime } from '../support/test-runtime.ts';

export interface CommandSetup extends CommandFiles {
  readonly runtime?: Partial<Runtime>;
  /** Default a new one. */
  readonly writer?: ReturnType<typeof createCollectingWriter>;
}

export interface CommandResult {
  readonly exitCode: number;
  readonly messages: readonly AirbyteMessage[];
  readonly text: string;
  readonly runtime: TestRuntime;
}

/** Runs a command of a source over real files and returns all that it has written. */
export async function runCommand<Config = JsonObject>(
  name: SourceCommand['name'],
  source: Source<Config>,
  { runtime: parts, writer = createCollectingWriter(), ...files }: CommandSetup = {},
): Promise<CommandResult> {
  return runInFolder({ config: { token: 'EAABsecret-token' }, ...files }, async (paths) => {
    const { messages, readMessages, output, clock } = writer;
    const runtime = createTestRuntime({ clock, ...parts });
    const exitCode = await runSource({ command: { name, ...paths }, source, messages, runtime });
    return { exitCode, messages: await readMessages(), text: output.text, runtime };
  });
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
