import { setMaxListeners } from 'node:events';
import type { Writable } from 'node:stream';
import { createAirbyteLog, parseLogThreshold } from '../protocol/airbyte-log.ts';
import { MessageWriter } from '../protocol/message-writer.ts';
import { StdoutWriter } from '../protocol/stdout-writer.ts';
import type { Log, Runtime } from '../runtime.ts';
import type { RunContext } from './run-context.ts';

/** How long work that is being stopped may take to end and to be written; the reader may be stalled for good. The process is gone within two seconds. */
const GRACE_MS = 1_750;
const STOP_SIGNALS = { SIGINT: 2, SIGTERM: 15 } as const;
type StopSignal = 'SIGINT' | 'SIGTERM';
const CRASH_EVENTS = ['uncaughtException', 'unhandledRejection'] as const;

/** The part of Node's `process` that a run has to do with. */
export interface Host {
  readonly stdout: Writable;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly pid: number;
  exitCode?: number | string | null | undefined;
  on(event: string, listener: (value: unknown) => void): unknown;
  removeAllListeners(event: string): unknown;
  kill(pid: number, signal: StopSignal): unknown;
  exit(code: number): never;
}

export interface RunProcessOptions {
  readonly host: Host;
  /** Logs at level debug, whatever `LOG_LEVEL` says. */
  readonly debug: boolean;
  readonly createRuntime: (parts: { readonly log: Log; readonly signal: AbortSignal }) => Runtime;
  /** Resolves with the exit code. */
  readonly work: (context: RunContext) => Promise<number>;
}

type Ending =
  | { readonly type: 'finished'; readonly exitCode: number }
  | { readonly type: 'crashed'; readonly error: unknown }
  | { readonly type: 'unread' }
  | { readonly type: 'signalled'; readonly signal: StopSignal };

/**
 * Lives through one process: gives the work its output, its log and its signal, and brings it to its end, whichever comes first.
 * - Done: everything is written, then the process ends by itself with the work's exit code.
 * - A crash (an error nobody caught): an ERROR trace and exit code 1.
 * - Nobody reads stdout any more: the work is stopped, exit code 1.
 * - SIGTERM or SIGINT: the work is stopped, and the process dies by that signal, as those who sent it expect.
 */
export async function runProcess({ host, debug, createRuntime, work }: RunProcessOptions): Promise<void> {
  const early = Promise.withResolvers<Ending>();
  const stop = new AbortController();
  // Every request and every wait listens to this one signal.
  setMaxListeners(0, stop.signal);
  const output = new StdoutWriter(host.stdout, { onClosed: () => early.resolve({ type: 'unread' }) });
  const threshold = debug ? 'debug' : parseLogThreshold(host.env['LOG_LEVEL']);
  const log = createAirbyteLog({ threshold, write: (entry) => messages.writeLog(entry) });
  const runtime = createRuntime({ log, signal: stop.signal });
  const messages = new MessageWriter(output, runtime.clock);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) host.on(signal, () => early.resolve({ type: 'signalled', signal }));
  for (const event of CRASH_EVENTS) host.on(event, (error) => early.resolve({ type: 'crashed', error }));

  const working = work({ runtime, messages }).then(
    (exitCode): Ending => ({ type: 'finished', exitCode }),
    (error: unknown): Ending => ({ type: 'crashed', error }),
  );
  const written = working.then(async (ending) => {
    await output.flush();
    return ending;
  });
  const ending = await Promise.race([early.promise, written.catch(() => early.promise)]);
  if (ending.type === 'finished') {
    host.exitCode = ending.exitCode;
    // From here on Node's own ways are right, and nobody would hear ours.
    for (const event of ['SIGINT', 'SIGTERM', ...CRASH_EVENTS]) host.removeAllListeners(event);
    return;
  }
  if (ending.type === 'crashed') messages.writeError(ending.error);
  stop.abort(new Error(ending.type === 'signalled' ? `stopped by ${ending.signal}` : 'the run was stopped'));
  const flushed = working.then(() => output.flush()).catch(() => undefined);
  await Promise.race([flushed, runtime.clock.sleep(GRACE_MS)]);
  if (ending.type === 'signalled') {
    host.removeAllListeners(ending.signal);
    // The first process of a container does not die of a signal that it does not handle.
    if (host.pid !== 1) host.kill(host.pid, ending.signal);
    else host.exit(128 + STOP_SIGNALS[ending.signal]);
  } else host.exit(1);
}
