import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../runtime.ts';
import { describeError } from './error-trace.ts';
import type { AirbyteMessage, StreamDescriptor, StreamStatusTrace } from './messages.ts';
import { createSecretScrubber } from './secret-scrubber.ts';
import { type RecordPage, serializeRecords } from './serialize-records.ts';
import type { StdoutWriter } from './stdout-writer.ts';

/** Every message passes here on its way out, so that none leaves with a secret in it. */
export class MessageWriter {
  readonly #output: StdoutWriter;
  readonly #clock: Pick<Clock, 'now'>;
  #scrubber = createSecretScrubber([]);

  constructor(output: StdoutWriter, clock: Pick<Clock, 'now'>) {
    this.#output = output;
    this.#clock = clock;
  }

  /** From now on these values leave in no line. */
  hideSecrets(secrets: readonly string[]): void {
    this.#scrubber = createSecretScrubber(secrets);
  }

  write(message: AirbyteMessage): void {
    const line = `${JSON.stringify(message)}\n`;
    // A CONTROL message brings the platform a new config to keep, rotated tokens included.
    if (message.type === 'CONTROL') this.#output.write(line);
    else this.#output.write(message.type === 'STATE' ? this.#scrubber.scrubData(line) : this.#scrubber.scrubText(line));
  }

  /** Takes a state message as it is to leave: a whole line. */
  writeEcho(line: string): void {
    this.#output.write(this.#scrubber.scrubData(line));
  }

  /** Takes a log entry that is JSON already. */
  writeLog(entry: string): void {
    this.#output.write(this.#scrubber.scrubText(`{"type":"LOG","log":${entry.trimEnd()}}\n`));
  }

  writeError(error: unknown, descriptor?: StreamDescriptor): void {
    const trace = describeError(error, descriptor);
    this.write({ type: 'TRACE', trace: { type: 'ERROR', emitted_at: this.#clock.now(), error: trace } });
  }

  writeStatus(status: StreamStatusTrace): void {
    this.write({ type: 'TRACE', trace: { type: 'STREAM_STATUS', emitted_at: this.#clock.now(), stream_status: status } });
  }

  /** Waits for a slow reader within the page; resolves with the number of records written. */
  async writeRecords(page: Omit<RecordPage, 'emittedAtMs'>): Promise<number> {
    let written = 0;
    for (const { lines, records } of serializeRecords({ ...page, emittedAtMs: this.#clock.now() })) {
      const { scrubData, scrubBytes } = this.#scrubber;
      this.#output.write(typeof lines === 'string' ? scrubData(lines) : lines.map(scrubBytes));
      written += records;
      await this.#output.ready();
      // A turn of the event loop for each chunk: the next page is on its way while this one is written.
      await setImmediate();
    }
    return written;
  }

  /** See `StdoutWriter.ready`. */
  ready(): Promise<void> {
    return this.#output.ready();
  }

  /** See `StdoutWriter.flush`. */
  flush(): Promise<void> {
    return this.#output.flush();
  }
}
