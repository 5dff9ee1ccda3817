import { setMaxListeners } from 'node:events';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { createAirbyteLog } from '../../src/protocol/airbyte-log.ts';
import type { AirbyteMessage, StateMessage } from '../../src/protocol/messages.ts';
import { createSource } from '../../src/source/create-source.ts';
import { createCollectingWriter } from '../protocol/collecting-output.ts';
import { runCommand } from '../run/run-command.ts';
import { findLeaks, SECRETS } from './canaries.ts';
import type { FakeClock } from './fake-clock.ts';
import { parseMessages } from './message-schema.ts';

/** How a run of the source ends before it is done. */
export interface Death {
  /** At this call, counted from 1. */
  readonly atCall: number;
  /** `killed`: it writes nothing more. `stopped`: it is told to stop, and what it writes then counts. */
  readonly how: 'killed' | 'stopped';
  /** Meta does what the call asks for; the answer is lost in either case. */
  readonly isDone: boolean;
}

export interface LifeOptions {
  readonly emulator: Emulator;
  readonly clock: FakeClock;
  readonly config: unknown;
  readonly catalog: unknown;
  readonly state?: readonly StateMessage[];
  readonly death?: Death;
}

export interface Life {
  /** What has reached the platform. */
  readonly messages: readonly AirbyteMessage[];
  readonly text: string;
  /** Undefined for one that was killed. */
  readonly exitCode: number | undefined;
  readonly calls: number;
}

/** One run of the source's `read` in this process, whole or cut off. Throws where a canary got out, or stands in an address. */
export async function liveSource({ emulator, clock, death, ...files }: LifeOptions): Promise<Life> {
  const writer = createCollectingWriter(clock);
  const log = createAirbyteLog({ threshold: 'debug', write: (entry) => writer.messages.writeLog(entry) });
  const end = new AbortController();
  setMaxListeners(0, end.signal);
  let calls = 0;
  const addresses: string[] = [];
  let lastWords: string | undefined;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    calls += 1;
    addresses.push(String(input));
    if (calls !== death?.atCall) return clock.track(() => emulator.fetch(input, init));
    if (death.isDone) await emulator.fetch(input, init);
    if (death.how === 'killed') lastWords = writer.output.text;
    end.abort(new Error(`${death.how} at call ${calls}`));
    throw end.signal.reason;
  };
  const { exitCode } = await runCommand('read', createSource(), {
    ...files,
    writer,
    runtime: { clock, fetch, log, signal: end.signal },
  });
  await writer.messages.flush();
  const text = lastWords ?? writer.output.text;
  const leaks = findLeaks(`${text}\n${addresses.join('\n')}`, SECRETS);
  if (leaks.length > 0) throw new Error(`a secret got out: ${leaks.join('; ')}`);
  // Whole chunks of whole lines leave the process; a pipe may cut the last one, which a platform then drops.
  return { messages: parseMessages(text), text, exitCode: lastWords === undefined ? exitCode : undefined, calls };
}
