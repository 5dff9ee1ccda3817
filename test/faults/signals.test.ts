import { describe, expect, it } from 'vitest';
import type { EmulatorOptions } from '../../src/emulator/options.ts';
import { type RunningEmulator, startEmulator } from '../../src/emulator/server.ts';
import { SECRETS } from '../support/canaries.ts';
import { LiveProgram } from '../support/live-program.ts';
import { people } from '../support/people.ts';
import { record } from '../support/write-records.ts';

/** The promise is 2 s, which the printed figures show; a busy machine may take longer. A platform kills a container ten seconds or more after it has asked it to stop. */
const MAX_SECONDS = 8;

interface Phase {
  readonly name: string;
  readonly command?: 'check';
  readonly world?: Partial<EmulatorOptions>;
  /** Its output is not read from the beginning on. */
  readonly isUnread?: boolean;
  /** Whether the program has come there. */
  readonly isThere: (server: RunningEmulator, stdout: string) => boolean;
}

const KNOWN = { tokens: { [SECRETS.accessToken]: {} }, appSecret: SECRETS.appSecret, accounts: 1 };
const CREDENTIALS = { app_secret: SECRETS.appSecret, credentials: { auth_type: 'Service', access_token: SECRETS.accessToken } };
const meets = (
  kind: NonNullable<NonNullable<EmulatorOptions['faults']['kinds']>[number]>,
  edge?: string,
): Partial<EmulatorOptions> => ({
  faults: { script: [{ match: edge === undefined ? {} : { edge }, kind: kind as 'reset' }] },
});
const hasFailed = ({ emulator }: RunningEmulator) => Object.values(emulator.counters.faults).some((count) => count > 0);
const hasBegun = ({ emulator }: RunningEmulator) => emulator.counters.calls > 0;
const hasUploaded = ({ emulator }: RunningEmulator) => emulator.counters.audiences.uploads > 0;
/** It is so, and no call has come for a while. */
function isStill(isSo: (server: RunningEmulator) => boolean): Phase['isThere'] {
  let calls = 0;
  let since = performance.now();
  return (server) => {
    if (server.emulator.counters.calls !== calls) since = performance.now();
    calls = server.emulator.counters.calls;
    return isSo(server) && performance.now() - since > 700;
  };
}

const SOURCE_PHASES: readonly Phase[] = [
  {
    name: 'waits for a limit',
    world: meets('too_many_calls_80004', 'ads'),
    isThere: (_server, text) => text.includes('RATE_LIMITED'),
  },
  { name: 'pauses before another try', world: meets('http_503', 'ads'), isThere: hasFailed },
  { name: 'waits for an answer', world: { latencyMs: 60_000 }, isThere: hasBegun },
  { name: 'waits for an answer that never comes', world: meets('black_hole', 'ads'), isThere: hasFailed },
  { name: 'waits for the rest of an answer', world: { ...meets('slow_body', 'ads'), slowBodyMs: 60_000 }, isThere: hasFailed },
  {
    name: 'waits for reports',
    world: { reportDelayMs: 600_000 },
    isThere: ({ emulator }) => emulator.counters.reports.polls > 0,
  },
  {
    name: 'waits for its reader',
    world: { campaignsPerAccount: 30, adSetsPerCampaign: 20, adsPerAdSet: 20, latencyMs: 5 },
    isUnread: true,
    isThere: isStill(hasBegun),
  },
  {
    name: 'reads at full speed',
    world: { campaignsPerAccount: 40, adSetsPerCampaign: 20, adsPerAdSet: 40 },
    isThere: (_server, text) => text.length > 500_000,
  },
  { name: 'checks', command: 'check', world: { latencyMs: 60_000 }, isThere: hasBegun },
];

