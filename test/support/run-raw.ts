import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDestination } from '../../src/destination/create-destination.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { createAirbyteLog } from '../../src/protocol/airbyte-log.ts';
import type { AirbyteMessage } from '../../src/protocol/messages.ts';
import type { DestinationCommand, SourceCommand } from '../../src/run/command.ts';
import { runDestination, runSource } from '../../src/run.ts';
import { createSource } from '../../src/source/create-source.ts';
import { createCollectingWriter } from '../protocol/collecting-output.ts';
import { findLeaks, SECRETS } from './canaries.ts';
import { FakeClock } from './fake-clock.ts';
import { parseMessages } from './message-schema.ts';
import { createTestRuntime } from './test-runtime.ts';

export type Program = 'source' | 'destination';
export type CommandWord = SourceCommand['name'] | DestinationCommand['name'];

export interface RawFiles {
  readonly config: string | Uint8Array;
  readonly catalog?: string | Uint8Array;
  readonly state?: string | Uint8Array;
}

export interface RawRun extends RawFiles {
  readonly program: Program;
  readonly command: CommandWord;
  readonly emulator: Pick<Emulator, 'fetch'>;
  /** An automatic one, which the emulator goes by too. */
  readonly clock: FakeClock;
  /** What comes on stdin. */
  readonly input?: AsyncIterable<Uint8Array>;
}

export interface RawResult {
  readonly exitCode: number;
  readonly messages: readonly AirbyteMessage[];
  readonly text: string;
}

/** In real time; what waits by the fake clock takes none. */
const HANG_MS = 60_000;

/** Runs a command in this process over files that hold just these bytes. Throws where it hangs, writes anything but messages, or lets a canary out. */
export async function runRaw(run: RawRun): Promise<RawResult> {
  const folder = await mkdtemp(join(tmpdir(), 'raw-'));
  try {
    const paths = await writeFiles(folder, run);
    // A check has a deadline, which an automatic clock would jump to; nothing else of it waits.
    const clock = run.command === 'check' ? new FakeClock({ startMs: run.clock.now() }) : run.clock;
    const { messages, output } = createCollectingWriter(clock);
    const runtime = createTestRuntime({
      clock,
      fetch: (url, init) => clock.track(() => run.emulator.fetch(url, init)),
      log: createAirbyteLog({ threshold: 'debug', write: (entry) => messages.writeLog(entry) }),
    });
    const context = { messages, runtime };
    const working =
      run.program === 'source'
        ? runSource({ ...context, command: { name: run.command, ...paths } as SourceCommand, source: createSource() })
        : runDestination({
            ...context,
            command: { name: run.command, ...paths } as DestinationCommand,
            destination: createDestination({ spoolFolder: folder }),
            input: run.input ?? nothing(),
          });
    const exitCode = await Promise.race([working, fail(HANG_MS)]);
    await messages.flush();
    const leaks = findLeaks(output.text, SECRETS);
    if (leaks.length > 0) throw new Error(`a secret got out: ${leaks.join('; ')}`);
    return { exitCode, messages: parseMessages(output.text), text: output.text };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function writeFiles(folder: string, files: RawFiles) {
  const paths: Record<string, string> = {};
  for (const name of ['config', 'catalog', 'state'] as const) {
    const content = files[name];
    if (content === undefined) continue;
    paths[`${name}Path`] = join(folder, `${name}.json`);
    await writeFile(paths[`${name}Path`] as string, content);
  }
  return paths;
}

async function fail(ms: number): Promise<never> {
  await sleep(ms, undefined, { ref: false });
  throw new Error(`it still runs after ${ms / 1_000} s`);
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
