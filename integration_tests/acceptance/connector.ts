import { readFileSync } from 'node:fs';
import type { AirbyteCatalog, JsonObject } from '../../src/protocol/messages.ts';
import { type ProgramInput, type ProgramResult, runProgram } from '../../test/support/run-program.ts';

/** A connector under test, and the Graph API it talks to. */
export interface Connector {
  readonly kind: 'source' | 'destination';
  run(input: Omit<ProgramInput, 'program' | 'graphUrl'>): Promise<ProgramResult>;
  discover(config: JsonObject): Promise<AirbyteCatalog>;
}

/** `image` as in `connector_image`; its name tells a source from a destination. */
export function createConnector(image: string, graphUrl: () => string): Connector {
  const kind = /(^|\/)destination-/.test(image) ? 'destination' : 'source';
  const run: Connector['run'] = (input) => runProgram({ ...input, program: kind, graphUrl: graphUrl() });
  return {
    kind,
    run,
    discover: async (config) => {
      const { messages } = await run({ command: 'discover', config });
      const catalogs = messages.flatMap((message) => (message.type === 'CATALOG' ? [message.catalog] : []));
      if (catalogs.length !== 1 || catalogs[0] === undefined) throw new Error(`discover gave ${catalogs.length} catalogs`);
      return catalogs[0];
    },
  };
}

export function readJson<T = JsonObject>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8'));
}
