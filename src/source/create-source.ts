import type { Source } from '../connector.ts';
import type { GraphClient, GraphClientOptions } from '../graph/client.ts';
import type { AirbyteCatalog, ConnectionStatus } from '../protocol/messages.ts';
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
    renewConfig: async (raw) => (await import('./migrate-config.ts')).renewConfig(raw),
    check: (settings, runtime) => check(options, settings, runtime),
    discover: async (settings, runtime): Promise<AirbyteCatalog> => {
      const streams = await createStreams(options, settings, runtime);
      return { streams: streams.map((stream) => stream.description) };
    },
    streams: (settings, runtime) => createStreams(options, settings, runtime),
  };
}

async function check(options: SourceOptions, settings: SourceSettings, runtime: Runtime): Promise<ConnectionStatus> {
  const [{ checkConnection }, { runTimed }] = await Promise.all([import('./check.ts'), import('../connection/run-timed.ts')]);
  return runTimed(runtime, async ({ runtime: timed, deadline, deadlineMs }) => {
    const client = { ...clientOptions(options, settings), patience: 'give_up' } as const;
    const known = { graph: await createGraph(timed, client), settings, deadline, deadlineMs };
    if (settings.appToken === undefined) return checkConnection(known);
    const { appSecret: _, ...asApp } = { ...client, accessToken: settings.appToken };
    return checkConnection({ ...known, appGraph: await createGraph(timed, asApp) });
  });
}

async function createStreams(options: SourceOptions, settings: SourceSettings, runtime: Runtime): Promise<readonly Stream[]> {
  const [
    { EdgeStream },
    { EDGE_DEFINITIONS },
    { InsightsStream },
    { listInsightsDefinitions },
    { ReportManager },
    { AccountZones },
    { hideNamesakes },
  ] = await Promise.all([
    import('../streams/edge-stream.ts'),
    import('../streams/edge-definitions.ts'),
    import('../streams/insights-stream.ts'),
    import('../streams/insights/list-insights-definitions.ts'),
    import('../insights/report-manager.ts'),
    import('../streams/account-zones.ts'),
    import('./hide-namesakes.ts'),
  ]);
  const graph = await createGraph(runtime, clientOptions(options, settings));
  const shared = { graph, manager: new ReportManager(graph), zones: new AccountZones(graph) };
  const reports = listInsightsDefinitions(settings.insights);
  const { edges, notes } = hideNamesakes(EDGE_DEFINITIONS, reports);
  for (const note of [...settings.insights.notes, ...notes]) runtime.log.warn(note);
  return [
    ...edges.map((definition) => new EdgeStream(definition, settings.streams, graph)),
    ...reports.map((definition) => new InsightsStream(definition, settings.streams, shared)),
  ];
}

async function createGraph(runtime: Runtime, options: GraphClientOptions): Promise<GraphClient> {
  return (await import('../connection/open-graph.ts')).openGraph(runtime, options);
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
