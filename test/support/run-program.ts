import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { AirbyteCatalog, AirbyteMessage, StateMessage, SyncMode } from '../../src/protocol/messages.ts';
import type { Row } from '../../src/streams/stream.ts';
import { type Usage, watchUsage } from './watch-usage.ts';

export interface ProgramInput {
  /** Default `source`. */
  readonly program?: 'source' | 'destination';
  readonly command: 'spec' | 'check' | 'discover' | 'read' | 'write';
  /** What comes on stdin, line by line; nothing by default. */
  readonly input?: Iterable<string>;
  readonly config?: unknown;
  readonly catalog?: unknown;
  readonly state?: unknown;
  readonly graphUrl?: string;
  readonly nodeOptions?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
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
  const folder = mkdtempSync(join(tmpdir(), 'program-'));
  const words: string[] = [input.command];
  for (const name of ['config', 'catalog', 'state'] as const) {
    if (input[name] === undefined) continue;
    const path = join(folder, `${name}.json`);
    writeFileSync(path, JSON.stringify(input[name]));
    words.push(`--${name}`, path);
  }
  const program = resolve(`dist/${input.program ?? 'source'}.js`);
  const child = spawn(process.execPath, [...(input.nodeOptions ?? []), program, ...words], {
    env: { ...process.env, ...(input.graphUrl === undefined ? {} : { FACEBOOK_GRAPH_URL: input.graphUrl }), ...input.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // Whoever stops reading has a reason, which its exit code tells.
  child.stdin.on('error', () => undefined);
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
function* gatherLines(lines: Iterable<string>): Generator<string> {
  let text = '';
  for (const line of lines) {
    text += `${line}\n`;
    if (text.length < 65_536) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}

export function configureCatalog(
  catalog: AirbyteCatalog,
  options: { readonly streams?: readonly string[]; readonly syncMode?: SyncMode } = {},
) {
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
