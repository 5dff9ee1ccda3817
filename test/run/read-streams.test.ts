import { describe, expect, it } from 'vitest';
import { ConnectorError } from '../../src/protocol/connector-error.ts';
import type { AirbyteMessage } from '../../src/protocol/messages.ts';
import type { ReadRequest } from '../../src/streams/stream.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { createFakeSource, NO_COST, type ReadEvents, replay } from './fake-source.ts';
import { runCommand, selectStreams, shortenStream } from './run-command.ts';

const ROWS = { type: 'rows', rows: [{ id: 1 }, { id: 2 }] } as const;
const CHECKPOINT = { type: 'checkpoint', state: { at: 1 } } as const;
const COMPLETE = ['STARTED', 'RUNNING', 'record', 'record', 'state', 'COMPLETE'];

const failWith = (error: unknown): ReadEvents =>
  async function* () {
    yield ROWS;
    throw error;
  };

/** The traces of no stream. */
function getSummaries(messages: readonly AirbyteMessage[]) {
  const errors = messages.flatMap((message) =>
    message.type === 'TRACE' && message.trace.type === 'ERROR' ? [message.trace.error] : [],
  );
  return errors.filter((error) => error.stream_descriptor === undefined);
}

describe('read', () => {
  it('reads every stream of the catalog to its end, and logs what each has cost', async () => {
    const clock = new FakeClock();
    const cost = { calls: 214, parts: 0, retries: 3, bytes: 12_345_678 };
    async function* slow() {
      yield* [ROWS, CHECKPOINT];
      await clock.advance(4100);
      return cost;
    }
    const source = createFakeSource([
      { name: 'ads', read: slow },
      { name: 'images', read: replay([ROWS, CHECKPOINT]) },
      { name: 'unselected', read: failWith(new Error('never read')) },
    ]);
    const { exitCode, messages, runtime } = await runCommand('read', source, {
      catalog: selectStreams('ads', 'images'),
      runtime: { clock },
    });
    expect(exitCode).toBe(0);
    expect(shortenStream(messages, 'ads')).toEqual(COMPLETE);
    expect(shortenStream(messages, 'images')).toEqual(COMPLETE);
    expect(runtime.lines).toContainEqual({
      level: 'info',
      message: 'stream ads: 2 records, 214 calls, 0 parts, 3 retries, 12.3 MB, 4.1 s',
      fields: {},
    });
  });

  it('gives a stream without records or checkpoints a state all the same', async () => {
    const { messages } = await runCommand('read', createFakeSource([{ name: 'ads', read: replay([]) }]), {
      catalog: selectStreams('ads'),
    });
    expect(shortenStream(messages, 'ads')).toEqual(['STARTED', 'state', 'RUNNING', 'COMPLETE']);
  });

  it('hands each stream its state, its fields and its sync mode', async () => {
    const requests: ReadRequest[] = [];
    async function* read(request: ReadRequest) {
      requests.push(request);
      yield CHECKPOINT;
      return NO_COST;
    }
    const state = [{ type: 'STREAM', stream: { stream_descriptor: { name: 'ads' }, stream_state: { at: 7 } } }];
    await runCommand('read', createFakeSource([{ name: 'ads', read }]), { catalog: selectStreams('ads'), state });
    expect(requests).toMatchObject([{ syncMode: 'incremental', fields: ['id', 'text'], state: { at: 7 } }]);
  });

  it('tells a failure of a part at once, reads the rest, and leaves the stream incomplete', async () => {
    const error = new ConnectorError('Ad account 2: no permission.', { failureType: 'config_error' });
    const source = createFakeSource([
      { name: 'ads', read: replay([ROWS, { type: 'failure', error }, ROWS, CHECKPOINT]) },
      { name: 'images', read: replay([ROWS, CHECKPOINT]) },
    ]);
    const { exitCode, messages } = await runCommand('read', source, { catalog: selectStreams('ads', 'images') });
    expect(shortenStream(messages, 'ads')).toEqual([
      ...['STARTED', 'RUNNING', 'record', 'record', 'error: config_error'],
      ...['record', 'record', 'state', 'INCOMPLETE'],
    ]);
    expect(shortenStream(messages, 'images')).toEqual(COMPLETE);
    expect(getSummaries(messages)).toEqual([
      { message: '1 of 2 streams is incomplete: ads. The errors before this one say why.', failure_type: 'config_error' },
    ]);
    expect(messages.at(-1)).toMatchObject({ trace: { type: 'ERROR' } });
    expect(exitCode).toBe(1);
  });

  it('lets no stream that throws stop the others, nor claim its unfinished records by a state', async () => {
    const source = createFakeSource([
      { name: 'bug', read: failWith(new TypeError('x is undefined')) },
      { name: 'limits', read: failWith(new ConnectorError('Later.', { failureType: 'transient_error' })) },
      { name: 'images', read: replay([ROWS, CHECKPOINT]) },
    ]);
    const { exitCode, messages } = await runCommand('read', source, { catalog: selectStreams('bug', 'limits', 'images') });
    const broken = ['STARTED', 'RUNNING', 'record', 'record'];
    expect(shortenStream(messages, 'bug')).toEqual([...broken, 'error: system_error', 'INCOMPLETE']);
    expect(shortenStream(messages, 'limits')).toEqual([...broken, 'error: transient_error', 'INCOMPLETE']);
    expect(shortenStream(messages, 'images')).toEqual(COMPLETE);
    expect(getSummaries(messages)).toMatchObject([{ failure_type: 'transient_error' }]);
    expect(exitCode).toBe(1);
  });

  it('reads the others when a stream is unknown or its sync mode is none', async () => {
    const source = createFakeSource([
      { name: 'ads', read: replay([ROWS]) },
      { name: 'images', read: replay([ROWS, CHECKPOINT]) },
    ]);
    const catalog = selectStreams('nothing', 'images');
    catalog.streams.push({ stream: { name: 'ads' }, sync_mode: 'INVALID', destination_sync_mode: 'append' });
    const { exitCode, messages } = await runCommand('read', source, { catalog });
    for (const name of ['nothing', 'ads']) {
      expect(shortenStream(messages, name)).toEqual(['STARTED', 'error: config_error', 'INCOMPLETE']);
    }
    expect(shortenStream(messages, 'images')).toEqual(COMPLETE);
    expect(exitCode).toBe(1);
  });

  it('lets a stream that waits not hold up the others, which are all read side by side', async () => {
    const gate = Promise.withResolvers<void>();
    let open = 0;
    let most = 0;
    const names = Array.from({ length: 9 }, (_, index) => `stream${index}`);
    const streams = names.map((name, index) => ({
      name,
      async *read() {
        open += 1;
        most = Math.max(most, open);
        if (index === 0) await gate.promise;
        yield ROWS;
        if (index === names.length - 1) gate.resolve();
        open -= 1;
        return NO_COST;
      },
    }));
    const { exitCode, messages } = await runCommand('read', createFakeSource(streams), { catalog: selectStreams(...names) });
    expect(exitCode).toBe(0);
    expect(most).toBe(names.length);
    for (const name of names) expect(shortenStream(messages, name)).toEqual(COMPLETE);
  });

  it('shows a limit as a running stream’s reason', async () => {
    async function* read({ onRateLimited }: ReadRequest) {
      onRateLimited?.(5000);
      yield ROWS;
      return NO_COST;
    }
    const { messages } = await runCommand('read', createFakeSource([{ name: 'ads', read }]), { catalog: selectStreams('ads') });
    expect(messages[1]).toMatchObject({
      trace: { stream_status: { status: 'RUNNING', reasons: [{ type: 'RATE_LIMITED', rate_limited: { quota_reset: 5000 } }] } },
    });
  });

  it('completes nothing that was cut short, and closes what it had opened', async () => {
    const controller = new AbortController();
    let isClosed = false;
    async function* read() {
      try {
        yield ROWS;
        controller.abort(new Error('stopped'));
        yield CHECKPOINT;
        return NO_COST;
      } finally {
        isClosed = true;
      }
    }
    const source = createFakeSource([{ name: 'ads', read }]);
    const { exitCode, messages } = await runCommand('read', source, {
      catalog: selectStreams('ads'),
      runtime: { signal: controller.signal },
    });
    expect(shortenStream(messages, 'ads')).not.toContain('COMPLETE');
    expect(getSummaries(messages)).toEqual([]);
    expect([exitCode, isClosed]).toEqual([1, true]);
  });
});
