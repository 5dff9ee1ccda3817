import type { Source } from '../../src/connector.ts';
import type { AirbyteStream, JsonObject } from '../../src/protocol/messages.ts';
import type { Runtime } from '../../src/runtime.ts';
import type { ReadRequest, Stream, StreamCost, StreamEvent } from '../../src/streams/stream.ts';

export const NO_COST: StreamCost = { calls: 0, parts: 0, bytes: 0, retries: 0 };

export type ReadEvents = (request: ReadRequest, runtime: Runtime) => AsyncGenerator<StreamEvent, StreamCost>;

export interface FakeStream extends Partial<AirbyteStream> {
  readonly name: string;
  readonly read: ReadEvents;
}

/** A source with a token and streams that do what the test wants. Anything else of it can be replaced. */
export function createFakeSource(
  streams: readonly FakeStream[],
  overrides: Partial<Source<JsonObject>> = {},
): Source<JsonObject> {
  const makeStreams = (runtime: Runtime): Stream[] =>
    streams.map(({ read, ...description }) => ({
      description: {
        json_schema: { type: 'object', properties: { id: {}, text: {} } },
        supported_sync_modes: ['full_refresh', 'incremental'],
        ...description,
      },
      read: (request) => read(request, runtime),
    }));
  return {
    spec: async () => ({ connectionSpecification: { properties: { token: { type: 'string', airbyte_secret: true } } } }),
    parseConfig: async (raw) => raw,
    renewConfig: async () => undefined,
    check: async () => ({ status: 'SUCCEEDED' }),
    discover: async (_config, runtime) => ({ streams: makeStreams(runtime).map(({ description }) => description) }),
    streams: async (_config, runtime) => makeStreams(runtime),
    ...overrides,
  };
}

/** A reader of a fixed list of events. */
export function replay(events: readonly StreamEvent[], cost: StreamCost = NO_COST): ReadEvents {
  return async function* () {
    yield* events;
    return cost;
  };
}
