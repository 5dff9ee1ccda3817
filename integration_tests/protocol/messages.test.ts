import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_TOKEN } from '../../src/emulator/options.ts';
import type { AirbyteMessage } from '../../src/protocol/messages.ts';
import { configureCatalog, discoverCatalog, type ProgramInput, runProgram } from '../../test/support/run-program.ts';
import { daysBefore, type FrozenEmulator, SMALL_WORLD, startFrozenEmulator } from '../support/frozen-emulator.ts';
import { runPython } from '../support/python.ts';

/** Log entries have their details beside the message, which the protocol lets through and the platform passes over. */
const ADDED = ['LOG.log.fields is unknown'];

async function findFaults(messages: readonly unknown[]): Promise<string[]> {
  const input = messages.map((message) => JSON.stringify(message)).join('\n');
  const { stdout, stderr } = await runPython('parse_messages.py', [], { input });
  if (stdout === '') throw new Error(stderr);
  return (JSON.parse(stdout) as string[]).filter((fault) => !ADDED.includes(fault));
}

describe("the protocol's own models", () => {
  let world: FrozenEmulator;
  beforeAll(async () => {
    world = await startFrozenEmulator(SMALL_WORLD);
  });
  afterAll(() => world.close());

  const run = async (input: Omit<ProgramInput, 'graphUrl'>): Promise<readonly AirbyteMessage[]> =>
    (await runProgram({ ...input, graphUrl: world.url })).messages;
  const kindsOf = (messages: readonly AirbyteMessage[]): Set<string> => new Set(messages.map(({ type }) => type));

  it('parse every message of every command, of good and bad ends', async () => {
    const [account = '', denied = ''] = world.emulator.truth.accounts();
    // Of an old form, so that there is a CONTROL message too.
    const config = { account_id: account, access_token: DEFAULT_TOKEN, start_date: daysBefore(world.now(), 3) };
    const catalog = configureCatalog(await discoverCatalog(config, world.url));
    world.emulator.configure({ deniedAccounts: { [denied]: '200' }, poisonEvery: 5 });
    const both = { ...config, account_ids: [account, denied] };
    const messages = [
      ...(await run({ command: 'spec' })),
      ...(await run({ command: 'check', config })),
      ...(await run({ command: 'check', config: { ...config, account_id: 'nobody' } })),
      ...(await run({ command: 'discover', config, env: { LOG_LEVEL: 'debug' } })),
      ...(await run({ command: 'read', config: both, catalog, env: { LOG_LEVEL: 'debug' } })),
      ...(await run({ command: 'read', config, catalog: { streams: 'none' } })),
    ];
    expect(kindsOf(messages)).toEqual(
      new Set(['SPEC', 'CONTROL', 'CONNECTION_STATUS', 'CATALOG', 'LOG', 'TRACE', 'RECORD', 'STATE']),
    );
    expect(await findFaults(messages)).toEqual([]);
  });

  it('would find a key they do not know, a wrong type, and a value that is none of the list', async () => {
    const faults = await findFaults([
      { type: 'LOG', log: { level: 'WARNING', message: 'x' } },
      { type: 'RECORD', record: { stream: 'a', data: {}, emitted_at: 1.5 } },
      { type: 'STATE', state: { type: 'STREAM', stream: { stream_descriptor: { name: 'a', own: 1 } } } },
      { type: 'TRACE', trace: { type: 'ERROR', emitted_at: 1, error: { failure_type: 'config_error' } } },
    ]);
    expect(faults).toHaveLength(4);
  });
});
