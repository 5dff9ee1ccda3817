import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { IncomingState } from '../../src/protocol/incoming-message.ts';
import { DeliveryLedger } from '../../src/run/delivery-ledger.ts';
import { StateQueue } from '../../src/run/state-queue.ts';

function setUp(streams = 1) {
  const echoes: { n: number; delivered: number; rejected: number }[] = [];
  const queue = new StateQueue((line) => {
    const { n, destinationStats: stats } = JSON.parse(line).state;
    echoes.push({ n, delivered: stats.recordCount, rejected: stats.rejectedRecordCount });
  });
  const ledger = new DeliveryLedger(streams, () => queue.release());
  const state = (n: number): IncomingState => ({ type: 'STATE', line: `{"type":"STATE","state":{"n":${n}}}` });
  return { echoes, queue, ledger, hold: (n: number, stream?: number) => queue.hold(state(n), stream, ledger.cut(stream)) };
}

describe('a state', () => {
  it('#75 leaves at once where no record is open', () => {
    const { echoes, hold } = setUp();
    hold(1, 0);
    expect(echoes).toEqual([{ n: 1, delivered: 0, rejected: 0 }]);
  });

  it('waits for each record before it', () => {
    const { echoes, ledger, hold } = setUp();
    const first = ledger.take(0);
    const second = ledger.take(0);
    hold(1, 0);
    first.deliver(1, 'added');
    expect(echoes).toEqual([]);
    second.reject(1);
    expect(echoes).toEqual([{ n: 1, delivered: 1, rejected: 1 }]);
  });

  it('does not wait for records behind it', () => {
    const { echoes, ledger, hold } = setUp();
    ledger.take(0).deliver(1, 'added');
    hold(1, 0);
    ledger.take(0);
    hold(2, 0);
    expect(echoes.map(({ n }) => n)).toEqual([1]);
  });

  it('leaves in order even where later records were settled first', () => {
    const { echoes, ledger, hold } = setUp();
    const early = ledger.take(0);
    hold(1, 0);
    ledger.take(0).deliver(1, 'added');
    hold(2, 0);
    expect(echoes).toEqual([]);
    early.deliver(1, 'added');
    expect(echoes.map(({ n }) => n)).toEqual([1, 2]);
  });

  it('of one stream does not wait for another stream', () => {
    const { echoes, ledger, hold } = setUp(2);
    ledger.take(0);
    hold(1, 0);
    hold(2, 1);
    expect(echoes.map(({ n }) => n)).toEqual([2]);
  });

  it('of all streams waits for all, and counts all', () => {
    const { echoes, ledger, hold } = setUp(2);
    const open = ledger.take(1);
    ledger.take(0).deliver(1, 'added');
    hold(1);
    expect(echoes).toEqual([]);
    open.reject(1);
    expect(echoes).toEqual([{ n: 1, delivered: 1, rejected: 1 }]);
  });

  it('counts only what came since the state before', () => {
    const { echoes, ledger, hold } = setUp();
    for (const n of [1, 2]) {
      ledger.take(0).deliver(1, 'added');
      hold(n, 0);
    }
    expect(echoes.map(({ delivered }) => delivered)).toEqual([1, 1]);
  });

  it('holds no more in memory than itself while it waits', () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const { queue, ledger } = setUp();
    ledger.take(0);
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    for (let n = 0; n < 100; n += 1) {
      const chunk = `${'x'.repeat(300_000)}\n{"type":"STATE","state":{"n":${n}}}`.toUpperCase().toLowerCase();
      queue.hold({ type: 'STATE', line: chunk.split('\n')[1] ?? '' }, 0, ledger.cut(0));
    }
    collectGarbage();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(10_000_000);
    expect(queue.size).toBe(100);
  });

  it('can not be told of more records than came', () => {
    const { ledger } = setUp();
    expect(() => ledger.take(0).deliver(2, 'added')).toThrow(RangeError);
  });
});
