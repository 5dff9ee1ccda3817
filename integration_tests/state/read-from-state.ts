import type { AirbyteCatalog, AirbyteMessage, JsonObject } from '../../src/protocol/messages.ts';
import type { Row } from '../../src/streams/stream.ts';
import { configureCatalog, finalStates, rowsOf, runProgram } from '../../test/support/run-program.ts';
import { describeErrors, runPeer } from '../support/run-peer.ts';

export interface SyncInput {
  readonly config: JsonObject;
  readonly catalog: AirbyteCatalog;
  readonly graphUrl: string;
  /** State messages, as a platform hands them over. */
  readonly state?: unknown;
}

export interface Sync {
  readonly rowsOf: (stream: string) => readonly Row[];
  /** The last state message of each stream. */
  readonly states: readonly unknown[];
  readonly stateOf: (stream: string) => JsonObject;
}

/** An incremental sync by ours. Throws when it is not complete. */
export async function syncOurs({ catalog, ...input }: SyncInput): Promise<Sync> {
  return describeSync(await runProgram({ command: 'read', catalog: configureCatalog(catalog), ...input }));
}

/** The same by Airbyte's own connector. */
export async function syncPeer({ catalog, ...input }: SyncInput): Promise<Sync> {
  return describeSync(await runPeer({ command: 'read', catalog: configureCatalog(catalog), ...input }));
}

/** A state as it stands in a state file. */
export function writeStreamState(name: string, state: JsonObject): object {
  return { type: 'STREAM', stream: { stream_descriptor: { name }, stream_state: state } };
}

function describeSync(run: { readonly exitCode: number | null; readonly messages: readonly AirbyteMessage[] }): Sync {
  if (run.exitCode !== 0) throw new Error(`a sync ended with exit code ${run.exitCode}: ${describeErrors(run.messages)}`);
  const states = finalStates(run.messages);
  return {
    rowsOf: (stream) => rowsOf(run.messages, stream),
    states,
    stateOf: (stream) => states.find((state) => state.stream.stream_descriptor.name === stream)?.stream.stream_state ?? {},
  };
}
