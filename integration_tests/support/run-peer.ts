import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AirbyteCatalog, AirbyteMessage, ConnectorSpecification, JsonObject } from '../../src/protocol/messages.ts';
import type { ProgramInput } from '../../test/support/run-program.ts';
import { runPython } from './python.ts';

export interface PeerResult {
  readonly exitCode: number | null;
  readonly messages: readonly AirbyteMessage[];
  /** The config file as the run left it: the peer rewrites it. */
  readonly config: JsonObject;
}

/** Runs Airbyte's own connector. Lines of its output that are no messages (warnings of Meta's library) are passed over. */
export async function runPeer(input: Omit<ProgramInput, 'onMessage' | 'nodeOptions' | 'env'>): Promise<PeerResult> {
  const folder = mkdtempSync(join(tmpdir(), 'peer-'));
  const words: string[] = [input.graphUrl ?? 'http://127.0.0.1:9', input.command];
  for (const name of ['config', 'catalog', 'state'] as const) {
    if (input[name] === undefined) continue;
    const path = join(folder, `${name}.json`);
    writeFileSync(path, JSON.stringify(input[name]));
    words.push(`--${name}`, path);
  }
  const { exitCode, stdout } = await runPython('run_peer.py', words);
  const config = input.config === undefined ? {} : JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'));
  rmSync(folder, { recursive: true });
  const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
  return { exitCode, messages: lines.map((line) => JSON.parse(line) as AirbyteMessage), config };
}

export async function discoverByPeer(config: JsonObject, graphUrl: string): Promise<AirbyteCatalog> {
  const { messages } = await runPeer({ command: 'discover', config, graphUrl });
  for (const message of messages) if (message.type === 'CATALOG') return message.catalog;
  throw new Error(`the peer discovered nothing: ${describeErrors(messages)}`);
}

export async function readPeerSpec(): Promise<ConnectorSpecification> {
  const { messages } = await runPeer({ command: 'spec' });
  for (const message of messages) if (message.type === 'SPEC') return message.spec;
  throw new Error('the peer has no spec');
}

/** What a run says about its errors, in one text; empty where there are none. */
export function describeErrors(messages: readonly AirbyteMessage[]): string {
  return messages
    .flatMap((message) => (message.type === 'TRACE' && message.trace.type === 'ERROR' ? [message.trace.error] : []))
    .map(({ message, internal_message: internal }) => `${message} (${internal ?? ''})`)
    .join('\n');
}
