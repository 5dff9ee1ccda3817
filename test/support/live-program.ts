import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AirbyteMessage } from '../../src/protocol/messages.ts';
import { findLeaks, SECRETS } from './canaries.ts';
import { parseMessages } from './message-schema.ts';
import { type ProgramCall, spawnProgram } from './spawn-program.ts';

export interface ProgramEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** From the last `signal` or `leave`. */
  readonly seconds: number;
  /** The whole lines of stdout. */
  readonly messages: readonly AirbyteMessage[];
  readonly stderr: string;
}

/** A program that runs, for those who disturb it. */
export class LiveProgram {
  readonly child: ChildProcessWithoutNullStreams;
  #stdout = '';
  #stderr = '';
  #disturbedAt = 0;
  readonly #closed: Promise<void>;

  /** Logs at level debug, so that whatever could get out does. */
  constructor(call: ProgramCall) {
    this.child = spawnProgram({ ...call, env: { LOG_LEVEL: 'debug', ...call.env } });
    this.#closed = new Promise((resolve) => this.child.once('close', () => resolve()));
    this.child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      this.#stdout += chunk;
    });
    this.child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      this.#stderr += chunk;
    });
  }

  get stdout(): string {
    return this.#stdout;
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  write(lines: Iterable<string>): void {
    for (const line of lines) this.child.stdin.write(`${line}\n`);
  }

  signal(signal: NodeJS.Signals): void {
    this.#disturbedAt = performance.now();
    this.child.kill(signal);
  }

  /** Nobody reads its output any more. */
  leave(): void {
    this.#disturbedAt = performance.now();
    this.child.stdout.destroy();
  }

  /** Looks again and again until it is so. Throws where the program ends before, or a minute has gone. */
  async until(isSo: () => boolean): Promise<void> {
    for (const startedAt = performance.now(); !isSo(); await sleep(5)) {
      if (this.hasEnded) throw new Error(`it ended before: ${this.#stderr}${this.#stdout.slice(-2_000)}`);
      if (performance.now() - startedAt > 60_000) throw new Error(`it has not come about: ${this.#stdout.slice(-2_000)}`);
    }
  }

  /** Throws where a canary got out, or where a line was no message. */
  async end(): Promise<ProgramEnd> {
    const endedAt = this.hasEnded
      ? performance.now()
      : await new Promise<number>((end) => this.child.once('exit', () => end(performance.now())));
    // A reader that was stopped takes the rest, which the pipe still holds.
    this.child.stdout.resume();
    await this.#closed;
    const { exitCode: code, signalCode: signal } = this.child;
    const leaks = findLeaks(this.#stdout + this.#stderr, SECRETS);
    if (leaks.length > 0) throw new Error(`a secret got out: ${leaks.join('; ')}`);
    const whole = this.#stdout.slice(0, this.#stdout.lastIndexOf('\n') + 1);
    return { code, signal, seconds: (endedAt - this.#disturbedAt) / 1_000, messages: parseMessages(whole), stderr: this.#stderr };
  }
}
