import type { AirbyteCatalog, AirbyteMessage, JsonObject } from '../../src/protocol/messages.ts';
import { configureCatalog, rowsOf, runProgram } from '../../test/support/run-program.ts';
import type { ComparedRecords } from '../peer/compare-records.ts';
import { describeErrors, discoverByPeer, runPeer } from './run-peer.ts';

export interface ReadBothOptions {
  readonly config: JsonObject;
  readonly graphUrl: string;
  /** Which of the peer's streams to read; default all. */
  readonly wants?: (stream: string) => boolean;
  /** How many processes share the peer's streams: it reads them one after the other. */
  readonly peerProcesses?: number;
}

export interface BothRead {
  readonly catalog: AirbyteCatalog;
  readonly records: ReadonlyMap<string, ComparedRecords>;
}

/** Reads the same streams by both connectors, under the catalog that the peer discovers. Throws where one of them fails. */
export async function readBoth({ config, graphUrl, wants = () => true, peerProcesses = 1 }: ReadBothOptions): Promise<BothRead> {
  const all = await discoverByPeer(config, graphUrl);
  const catalog = { streams: all.streams.filter(({ name }) => wants(name)) };
  const shares = Array.from({ length: peerProcesses }, (_, share) => ({
    streams: catalog.streams.filter((_, place) => place % peerProcesses === share),
  }));
  const peerRuns = await Promise.all(
    shares.map((streams) => runPeer({ command: 'read', config, catalog: configureCatalog(streams), graphUrl })),
  );
  const own = await runProgram({ command: 'read', config, catalog: configureCatalog(catalog), graphUrl });
  for (const run of [...peerRuns, own]) checkSuccess(run);
  const peerMessages = peerRuns.flatMap(({ messages }) => messages);
  return {
    catalog,
    records: new Map(
      catalog.streams.map(({ name }) => [name, { peer: rowsOf(peerMessages, name), ours: rowsOf(own.messages, name) }]),
    ),
  };
}

export function keyColumnsOf(catalog: AirbyteCatalog, stream: string): readonly string[] {
  const key = catalog.streams.find(({ name }) => name === stream)?.source_defined_primary_key ?? [];
  return key.map(([column = '']) => column);
}

function checkSuccess({
  exitCode,
  messages,
}: {
  readonly exitCode: number | null;
  readonly messages: readonly AirbyteMessage[];
}): void {
  if (exitCode !== 0) throw new Error(`a read ended with exit code ${exitCode}: ${describeErrors(messages)}`);
}
