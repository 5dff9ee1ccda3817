import type { Connector, Destination, Source } from './connector.ts';
import { collectSecrets } from './protocol/config-secrets.ts';
import { ConnectorError } from './protocol/connector-error.ts';
import type { ConnectionStatus, JsonObject } from './protocol/messages.ts';
import { parseCatalog, parseWrittenCatalog } from './protocol/parse-catalog.ts';
import { parseState, type SavedState } from './protocol/parse-state.ts';
import { readJsonFile, readJsonObjectFile } from './protocol/read-json-file.ts';
import type { Command, DestinationCommand, SourceCommand } from './run/command.ts';
import type { RunContext } from './run/run-context.ts';

export interface RunSourceOptions<Config> extends RunContext {
  readonly command: SourceCommand;
  readonly source: Source<Config>;
}

export interface RunDestinationOptions<Config> extends RunContext {
  readonly command: DestinationCommand;
  readonly destination: Destination<Config>;
  /** What comes on stdin, for `write`. */
  readonly input: AsyncIterable<Uint8Array>;
}

/**
 * Runs one command of a source; all that it has to say goes out as messages. The one error boundary: it never rejects.
 * Resolves with the exit code: 0 when the command did what it was asked, a failed `check` included; 1 otherwise.
 */
export function runSource<Config>(options: RunSourceOptions<Config>): Promise<0 | 1> {
  const { command, source, messages, runtime } = options;
  return runGuarded(options, source, async (config) => {
    if (command.name === 'discover') {
      messages.write({ type: 'CATALOG', catalog: await source.discover(config, runtime) });
    } else if (command.name === 'read') {
      const catalogFile = { option: '--catalog', path: command.catalogPath };
      const requested = parseCatalog(await readJsonFile(catalogFile), catalogFile);
      const saved = await readState(command.statePath);
      const [{ planReads }, { readStreams }] = await Promise.all([
        import('./run/plan-reads.ts'),
        import('./run/read-streams.ts'),
      ]);
      const streams = await source.streams(config, runtime);
      await readStreams(planReads({ requested, saved, streams, log: runtime.log }), options);
    }
  });
}

/** The same for a destination. */
export function runDestination<Config>(options: RunDestinationOptions<Config>): Promise<0 | 1> {
  const { command, destination, messages, runtime, input } = options;
  return runGuarded(options, destination, async (config) => {
    if (command.name === 'discover') {
      messages.write({ type: 'DESTINATION_CATALOG', destination_catalog: await destination.discover(config, runtime) });
    } else if (command.name === 'write') {
      const catalogFile = { option: '--catalog', path: command.catalogPath };
      const streams = parseWrittenCatalog(await readJsonFile(catalogFile), catalogFile);
      const { writeStreams } = await import('./run/write-streams.ts');
      await writeStreams({ destination, config, streams, input }, options);
    }
  });
}

interface Guarded extends RunContext {
  readonly command: Command;
}

async function runGuarded<Config>(
  options: Guarded,
  connector: Connector<Config>,
  perform: (config: Config) => Promise<void>,
): Promise<0 | 1> {
  const { messages, runtime } = options;
  try {
    await execute(options, connector, perform);
    runtime.signal.throwIfAborted();
    return 0;
  } catch (error) {
    // Who stopped the run knows why; what then breaks is no error of anybody's.
    if (!runtime.signal.aborted) messages.writeError(error);
    return 1;
  }
}

async function execute<Config>(
  { command, messages, runtime }: Guarded,
  connector: Connector<Config>,
  perform: (config: Config) => Promise<void>,
): Promise<void> {
  if (command.name === 'spec') {
    messages.write({ type: 'SPEC', spec: await connector.spec() });
    return;
  }
  const raw = await readJsonObjectFile({ option: '--config', path: command.configPath });
  const { connectionSpecification } = await connector.spec();
  messages.hideSecrets(collectSecrets(connectionSpecification, raw));
  const take = () => takeConfig(raw, connector, { messages, runtime });
  if (command.name !== 'check') {
    await perform(await take());
    return;
  }
  const connectionStatus = await checkConnection(async () => connector.check(await take(), runtime));
  messages.write({ type: 'CONNECTION_STATUS', connectionStatus });
}

/** Parses the config; one of an earlier form that works is given to the platform in today's form, to keep it. The file is never written. */
async function takeConfig<Config>(
  raw: JsonObject,
  connector: Connector<Config>,
  { messages, runtime }: RunContext,
): Promise<Config> {
  const parsed = await connector.parseConfig(raw);
  const config = await connector.renewConfig?.(raw);
  if (config !== undefined) {
    const control = { type: 'CONNECTOR_CONFIG', emitted_at: runtime.clock.now(), connectorConfig: { config } } as const;
    messages.write({ type: 'CONTROL', control });
  }
  return parsed;
}

/** What the user can mend is the answer to `check`, not a failure of it. */
async function checkConnection(check: () => Promise<ConnectionStatus>): Promise<ConnectionStatus> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.failureType !== 'config_error') throw error;
    return { status: 'FAILED', message: error.message };
  }
}

async function readState(path: string | undefined): Promise<readonly SavedState[]> {
  if (path === undefined) return [];
  const file = { option: '--state', path };
  return parseState(await readJsonFile(file), file);
}
