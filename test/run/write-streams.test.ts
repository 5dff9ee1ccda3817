import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Receipt, RecordWriter } from '../../src/audiences/record-writer.ts';
import type { Destination } from '../../src/connector.ts';
import { ConnectorError } from '../../src/protocol/connector-error.ts';
import type { JsonObject } from '../../src/protocol/messages.ts';
import type { WrittenStream } from '../../src/protocol/parse-catalog.ts';
import { writeStreams } from '../../src/run/write-streams.ts';
import { createCollectingWriter } from '../protocol/collecting-output.ts';
import { createTestRuntime } from '../support/test-runtime.ts';
import { complete, record, state } from '../support/write-records.ts';

/** Delivers each record at once, and tells what it was asked for. */
class FakeWriter implements RecordWriter {
  readonly calls: string[] = [];

  write(data: JsonObject, receipt: Receipt): Promise<void> | undefined {
    this.calls.push(`write ${String(data['n'])}`);
    receipt.deliver(1, 'added');
    return undefined;
  }

  async complete(): Promise<void> {
    this.calls.push('complete');
  }

  async abandon(): Promise<void> {
    this.calls.push('abandon');
  }
}

class FailingWriter extends FakeWriter {
  override write(data: JsonObject, receipt: Receipt): Promise<void> | undefined {
    void super.write(data, receipt);
    return data['n'] === 'bad' ? Promise.reject(new ConnectorError('full', { failureType: 'transient_error' })) : undefined;
  }
}

class HoldingWriter extends FakeWriter {
  readonly holdsStates = true;
  readonly #isGood: boolean;

  constructor(isGood: boolean) {
    super();
    this.#isGood = isGood;
  }

  override async complete(): Promise<void> {
    if (!this.#isGood) throw new ConnectorError('refused', { failureType: 'config_error' });
  }
}

async function run(
  writers: Readonly<Record<string, RecordWriter | ConnectorError>>,
  lines: readonly string[],
  { stallsTurns = 0 }: { /** Nobody reads the output for so many turns of the event loop. */ readonly stallsTurns?: number } = {},
) {
  const { messages, readMessages, clock, output } = createCollectingWriter();
  const streams = Object.keys(writers).map(
    (name): WrittenStream => ({
      descriptor: { name },
      syncMode: 'append',
      properties: [],
      primaryKey: [],
    }),
  );
  const destination = { open: async () => Object.values(writers) } as unknown as Destination<undefined>;
  let taken = 0;
  async function* input() {
    for (const line of lines) {
      taken += 1;
      yield Buffer.from(`${line}\n`);
    }
  }
  const context = { runtime: createTestRuntime({ clock }), messages };
  if (stallsTurns > 0) output.stall();
  const writing = writeStreams({ destination, config: undefined, streams, input: input() }, context).then(
    () => 'written',
    (error: unknown) => (error instanceof ConnectorError ? error.failureType : error),
  );
  for (let turn = 0; turn < stallsTurns; turn += 1) await setImmediate();
  const takenWhileStalled = taken;
  output.resume();
  const outcome = await writing;
  const written = await readMessages();
  const states = written.flatMap((message) =>
    message.type === 'STATE' ? [(message.state as unknown as { readonly id: number }).id] : [],
  );
  return { outcome, states, taken, takenWhileStalled };
}

const row = (n: number | string, stream?: string) => record({ n }, stream);

describe('writeStreams', () => {
  it('completes a stream that its source has finished, and abandons one that it has not', async () => {
    const writers = { people: new FakeWriter(), others: new FakeWriter() };
    const { outcome } = await run(writers, [row(1), row(2, 'others'), complete()]);
    expect(writers.people.calls).toEqual(['write 1', 'complete']);
    expect(writers.others.calls).toEqual(['write 2', 'abandon']);
    expect(outcome).toBe('transient_error');
  });

  it('does not complete a stream that has failed on the way, though its source has finished it', async () => {
    const writers = { people: new FailingWriter(), others: new FakeWriter() };
    const { outcome } = await run(writers, [row('bad'), row(2), complete(), complete('others')]);
    expect(writers.people.calls).toEqual(['write bad', 'abandon']);
    expect(writers.others.calls).toEqual(['complete']);
    expect(outcome).toBe('transient_error');
  });

  it('takes no more in once every stream has failed', async () => {
    const lines = [row('bad'), ...Array.from({ length: 50 }, (_, n) => row(n))];
    expect((await run({ people: new FailingWriter() }, lines)).taken).toBeLessThan(5);
    expect((await run({ people: new FailingWriter(), others: new FakeWriter() }, lines)).taken).toBe(51);
    const refused = new ConnectorError('no such audience', { failureType: 'config_error' });
    expect((await run({ people: refused }, lines)).taken).toBe(0);
  });

  it('takes no more in while nobody reads its states, and goes on when somebody does', async () => {
    const padded = Array.from({ length: 300 }, (_, n) => state(n).replace('"at":', `"padding":"${'x'.repeat(1_000)}","at":`));
    const result = await run({ people: new FakeWriter() }, [row(1), ...padded, complete()], { stallsTurns: 1_000 });
    expect(result.takenWhileStalled).toBeLessThan(200);
    expect(result).toMatchObject({ outcome: 'written', states: padded.map((_, n) => n) });
  });

  it('keeps each state of a stream that is written at its end until then', async () => {
    const lines = [state(1), row(1), state(2), complete()];
    expect(await run({ people: new HoldingWriter(true) }, lines)).toMatchObject({ outcome: 'written', states: [1, 2] });
    expect(await run({ people: new HoldingWriter(false) }, lines)).toMatchObject({ outcome: 'config_error', states: [] });
    expect(await run({ people: new HoldingWriter(true) }, lines.slice(0, 3))).toMatchObject({ states: [] });
  });

  it('keeps a state of all streams as long as any of them is not written', async () => {
    const everyones = JSON.stringify({ type: 'STATE', state: { type: 'GLOBAL', global: { stream_states: [] }, id: 5 } });
    const lines = [row(1, 'others'), everyones, complete(), complete('others')];
    expect(await run({ people: new HoldingWriter(true), others: new FakeWriter() }, lines)).toMatchObject({ states: [5] });
    expect(await run({ people: new HoldingWriter(false), others: new FakeWriter() }, lines)).toMatchObject({ states: [] });
  });
});
