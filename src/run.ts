import type { Source } from './connector.ts';
import { collectSecrets } from './protocol/config-secrets.ts';
import { ConnectorError } from './protocol/connector-error.ts';
import type { ConnectionStatus } from './protocol/messages.ts';
import { parseCatalog } from './protocol/parse-catalog.ts';
import { parseState, type SavedState } from './protocol/parse-state.ts';
import { readJsonFile, readJsonObjectFile } from './protocol/read-json-file.ts';
import type { ReadCommand, SourceCommand } from './run/command.ts';
import { planReads } from './run/plan-reads.ts';
import { readStreams } from './run/read-streams.ts';
import type { RunContext } from './run/run-context.ts';

export interface RunOptions<Config> extends RunContext {
  readonly command: SourceCommand;
  readonly source: Source<Config>;
}

/**
 * Runs one command of a source; all that it has to say goes out as messages. The one error boundary: it never rejects.
 * Resolves with the exit code: 0 when the command did what it was asked, a failed `check` included; 1 otherwise.
 */
export async function run<Config>(options: RunOptions<Config>): Promise<0 | 1> {
  const { messages, runtime } = options;
  try {
    await execute(options);
    runtime.signal.throwIfAborted();
    return 0;
  } catch (error) {
    // Who stopped the run knows why; what then breaks is no error of anybody's.
    if (!runtime.signal.aborted) messages.writeError(error);
    return 1;
  }
}

async function execute<Config>(options: RunOptions<Config>): Promise<void> {
  const { command, source, messages, runtime } = options;
  if (command.name === 'spec') {
    messages.write({ type: 'SPEC', spec: await source.spec() });
    return;
  }
  const raw = await readJsonObjectFile({ option: '--config', path: command.configPath });
  const { connectionSpecification } = await source.spec();
  messages.hideSecrets(collectSecrets(connectionSpecification, raw));
  switch (command.name) {
    case 'check': {
      const connectionStatus = await checkConnection(async () => source.check(await source.parseConfig(raw), runtime));
      messages.write({ type: 'CONNECTION_STATUS', connectionStatus });
      return;
    }
    case 'discover': {
      const catalog = await source.discover(await source.parseConfig(raw), runtime);
      messages.write({ type: 'CATALOG', catalog });
      return;
    }
    case 'read':
      await read(command, await source.parseConfig(raw), options);
  }
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

async function read<Config>(command: ReadCommand, config: Config, options: RunOptions<Config>): Promise<void> {
  const { source, runtime } = options;
  const catalogFile = { option: '--catalog', path: command.catalogPath };
  const requested = parseCatalog(await readJsonFile(catalogFile), catalogFile);
  const saved = await readState(command.statePath);
  const streams = await source.streams(config, runtime);
  await readStreams(planReads({ requested, saved, streams, log: runtime.log }), options);
}

async function readState(path: string | undefined): Promise<readonly SavedState[]> {
  if (path === undefined) return [];
  const file = { option: '--state', path };
  return parseState(await readJsonFile(file), file);
}
