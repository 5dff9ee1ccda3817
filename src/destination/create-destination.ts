import type { Destination } from '../connector.ts';
import type { GraphClient, GraphClientOptions } from '../graph/client.ts';
import type { Runtime } from '../runtime.ts';
import type { DestinationSettings } from './settings.ts';

export interface DestinationOptions {
  /** Default `https://graph.facebook.com`. */
  readonly graphUrl?: string;
  /** Default: the version that `graph/version.ts` names. */
  readonly graphVersion?: string;
  /** Where the rows of replacements are kept until they are complete. */
  readonly spoolFolder: string;
  /** The platform's job, where the catalog does not tell it. */
  readonly jobId?: string;
  /** Which attempt of the job this is. */
  readonly jobAttempt?: string;
}

/** `destination-facebook-custom-audiences`. Each command loads only what it needs, since a platform starts the program once per command. */
export function createDestination(options: DestinationOptions): Destination<DestinationSettings> {
  return {
    spec: async () => (await import('../../spec.destination.json', { with: { type: 'json' } })).default,
    parseConfig: async (raw) => (await import('./parse-config.ts')).parseConfig(raw),
    check: async (settings, runtime) => {
      const [{ checkConnection }, { runTimed }] = await Promise.all([import('./check.ts'), import('../connection/run-timed.ts')]);
      return runTimed(runtime, async (timed) => {
        const client = { ...clientOptions(options, settings), patience: 'give_up' } as const;
        const graph = await openGraph(timed.runtime, client);
        if (settings.appToken === undefined) return checkConnection({ graph, settings, ...timed });
        const { appSecret: _, ...asApp } = { ...client, accessToken: settings.appToken };
        return checkConnection({ graph, settings, ...timed, appGraph: await openGraph(timed.runtime, asApp) });
      });
    },
    discover: async (settings, runtime) => {
      const { discoverAudiences } = await import('./discover.ts');
      // A platform waits nine minutes for the answer; a limit can last an hour.
      const client = { ...clientOptions(options, settings), patience: 'give_up' } as const;
      return discoverAudiences(await openGraph(runtime, client), settings);
    },
    open: async (request) => {
      const { openWriters } = await import('./open-writers.ts');
      const { spoolFolder, jobId, jobAttempt } = options;
      return openWriters(request, {
        createGraph: (runtime) => openGraph(runtime, clientOptions(options, request.config)),
        spoolFolder,
        ...(jobId === undefined ? {} : { jobId }),
        ...(jobAttempt === undefined ? {} : { jobAttempt }),
      });
    },
  };
}

async function openGraph(runtime: Runtime, options: GraphClientOptions): Promise<GraphClient> {
  return (await import('../connection/open-graph.ts')).openGraph(runtime, options);
}

function clientOptions(options: DestinationOptions, { accessToken, appSecret }: DestinationSettings): GraphClientOptions {
  return {
    accessToken,
    ...(appSecret === undefined ? {} : { appSecret }),
    ...(options.graphUrl === undefined ? {} : { url: options.graphUrl }),
    ...(options.graphVersion === undefined ? {} : { version: options.graphVersion }),
  };
}
