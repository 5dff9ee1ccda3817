import { Writable } from 'node:stream';
import { MessageWriter } from '../../src/protocol/message-writer.ts';
import type { AirbyteMessage } from '../../src/protocol/messages.ts';
import { StdoutWriter } from '../../src/protocol/stdout-writer.ts';
import { FakeClock } from '../support/fake-clock.ts';

/** A reader that keeps what it gets, and takes it only while it is not `stalled`. */
export class CollectingOutput extends Writable {
  readonly chunks: string[] = [];
  #held: (() => void) | undefined;
  #isStalled = false;

  constructor() {
    super({ decodeStrings: false, highWaterMark: 16 * 1024 });
  }

  get text(): string {
    return this.chunks.join('');
  }

  get messages(): AirbyteMessage[] {
    return this.text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as AirbyteMessage);
  }

  stall(): void {
    this.#isStalled = true;
  }

  resume(): void {
    this.#isStalled = false;
    this.#held?.();
  }

  override _write(chunk: string, _encoding: string, done: (error?: Error | null) => void): void {
    const take = () => {
      this.chunks.push(chunk);
      done();
    };
    if (this.#isStalled) this.#held = take;
    else take();
  }
}

/** A message writer over such a reader. `readMessages` waits until all is there. */
export function createCollectingWriter(clock = new FakeClock()) {
  const output = new CollectingOutput();
  const messages = new MessageWriter(new StdoutWriter(output), clock);
  const readMessages = async () => {
    await messages.flush();
    return output.messages;
  };
  return { output, messages, clock, readMessages };
}
