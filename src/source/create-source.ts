import type { Source } from '../connector.ts';
import type { GraphClient, GraphClientOptions } from '../graph/client.ts';
import type { AirbyteCatalog } from '../protocol/messages.ts';
import type { Runtime } from '../runtime.ts';
import type { Stream } from '../streams/stream.ts';
import type { SourceSettings } from './settings.ts';

export interface SourceOptions {
  /** Default `https://graph.facebook.com`. */
  readonly graphUrl?: string;
  /** Default: the version that `graph/version.ts` names. */
  readonly graphVersion?: string;
}

/** `source-facebook-marketing`. Each command loads only what it needs, since a platform starts the program once per command. */
export function createSource(options: SourceOptions = {}): Source<SourceSettings> {
  return {
    spec: async () => (await import('../../spec.json', { with: { type: 'json' } })).default,
    parseConfig: async (raw) => (await import('./parse-config.ts')).parseConfig(raw),
    check: async (settings, runtime) => {
      const { checkConnection } = await import('./check.ts');
      const graph = await createGraph(runtime, { ...clientOptions(options, settings), patience: 'give_up' });
      if (settings.appToken === undefined) return checkConnection({ graph, settings });
      const { appSecret: _, ...asApp } = { ...clientOptions(options, settings), accessToken: settings.appToken };
      return checkConnection({ graph, settings, appGraph: await createGraph(runtime, { ...asApp, patience: 'give_up' }) });
    },
    discover: async (settings, runtime): Promise<AirbyteCatalog> => {
      const streams = await createStreams(options, settings, runtime);
      return { streams: streams.map((stream) => stream.description) };
    },
    streams: (settings, runtime) => createStreams(options, settings, runtime),
  };
}

async function createStreams(options: SourceOptions, settings: SourceSettings, runtime: Runtime): Promise<readonly Stream[]> {
  const [{ EdgeStream }, { EDGE_DEFINITIONS }] = await Promise.all([
    import('../streams/edge-stream.ts'),
    import('../streams/edge-definitions.ts'),
  ]);
  const graph = await createGraph(runtime, clientOptions(options, settings));
  return EDGE_DEFINITIONS.map((definition) => new EdgeStream(definition, settings.streams, graph));
}

async function createGraph(runtime: Runtime, options: GraphClientOptions): Promise<GraphClient> {
  const [{ createGraphClient }, { describeFailure }] = await Promise.all([
    import('../graph/client.ts'),
    import('../streams/describe-failure.ts'),
  ]);
  try {
    return createGraphClient(runtime, options);
  } catch (error) {
    throw describeFailure(error, 'Graph API');
  }
}

function clientOptions(options: SourceOptions, settings: SourceSettings): GraphClientOptions {
  return {
    accessToken: settings.accessToken,
    ...(settings.appSecret === undefined ? {} : { appSecret: settings.appSecret }),
    ...(settings.concurrency === undefined ? {} : { concurrency: settings.concurrency }),
    ...(options.graphUrl === undefined ? {} : { url: options.graphUrl }),
    ...(options.graphVersion === undefined ? {} : { version: options.graphVersion }),
  };
}
