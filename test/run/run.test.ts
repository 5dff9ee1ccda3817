import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConnectorError } from '../../src/protocol/connector-error.ts';
import type { AirbyteMessage } from '../../src/protocol/messages.ts';
import { createFakeSource, replay } from './fake-source.ts';
import { runCommand, selectStreams } from './run-command.ts';

const refuse = (failureType: 'config_error' | 'transient_error') => () =>
  Promise.reject(new ConnectorError('Log in again.', { failureType }));
const crash = () => Promise.reject(new TypeError('x is undefined'));

/** The only message of a run that failed. */
function getError(messages: readonly AirbyteMessage[]) {
  expect(messages).toHaveLength(1);
  const [message] = messages;
  return message?.type === 'TRACE' && message.trace.type === 'ERROR' ? message.trace.error : undefined;
}

describe('run', () => {
  it('answers spec with exactly one SPEC', async () => {
    const { exitCode, messages } = await runCommand('spec', createFakeSource([]));
    expect(messages.map(({ type }) => type)).toEqual(['SPEC']);
    expect(exitCode).toBe(0);
  });

  it('answers check with the status of the source', async () => {
    const { exitCode, messages } = await runCommand('check', createFakeSource([]));
    expect(messages).toEqual([{ type: 'CONNECTION_STATUS', connectionStatus: { status: 'SUCCEEDED' } }]);
    expect(exitCode).toBe(0);
  });

  it.each(['parseConfig', 'check'] as const)(
    'answers check with FAILED and exit code 0 when %s finds a mistake of the user’s',
    async (method) => {
      const source = createFakeSource([], { [method]: refuse('config_error') });
      const { exitCode, messages } = await runCommand('check', source);
      expect(messages).toEqual([{ type: 'CONNECTION_STATUS', connectionStatus: { status: 'FAILED', message: 'Log in again.' } }]);
      expect(exitCode).toBe(0);
    },
  );

  it('answers check with no status when the connector itself fails', async () => {
    const { exitCode, messages } = await runCommand('check', createFakeSource([], { check: crash }));
    expect(getError(messages)).toMatchObject({
      failure_type: 'system_error',
      stack_trace: expect.stringContaining('x is undefined'),
    });
    expect(exitCode).toBe(1);
  });

  it('answers check with no status when only time can help', async () => {
    const { exitCode, messages } = await runCommand('check', createFakeSource([], { check: refuse('transient_error') }));
    expect(getError(messages)).toMatchObject({ failure_type: 'transient_error' });
    expect(exitCode).toBe(1);
  });

  it('answers discover with exactly one CATALOG', async () => {
    const { exitCode, messages } = await runCommand('discover', createFakeSource([{ name: 'ads', read: replay([]) }]));
    expect(messages).toMatchObject([{ type: 'CATALOG', catalog: { streams: [{ name: 'ads' }] } }]);
    expect(exitCode).toBe(0);
  });

  it.each(['discover', 'read'] as const)('fails %s with the user’s mistake, and shows no stack', async (name) => {
    const source = createFakeSource([], { parseConfig: refuse('config_error') });
    const { exitCode, messages } = await runCommand(name, source, { catalog: selectStreams() });
    expect(getError(messages)).toEqual({ message: 'Log in again.', failure_type: 'config_error' });
    expect(exitCode).toBe(1);
  });

  it('names the file that is not as it must be', async () => {
    const source = createFakeSource([]);
    const broken = await Promise.all([
      runCommand('check', source, { config: [] }),
      runCommand('read', source),
      runCommand('read', source, { catalog: {} }),
      runCommand('read', source, { catalog: selectStreams(), state: 7 }),
    ]);
    const errors = broken.map(({ messages }) => getError(messages)?.message.replace(/ \/.*\//, ' '));
    expect(errors).toEqual([
      '--config config.json: it must hold a JSON object.',
      '--catalog catalog.json: there is no such file.',
      '--catalog catalog.json: it must hold an object with a list "streams".',
      '--state state.json: it must hold a list of state messages.',
    ]);
    expect(broken.map(({ exitCode }) => exitCode)).toEqual([1, 1, 1, 1]);
  });

  describe('with a config of an earlier form', () => {
    const NEW = { token: 'EAABsecret-token', account_ids: ['5'] };
    const renewConfig = async () => NEW;

    it.each(['check', 'discover', 'read'] as const)('%s gives the new form once, whole, before all else', async (name) => {
      const { messages, exitCode } = await runCommand(name, createFakeSource([], { renewConfig }), { catalog: selectStreams() });
      const controls = messages.flatMap((message) => (message.type === 'CONTROL' ? [message.control] : []));
      expect(controls).toEqual([{ type: 'CONNECTOR_CONFIG', emitted_at: expect.any(Number), connectorConfig: { config: NEW } }]);
      expect(messages[0]?.type).toBe('CONTROL');
      expect(exitCode).toBe(0);
    });

    it('keeps the secrets of a CONTROL message out of all others', async () => {
      const check = async () => ({ status: 'FAILED', message: 'EAABsecret-token' }) as const;
      const { messages } = await runCommand('check', createFakeSource([], { renewConfig, check }));
      expect(messages.map((message) => JSON.stringify(message).includes('EAAB'))).toEqual([true, false]);
    });

    it('gives none of a config that is wrong', async () => {
      const source = createFakeSource([], { renewConfig, parseConfig: refuse('config_error') });
      const { messages } = await runCommand('check', source);
      expect(messages.map(({ type }) => type)).toEqual(['CONNECTION_STATUS']);
    });
  });

  it('reads, or says what is wrong with the state, whatever the state file holds', async () => {
    const source = createFakeSource([{ name: 'ads', read: replay([{ type: 'rows', rows: [{ id: 1 }] }]) }]);
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (state) => {
        const { exitCode, messages } = await runCommand('read', source, { catalog: selectStreams('ads'), state });
        const errors = messages.flatMap((message) =>
          message.type === 'TRACE' && message.trace.type === 'ERROR' ? [message.trace.error] : [],
        );
        expect(errors.map(({ failure_type, stack_trace }) => [failure_type, stack_trace])).toEqual(
          exitCode === 0 ? [] : [['config_error', undefined]],
        );
      }),
      { numRuns: 50 },
    );
  });

  it('hides the secrets of a config that is wrong', async () => {
    const parseConfig = (raw: { readonly token?: unknown }) => Promise.reject(new Error(`bad ${String(raw.token)}`));
    const { text } = await runCommand('read', createFakeSource([], { parseConfig }));
    expect(text).toContain('bad ****');
    expect(text).not.toContain('EAAB');
  });

  it('says nothing of what breaks once it was told to stop, and does not succeed', async () => {
    const controller = new AbortController();
    const check = () => {
      controller.abort(new Error('stopped'));
      return Promise.reject(new Error('a consequence'));
    };
    const { exitCode, messages } = await runCommand('check', createFakeSource([], { check }), {
      runtime: { signal: controller.signal },
    });
    expect([exitCode, messages]).toEqual([1, []]);
  });
});
