import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { AirbyteCatalog, AirbyteMessage, StateMessage, SyncMode } from '../../src/protocol/messages.ts';
import type { Row } from '../../src/streams/stream.ts';
import { type ProgramCall, spawnProgram } from './spawn-program.ts';
import { type Usage, watchUsage } from './watch-usage.ts';

export interface ProgramInput extends ProgramCall {
  /** What comes on stdin, line by line; nothing by default. */
  readonly input?: Iterable<string>;
  /** Given the means to kill the program at once. */
  readonly onStart?: (kill: () => void) => void;
  /** Called with each message as it comes; without it, messages are kept. */
  readonly onMessage?: (message: AirbyteMessage) => void;
}

export interface ProgramResult extends Usage {
  readonly exitCode: number | null;
  readonly messages: AirbyteMessage[];
  readonly stderr: string;
}

/** Runs the built program as a platform does. Rejects for a line on stdout that is no JSON object with a type. */
export async function runProgram(input: ProgramInput): Promise<ProgramResult> {
  const child = spawnProgram(input);
  Readable.from(gatherLines(input.input ?? [])).pipe(child.stdin);
  const messages: AirbyteMessage[] = [];
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const exit = new Promise<number | null>((resolveExit) => child.once('close', resolveExit));
  const usage = watchUsage(child.pid);
  input.onStart?.(() => child.kill('SIGKILL'));
  for await (const line of createInterface({ input: child.stdout })) {
    const message = JSON.parse(line) as AirbyteMessage;
    if (typeof message.type !== 'string') throw new Error(`a line without a type: ${line.slice(0, 100)}`);
    if (input.onMessage === undefined) messages.push(message);
    else input.onMessage(message);
  }
  return { exitCode: await exit, messages, stderr, ...usage() };
}

/** Lines in pieces of some size: one write for each would be most of the work. */
export function* gatherLines(lines: Iterable<string>): Generator<string> {
  let text = '';
  for (const line of lines) {
    text += `${line}\n`;
    if (text.length < 65_536) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}

/** Throws for a stream that the catalog does not have. */
export function configureCatalog(
  catalog: AirbyteCatalog,
  options: { readonly streams?: readonly string[]; readonly syncMode?: SyncMode } = {},
) {
  const unknown = options.streams?.filter((name) => !catalog.streams.some((stream) => stream.name === name)) ?? [];
  if (unknown.length > 0) throw new Error(`the catalog has no ${unknown.join(', ')}`);
  return {
    streams: catalog.streams
      .filter(({ name }) => options.streams?.includes(name) ?? true)
      .map((stream) => ({
        stream,
        sync_mode: options.syncMode ?? stream.supported_sync_modes.at(-1),
        destination_sync_mode: 'append',
      })),
  };
}

export async function discoverCatalog(config: unknown, graphUrl: string): Promise<AirbyteCatalog> {
  const { messages } = await runProgram({ command: 'discover', config, graphUrl });
  for (const message of messages) if (message.type === 'CATALOG') return message.catalog;
  throw new Error('discover gave no catalog');
}

export function rowsOf(messages: readonly AirbyteMessage[], stream: string): Row[] {
  return messages.flatMap((message) =>
    message.type === 'RECORD' && message.record.stream === stream ? [message.record.data as Row] : [],
  );
}

export function statesOf(messages: readonly AirbyteMessage[], stream?: string): StateMessage[] {
  return messages.flatMap((message) =>
    message.type === 'STATE' &&
    (stream ?? message.state.stream.stream_descriptor.name) === message.state.stream.stream_descriptor.name
      ? [message.state]
      : [],
  );
}

/** The last state of each stream, as a platform hands it to the next sync. */
export function finalStates(messages: readonly AirbyteMessage[]): StateMessage[] {
  const last = new Map(statesOf(messages).map((state) => [state.stream.stream_descriptor.name, state]));
  return [...last.values()];
}
