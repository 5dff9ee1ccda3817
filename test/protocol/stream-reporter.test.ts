import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConnectorError } from '../../src/protocol/connector-error.ts';
import type { AirbyteMessage } from '../../src/protocol/messages.ts';
import { StreamReporter } from '../../src/protocol/stream-reporter.ts';
import { createCollectingWriter } from './collecting-output.ts';

/** The messages in short: `STARTED`, `record`, `state {"a":1} 2`, `RUNNING until 5`, `error`. */
function shorten(message: AirbyteMessage): string {
  if (message.type === 'RECORD') return 'record';
  if (message.type === 'STATE') {
    const { stream, sourceStats } = message.state;
    return `state ${JSON.stringify(stream.stream_state)} ${sourceStats?.recordCount}`;
  }
  if (message.type !== 'TRACE') return message.type;
  if (message.trace.type === 'ERROR') return 'error';
  const { status, reasons } = message.trace.stream_status;
  return reasons === undefined ? status : `${status} until ${reasons[0].rate_limited?.quota_reset}`;
}

function createReporter() {
  const { messages, readMessages } = createCollectingWriter();
  const reporter = new StreamReporter({ name: 'ads' }, messages);
  return { reporter, read: async () => (await readMessages()).map(shorten) };
}

const FINAL_MARK = 'state {"__ab_no_cursor_state_message":true}';

describe('StreamReporter', () => {
  it('starts, runs at the first record, counts the records of each state, and completes', async () => {
    const { reporter, read } = createReporter();
    reporter.start();
    await reporter.writeRows([{ id: 1 }, { id: 2 }]);
    reporter.writeState({ a: 1 });
    await reporter.writeRows([{ id: 3 }]);
    reporter.writeState({ a: 2 });
    reporter.writeFinalState();
    reporter.finish('COMPLETE');
    expect(await read()).toEqual([
      'STARTED',
      'RUNNING',
      'record',
      'record',
      'state {"a":1} 2',
      'record',
      'state {"a":2} 1',
      'COMPLETE',
    ]);
    expect(reporter.records).toBe(3);
  });

  it('has an empty stream run too, with a state', async () => {
    const { reporter, read } = createReporter();
    reporter.start();
    reporter.writeFinalState();
    reporter.finish('COMPLETE');
    expect(await read()).toEqual(['STARTED', `${FINAL_MARK} 0`, 'RUNNING', 'COMPLETE']);
  });

  it('covers the records of a stream without checkpoints by a state it starts anew with', async () => {
    const { reporter, read } = createReporter();
    await reporter.writeRows([{ id: 1 }]);
    reporter.writeFinalState();
    expect(await read()).toEqual(['STARTED', 'RUNNING', 'record', `${FINAL_MARK} 1`]);
  });

  it('holds back a state that says nothing new, and counts its records with the next that does', async () => {
    const { reporter, read } = createReporter();
    reporter.writeState({ a: 1 });
    await reporter.writeRows([{ id: 1 }]);
    reporter.writeState({ a: 1 });
    await reporter.writeRows([{ id: 2 }]);
    reporter.writeState({ a: 2 });
    reporter.writeFinalState();
    expect(await read()).toEqual(['state {"a":1} 0', 'STARTED', 'RUNNING', 'record', 'record', 'state {"a":2} 2']);
  });

  it('writes a state that was held back when it is the last', async () => {
    const { reporter, read } = createReporter();
    reporter.writeState({ a: 1 });
    await reporter.writeRows([{ id: 1 }]);
    reporter.writeState({ a: 1 });
    reporter.writeFinalState();
    expect((await read()).at(-1)).toBe('state {"a":1} 1');
  });

  it('lets an equal state through where no record stands between, as a sign of life', async () => {
    const { reporter, read } = createReporter();
    reporter.writeState({ a: 1 });
    reporter.writeState({ a: 1 });
    expect(await read()).toEqual(['state {"a":1} 0', 'state {"a":1} 0']);
  });

  it('counts every record in exactly one state, and repeats no state after records but the last', async () => {
    const step = fc.oneof(fc.integer({ min: 1, max: 3 }), fc.constantFrom('a', 'b'));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const { reporter, read } = createReporter();
        for (const value of steps) {
          if (typeof value === 'string') reporter.writeState({ at: value });
          else await reporter.writeRows(Array.from({ length: value }, (_, id) => ({ id })));
        }
        reporter.writeFinalState();
        const lines = await read();
        const states = lines.filter((line) => line.startsWith('state'));
        const counted = states.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
        expect(counted).toBe(lines.filter((line) => line === 'record').length);
        const [bodies, counts] = [states.map((line) => line.split(' ')[1]), states.map((line) => Number(line.split(' ').at(-1)))];
        for (let index = 1; index < states.length - 1; index += 1) {
          if ((counts[index] ?? 0) > 0) expect(bodies[index]).not.toBe(bodies[index - 1]);
        }
        expect(states.length).toBeGreaterThan(0);
      }),
    );
  });

  it('tells a limit once, again when it lasts longer, and anew after a record', async () => {
    const { reporter, read } = createReporter();
    reporter.start();
    reporter.reportRateLimit(1000.4);
    reporter.reportRateLimit(900);
    reporter.reportRateLimit(1001);
    reporter.reportRateLimit(2000);
    await reporter.writeRows([{ id: 1 }]);
    reporter.reportRateLimit(1500);
    expect(await read()).toEqual(['STARTED', 'RUNNING until 1001', 'RUNNING until 2000', 'record', 'RUNNING until 1500']);
  });

  it('writes nothing after its last status', async () => {
    const { reporter, read } = createReporter();
    reporter.finish('INCOMPLETE');
    await reporter.writeRows([{ id: 1 }]);
    reporter.writeState({ a: 1 });
    reporter.writeFinalState();
    reporter.reportRateLimit(1);
    reporter.reportFailure(new ConnectorError('late', { failureType: 'config_error' }));
    reporter.start();
    reporter.finish('COMPLETE');
    expect(await read()).toEqual(['STARTED', 'INCOMPLETE']);
  });
});
