import { describe, expect, it } from 'vitest';
import { AudienceQueue } from '../../src/audiences/audience-queue.ts';
import type { Batch } from '../../src/audiences/batch.ts';
import { BatchOutcome } from '../../src/audiences/batch-outcome.ts';
import type { BatchUploader } from '../../src/audiences/batch-uploader.ts';
import { RejectDesk } from '../../src/audiences/reject-desk.ts';
import type { Reject } from '../../src/audiences/rejects/reject.ts';
import type { RejectSink } from '../../src/audiences/rejects/reject-sink.ts';
import { UploadSize } from '../../src/audiences/upload-size.ts';
import { ConnectorError } from '../../src/protocol/connector-error.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { type CountingReceipt, createReceipt, rowOf, shapeOf } from './rows.ts';

const FLUSH_MS = 60_000;
const shape = shapeOf('EMAIL', 'FN');
const audience = { id: '7', name: 'people', accountId: '1', isValueBased: false, isNew: false };

interface SetUp {
  readonly clock?: FakeClock;
  readonly limits?: { readonly rows: number; readonly bytes: number };
  readonly upload?: (batch: Batch, limitsUntilMs: number) => Promise<BatchOutcome>;
  readonly keep?: (rejects: readonly Reject[]) => Promise<void>;
}

function setUp({ limits = { rows: 3, bytes: 1_000_000 }, clock = new FakeClock(), upload, keep }: SetUp = {}) {
  const batches: Batch[] = [];
  const uploader = {
    upload: async (batch: Batch, limitsUntilMs: number) => {
      batches.push(batch);
      return upload === undefined ? new BatchOutcome() : upload(batch, limitsUntilMs);
    },
  } as unknown as BatchUploader;
  const kept: Reject[] = [];
  const sink = {
    write: async (rejects: readonly Reject[]) => {
      await keep?.(rejects);
      kept.push(...rejects);
    },
  } as unknown as RejectSink;
  const queue = new AudienceQueue({
    audience,
    uploader,
    size: new UploadSize(limits),
    desk: new RejectDesk({ sink, clock, audience }),
    clock,
    stop: new AbortController().signal,
    limits,
    flushAfterMs: FLUSH_MS,
  });
  const receipts: CountingReceipt[] = [];
  const take = (email: string, name = '', operation: 'add' | 'remove' = 'add') => {
    const receipt = createReceipt();
    receipts.push(receipt);
    return queue.take(rowOf(shape, [email, name], operation, receipt));
  };
  return { clock, batches, kept, queue, take, told: () => receipts.map(({ told }) => told.join()) };
}

const refuseAll = (batch: Batch): BatchOutcome => {
  const outcome = new BatchOutcome();
  for (const row of batch.rows) outcome.refuse(row, { code: 'refused_by_meta', message: 'no' });
  return outcome;
};
const turns = async (count: number) => {
  for (let n = 0; n < count; n += 1) await Promise.resolve();
};
const failure = new ConnectorError('no right to write', { failureType: 'config_error' });

