import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { AirbyteMessage } from '../../src/protocol/messages.ts';

export interface ProgramCall {
  readonly program: 'source' | 'destination';
  readonly words: readonly string[];
  readonly graphUrl: string;
  /** What goes to stdin; nothing by default. */
  readonly input?: Iterable<string>;
}

/** A built program's messages. Throws for a line that is none, and when the program fails. */
export async function* runProgram({ program, words, graphUrl, input = [] }: ProgramCall): AsyncGenerator<AirbyteMessage> {
  const path = new URL(`../../dist/${program}.js`, import.meta.url).pathname;
  const child = spawn(process.execPath, [path, ...words], {
    env: { ...process.env, FACEBOOK_GRAPH_URL: graphUrl },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  // A program that ends before it has read all says why by its exit code.
  child.stdin.on('error', () => undefined);
  Readable.from(input).pipe(child.stdin);
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    const message = JSON.parse(line) as AirbyteMessage;
    if (typeof message.type !== 'string') throw new Error('a line without a type');
    if (message.type === 'TRACE' && message.trace.type === 'ERROR') console.log(`error: ${message.trace.error.message}`);
    yield message;
  }
  const code = await exit;
  if (code !== 0) throw new Error(`the program ended with exit code ${code}`);
}
