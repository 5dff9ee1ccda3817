import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_TOKEN } from '../../src/emulator/options.ts';
import { startEmulator } from '../../src/emulator/server.ts';
import type { AirbyteMessage } from '../../src/protocol/messages.ts';
import { listTruth } from '../support/entity-truth.ts';
import { configFor } from '../support/read-streams.ts';
import { configureCatalog, discoverCatalog, rowsOf, runProgram, statesOf } from '../support/run-program.ts';

const SECOND_TOKEN = 'EAABsecondEmulatorToken';

describe('the built source against a Graph API', () => {
  let server: Awaited<ReturnType<typeof startEmulator>>;
  beforeAll(async () => {
    server = await startEmulator({ accounts: 3 });
  });
  afterAll(() => server.close());

  const check = async (config: object) => {
    const { messages, exitCode } = await runProgram({ command: 'check', config, graphUrl: server.url });
    const statuses = messages.flatMap((message) => (message.type === 'CONNECTION_STATUS' ? [message.connectionStatus] : []));
    expect(statuses).toHaveLength(1);
    expect(exitCode).toBe(0);
    return { status: statuses[0]?.status, message: statuses[0]?.message ?? '', log: logOf(messages) };
  };

  it('discovers the entity streams, the presets and the custom reports, with keys and cursors', async () => {
    const config = configFor(server.emulator, { custom_insights: [{ name: 'Mine', level: 'campaign', fields: ['spend'] }] });
    const catalog = await discoverCatalog(config, server.url);
    const names = catalog.streams.map(({ name }) => name);
    expect(names).toHaveLength(32);
    expect(new Set(names).size).toBe(32);
    for (const {
      name,
      source_defined_primary_key: key,
      supported_sync_modes: modes,
      default_cursor_field: cursor,
    } of catalog.streams) {
      expect(key === undefined, name).toBe(name === 'activities');
      expect(modes.includes('incremental'), name).toBe(cursor !== undefined);
    }
    const mine = catalog.streams.find(({ name }) => name === 'custom_mine');
    expect(mine?.source_defined_primary_key).toEqual([['date_start'], ['account_id'], ['campaign_id']]);
  });

  it('checks a good config and names each account', async () => {
    const { status, log } = await check(configFor(server.emulator));
    expect(status).toBe('SUCCEEDED');
    for (const account of server.emulator.truth.accounts()) expect(log).toContain(account);
  });

  it('names every account that can not be read, each with a reason', async () => {
    const [first = '', second = '', third = ''] = server.emulator.truth.accounts();
    server.emulator.configure({ deniedAccounts: { [first]: '200', [third]: '33' } });
    const { status, message } = await check(configFor(server.emulator));
    server.emulator.configure({ deniedAccounts: {} });
    expect(status).toBe('FAILED');
    expect(message).toContain(first);
    expect(message).toContain(third);
    expect(message).not.toContain(second);
  });

  it('says once that a token is dead', async () => {
    const { status, message } = await check(
      configFor(server.emulator, { credentials: { auth_type: 'Service', access_token: 'EAABnobodyKnowsThisToken' } }),
    );
    expect(status).toBe('FAILED');
    expect(message).toMatch(/token/i);
    expect(message).not.toContain('EAABnobody');
    expect(message.split('\n')).toHaveLength(1);
  });

  it('inspects the token where the app is known, and warns before it ends', async () => {
    const { appId, appSecret } = server.emulator.options;
    server.emulator.configure({
      tokens: { [DEFAULT_TOKEN]: {}, [SECOND_TOKEN]: { expiresAt: Math.floor(Date.now() / 1000) + 3 * 86_400 } as never },
    });
    const credentials = { auth_type: 'Client', client_id: appId, client_secret: appSecret, access_token: SECOND_TOKEN };
    const { status, log } = await check(configFor(server.emulator, { credentials }));
    expect(status).toBe('SUCCEEDED');
    expect(log).toContain('authenticate again before');
  });

  it('signs its calls with the app secret, and a wrong one is told as such', async () => {
    server.emulator.configure({ requireAppsecretProof: true });
    const good = await check(configFor(server.emulator, { app_secret: server.emulator.options.appSecret }));
    const bad = await check(configFor(server.emulator, { app_secret: 'not-the-secret-of-this-app' }));
    server.emulator.configure({ requireAppsecretProof: false });
    expect(good.status).toBe('SUCCEEDED');
    expect(bad).toMatchObject({ status: 'FAILED', message: expect.stringMatching(/secret/i) });
  });

  it('does not wait out a limit in a check', async () => {
    server.emulator.configure({ faults: { rate: 1, kinds: ['too_many_calls_80004'] } });
    const { status, log } = await check(configFor(server.emulator));
    server.emulator.configure({ faults: {} });
    expect(status).toBe('SUCCEEDED');
    expect(log).toContain('rate limit');
  });

  it('reads two accounts of three when one is denied, names it, and exits 1', async () => {
    const [, denied = ''] = server.emulator.truth.accounts();
    const config = configFor(server.emulator);
    const catalog = configureCatalog(await discoverCatalog(config, server.url), { streams: ['campaigns', 'ads'] });
    server.emulator.configure({ deniedAccounts: { [denied]: '200' } });
    const { messages, exitCode } = await runProgram({ command: 'read', config, catalog, graphUrl: server.url });
    server.emulator.configure({ deniedAccounts: {} });
    const accounts = server.emulator.truth.accounts().filter((account) => account !== denied);
    expect(exitCode).toBe(1);
    expect(
      rowsOf(messages, 'ads')
        .map(({ id }) => String(id))
        .sort(),
    ).toEqual(listTruth(server.emulator, 'ads', { accounts }));
    const errors = messages.flatMap((message) =>
      message.type === 'TRACE' && message.trace.type === 'ERROR' ? [message.trace.error] : [],
    );
    expect(
      errors
        .filter(({ message }) => message.includes(denied))
        .map((error) => error.stream_descriptor?.name)
        .sort(),
    ).toEqual(['ads', 'campaigns']);
    expect(
      errors
        .filter(({ message }) => message.includes(denied))
        .every((error) => error.failure_type === 'config_error' && error.stack_trace === undefined),
    ).toBe(true);
    expect(endStatusesOf(messages)).toEqual({ ads: 'INCOMPLETE', campaigns: 'INCOMPLETE' });
    expect(
      Object.keys(statesOf(messages, 'ads').at(-1)?.stream.stream_state ?? {})
        .filter((key) => /^\d+$/.test(key))
        .sort(),
    ).toEqual([...accounts].sort());
  });

  it('asks only for the selected fields and gives only those', async () => {
    const config = configFor(server.emulator);
    const catalog = await discoverCatalog(config, server.url);
    const slim = {
      streams: catalog.streams.map((stream) => ({
        ...stream,
        json_schema: { type: 'object', properties: { id: {}, name: {} } },
      })),
    };
    const { messages } = await runProgram({
      command: 'read',
      config,
      catalog: configureCatalog(slim, { streams: ['ads'] }),
      graphUrl: server.url,
    });
    for (const row of rowsOf(messages, 'ads')) expect(Object.keys(row).sort()).toEqual(['id', 'name']);
    expect(rowsOf(messages, 'ads').length).toBeGreaterThan(0);
  });

  it('counts the records of each stream in its states', async () => {
    const config = configFor(server.emulator, {
      start_date: `${new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`,
    });
    const catalog = configureCatalog(await discoverCatalog(config, server.url));
    const { messages, exitCode } = await runProgram({ command: 'read', config, catalog, graphUrl: server.url });
    expect(exitCode).toBe(0);
    for (const stream of Object.keys(endStatusesOf(messages))) {
      const counted = statesOf(messages, stream).reduce((sum, state) => sum + (state.sourceStats?.recordCount ?? Number.NaN), 0);
      expect(counted, stream).toBe(rowsOf(messages, stream).length);
    }
    expect(new Set(Object.values(endStatusesOf(messages)))).toEqual(new Set(['COMPLETE']));
    // All 31 streams of three accounts, beside other suites.
  });

  it('lets no secret out, at any log level', async () => {
    const { appSecret } = server.emulator.options;
    const config = configFor(server.emulator, { app_secret: appSecret });
    const streams = ['ads', 'ad_creatives_from_ads', 'ads_insights'];
    const catalog = configureCatalog(await discoverCatalog(config, server.url), { streams });
    server.emulator.configure({ faults: { rate: 0.3, kinds: ['bad_json', 'html', 'token_expired_463'] } });
    const { messages, stderr } = await runProgram({
      command: 'read',
      config,
      catalog,
      graphUrl: server.url,
      env: { LOG_LEVEL: 'trace' },
    });
    server.emulator.configure({ faults: {} });
    const output = JSON.stringify(messages) + stderr;
    expect(output).not.toContain(DEFAULT_TOKEN);
    expect(output).not.toContain(appSecret);
  });
});

function logOf(messages: readonly AirbyteMessage[]): string {
  return messages.flatMap((message) => (message.type === 'LOG' ? [message.log.message] : [])).join('\n');
}

function endStatusesOf(messages: readonly AirbyteMessage[]): Record<string, string> {
  const ends = messages.flatMap((message) =>
    message.type === 'TRACE' && message.trace.type === 'STREAM_STATUS'
      ? [[message.trace.stream_status.stream_descriptor.name, message.trace.stream_status.status] as const]
      : [],
  );
  return Object.fromEntries(ends);
}
