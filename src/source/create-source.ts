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
    check: (settings, runtime) => check(options, settings, runtime),
    discover: async (settings, runtime): Promise<AirbyteCatalog> => {
      const streams = await createStreams(options, settings, runtime);
      return { streams: streams.map((stream) => stream.description) };
    },
    streams: (settings, runtime) => createStreams(options, settings, runtime),
  };
}

/** Everything a check does ends with its deadline, waits and hanging answers too. */
async function check(options: SourceOptions, settings: SourceSettings, runtime: Runtime): Promise<ConnectionStatus> {
  const { checkConnection, CHECK_DEADLINE_MS } = await import('./check.ts');
  const deadline = new AbortController();
  const done = new AbortController();
  const deadlineMs = runtime.clock.now() + CHECK_DEADLINE_MS;
  const timer = runtime.clock.sleep(CHECK_DEADLINE_MS, AbortSignal.any([runtime.signal, done.signal])).then(
    () => deadline.abort(new Error('the check ran out of time')),
    () => undefined,
  );
  const timed: Runtime = { ...runtime, signal: AbortSignal.any([runtime.signal, deadline.signal]) };
  const client = { ...clientOptions(options, settings), patience: 'give_up' } as const;
  try {
    const known = { graph: await createGraph(timed, client), settings, deadline: deadline.signal, deadlineMs };
    if (settings.appToken === undefined) return await checkConnection(known);
    const { appSecret: _, ...asApp } = { ...client, accessToken: settings.appToken };
    return await checkConnection({ ...known, appGraph: await createGraph(timed, asApp) });
  } finally {
    done.abort();
    await timer;
  }
}

async function createStreams(options: SourceOptions, settings: SourceSettings, runtime: Runtime): Promise<readonly Stream[]> {
  const [
    { EdgeStream },
    { EDGE_DEFINITIONS },
    { InsightsStream },
    { listInsightsDefinitions },
    { ReportManager },
    { AccountZones },
  ] = await Promise.all([
    import('../streams/edge-stream.ts'),
    import('../streams/edge-definitions.ts'),
    import('../streams/insights-stream.ts'),
    import('../streams/insights/list-insights-definitions.ts'),
    import('../insights/report-manager.ts'),
    import('../streams/account-zones.ts'),
  ]);
  const graph = await createGraph(runtime, clientOptions(options, settings));
  const shared = { graph, manager: new ReportManager(graph), zones: new AccountZones(graph) };
  for (const note of settings.insights.notes) runtime.log.warn(note);
  return [
    ...EDGE_DEFINITIONS.map((definition) => new EdgeStream(definition, settings.streams, graph)),
    ...listInsightsDefinitions(settings.insights).map((definition) => new InsightsStream(definition, settings.streams, shared)),
  ];
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