const DESTINATION_PHASES: readonly Phase[] = [
  { name: 'waits for input', isThere: isStill(hasUploaded) },
  { name: 'waits for an answer', world: { latencyMs: 60_000 }, isThere: hasBegun },
  { name: 'waits for the answer to an upload', world: meets('black_hole', 'users'), isThere: hasFailed },
  {
    name: 'waits for a limit',
    world: meets('too_many_calls_80003', 'users'),
    isThere: (_server, text) => text.includes('RATE_LIMITED'),
  },
  { name: 'pauses before another try', world: meets('http_503', 'users'), isThere: hasFailed },
  { name: 'waits for its reader', isUnread: true, isThere: isStill(hasUploaded) },
  { name: 'checks', command: 'check', world: { latencyMs: 60_000 }, isThere: hasBegun },
];

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

async function stopAt(phase: Phase, signal: NodeJS.Signals, start: (server: RunningEmulator) => LiveProgram) {
  const server = await startEmulator({ ...KNOWN, ...phase.world });
  try {
    const program = start(server);
    if (phase.isUnread) program.child.stdout.pause();
    await program.until(() => phase.isThere(server, program.stdout));
    program.signal(signal);
    const end = await program.end();
    expect({ code: end.code, signal: end.signal, stderr: end.stderr }).toEqual({ code: null, signal, stderr: '' });
    expect(end.seconds).toBeLessThan(MAX_SECONDS);
    process.stdout.write(`  ${signal} while it ${phase.name}: ${end.seconds.toFixed(2)} s\n`);
    return { ...end, server };
  } finally {
    await server.close();
  }
}

describe.each(SIGNALS)('%s', (signal) => {
  it.each(SOURCE_PHASES)('stops a source that $name, and nothing that was cut off is called complete', async (phase) => {
    const streams = ['ads', 'ads_insights'];
    const { messages } = await stopAt(phase, signal, (server) => {
      const config = { ...CREDENTIALS, account_ids: [...server.emulator.truth.accounts()], start_date: '2026-01-01T00:00:00Z' };
      const catalog = {
        streams: streams.map((name) => ({ stream: { name }, sync_mode: 'incremental', destination_sync_mode: 'append' })),
      };
      const files = phase.command === undefined ? { command: 'read' as const, catalog } : { command: phase.command };
      return new LiveProgram({ ...files, config, graphUrl: server.url });
    });
    const text = JSON.stringify(messages);
    // What breaks while it stops is no error, and no stream was done.
    expect(text).not.toMatch(/"type":"ERROR"|"status":"(SUCCEEDED|FAILED)"/);
    const cut = phase.name === 'waits for reports' ? 'ads_insights' : 'ads';
    expect(text).not.toMatch(new RegExp(`"name":"${cut}"\\},"status":"COMPLETE"`));
  });

  it.each(DESTINATION_PHASES)('stops a destination that $name, and only what was written is acknowledged', async (phase) => {
    const padding = 'x'.repeat(phase.isUnread ? 100_000 : 10);
    const lines = people(60).flatMap((row, at) => [record(row), stateAt(at, padding)]);
    const { messages, server } = await stopAt(phase, signal, ({ url, emulator }) => {
      const config = { ...CREDENTIALS, account_id: emulator.truth.accounts()[0], batch_rows: 10 };
      const stream = { name: 'people', json_schema: { properties: { email: {} } } };
      const catalog = { streams: [{ stream, sync_mode: 'incremental', destination_sync_mode: 'append_dedup' }] };
      const files = phase.command === undefined ? { command: 'write' as const, catalog } : { command: phase.command };
      const program = new LiveProgram({ ...files, program: 'destination', config, graphUrl: url });
      program.write(lines);
      return program;
    });
    expect(JSON.stringify(messages)).not.toMatch(/"type":"ERROR"|"status":"(SUCCEEDED|FAILED)"/);
    const acknowledged = messages.flatMap((message) =>
      message.type === 'STATE' ? [message.state.stream.stream_state['at'] as number] : [],
    );
    const written = server.emulator.audiences
      .uploads()
      .reduce((sum, { rows, error }) => sum + (error === undefined ? rows : 0), 0);
    for (const at of acknowledged) expect(at).toBeLessThan(written);
  });
});

function stateAt(at: number, padding: string): string {
  const stream = { stream_descriptor: { name: 'people' }, stream_state: { at, padding } };
  return JSON.stringify({ type: 'STATE', state: { type: 'STREAM', stream, id: at } });
}