describe('AudienceQueue', () => {
  it('keeps each reject that it tells of, also where an equal row comes while the first is being kept', async () => {
    const keeping = Promise.withResolvers<void>();
    const { kept, queue, take, told } = setUp({ upload: async (batch) => refuseAll(batch), keep: () => keeping.promise });
    await take('a');
    await Promise.all([
      queue.flush(),
      turns(20).then(async () => {
        await take('a');
        keeping.resolve();
      }),
    ]);
    await queue.flush();
    expect(told()).toEqual(['rejected 1', 'rejected 1']);
    expect(kept).toHaveLength(2);
  });

  it('forgets no equal row, whenever it comes', async () => {
    for (let moment = 0; moment < 30; moment += 1) {
      const { queue, take, told } = setUp();
      await take('a');
      await Promise.all([queue.flush(), turns(moment).then(() => take('a'))]);
      await queue.flush();
      expect(told(), `after ${moment}`).toEqual(['added 1', 'superseded 1']);
    }
  });

  it('sends what a refused row took the place of, but not what one took that is only a suspect', async () => {
    const refusal = { code: 'refused_by_meta', message: 'no' } as const;
    for (const [isNamed, expected, operations] of [
      [true, ['added 1', 'rejected 1'], ['remove', 'add']],
      [false, ['superseded 1', 'rejected 1'], ['remove']],
    ] as const) {
      const { batches, queue, take, told } = setUp({
        upload: async (batch) => {
          const outcome = new BatchOutcome();
          if (batch.operation === 'add') return outcome;
          if (isNamed) for (const row of batch.rows) outcome.refuse(row, refusal);
          else outcome.refuseSome(batch.rows, { ...refusal, count: 1 });
          return outcome;
        },
      });
      await take('a', '', 'add');
      await take('a', '', 'remove');
      await queue.flush();
      expect(told()).toEqual(expected);
      expect(batches.map(({ operation }) => operation)).toEqual(operations);
    }
  });

  it('tells a failure to whoever waits for it, and to nobody else', async () => {
    const uploading = Promise.withResolvers<BatchOutcome>();
    const { clock, queue, take } = setUp({ upload: () => uploading.promise });
    for (const email of ['a', 'b', 'c', 'd']) await take(email);
    await clock.advance(FLUSH_MS);
    const flushed = queue.flush();
    uploading.reject(failure);
    await expect(flushed).rejects.toBe(failure);
    expect(() => take('e')).toThrow(failure);
  });

  it('tells it once where two windows were lined up for one row', async () => {
    const uploading = Promise.withResolvers<BatchOutcome>();
    const { take } = setUp({ upload: () => uploading.promise, limits: { rows: 1, bytes: 1_000_000 } });
    await take('a');
    const room = take('a', '', 'remove');
    uploading.reject(failure);
    await expect(room).rejects.toBe(failure);
  });

  it('leaves no timer behind when it has failed', async () => {
    const uploading = Promise.withResolvers<BatchOutcome>();
    const { clock, queue, take } = setUp({ upload: () => uploading.promise });
    for (const email of ['a', 'b', 'c', 'd']) await take(email);
    uploading.reject(failure);
    await turns(20);
    await expect(queue.flush()).rejects.toBe(failure);
    expect(clock.pendingTimers).toBe(0);
  });

  it('sends what waits after its time, and lines nothing up behind a request that takes long', async () => {
    const uploading = Promise.withResolvers<BatchOutcome>();
    const { clock, batches, queue, take } = setUp({ upload: () => uploading.promise });
    await take('a');
    await clock.advance(FLUSH_MS);
    expect(batches).toHaveLength(1);
    for (const email of ['b', 'c']) {
      await take(email);
      await clock.advance(FLUSH_MS);
    }
    uploading.resolve(new BatchOutcome());
    await queue.flush();
    expect(batches.map(({ rows }) => rows.length)).toEqual([1, 2]);
  });

  it('gives all requests of a window together an hour for limits', async () => {
    const deadlines: number[] = [];
    const clock = new FakeClock({ auto: true });
    const { queue, take } = setUp({
      clock,
      upload: async (_, limitsUntilMs) => {
        deadlines.push(limitsUntilMs - clock.now());
        await clock.sleep(40 * 60_000);
        return new BatchOutcome();
      },
    });
    await take('a');
    await take('b', '', 'remove');
    await queue.flush();
    expect(deadlines).toEqual([60 * 60_000, 20 * 60_000]);
  });

  it('sends a window that stands for very many records of few persons', async () => {
    const { batches, take, told } = setUp({ limits: { rows: 10_000, bytes: 1_000_000 } });
    for (let n = 0; n < 60_000; n += 1) await take('a', '', n % 2 === 0 ? 'add' : 'remove');
    await turns(20);
    expect(batches).not.toEqual([]);
    expect(told()[0]).toBe('superseded 1');
  });
});
