import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { type Usage, watchUsage } from '../test/support/watch-usage.ts';

export interface TimedCommand {
  readonly command: string;
  readonly words: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The file that is its stdin. */
  readonly input?: string;
}

export interface TimedRun extends Usage {
  readonly exitCode: number | null;
  /** From the start of the process to its end. */
  readonly wallSeconds: number;
  /** RECORD lines on stdout. */
  readonly records: number;
  readonly stderr: string;
}

const LINE_FEED = 0x0a;
const RECORD = Buffer.from('{"type":"RECORD"');

/** Runs a program as a platform does, reading its output as fast as it comes, and says what it took. */
export async function runTimed({ command, words, env = {}, input }: TimedCommand): Promise<TimedRun> {
  const startedAt = performance.now();
  const child = spawn(command, words, {
    // The emulator is on this machine; a certificate store that is read at each start is this machine's own affair.
    env: { ...process.env, NO_PROXY: '127.0.0.1', NODE_EXTRA_CA_CERTS: undefined, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => undefined);
  if (input === undefined) child.stdin.end();
  else createReadStream(input, { highWaterMark: 1_048_576 }).pipe(child.stdin);
  const usage = watchUsage(child.pid);
  const exit = new Promise<number | null>((resolve, reject) => child.once('close', resolve).once('error', reject));
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-4_000);
  });
  const [records, exitCode] = await Promise.all([countRecords(child.stdout), exit]);
  return { exitCode, wallSeconds: (performance.now() - startedAt) / 1_000, records, stderr, ...usage() };
}

/** Counts without parsing, so that the reader costs the program no time. */
async function countRecords(output: AsyncIterable<Buffer>): Promise<number> {
  let records = 0;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of output) {
    const text = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let start = 0;
    for (let end = text.indexOf(LINE_FEED); end >= 0; end = text.indexOf(LINE_FEED, start)) {
      if (RECORD.compare(text, start, start + RECORD.length) === 0) records += 1;
      start = end + 1;
    }
    rest = text.subarray(start);
  }
  return records;
}
