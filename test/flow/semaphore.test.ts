import { describe, expect, it } from 'vitest';
import { Semaphore } from '../../src/flow/semaphore.ts';

describe('Semaphore', () => {
  it('never lets more in than it has places, and lets all in at last', async () => {
    const semaphore = new Semaphore(3);
    let inside = 0;
    let most = 0;
    const work = async () => {
      using _ = await semaphore.acquire();
      inside += 1;
      most = Math.max(most, inside);
      await Promise.resolve();
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 20 }, work));
    expect([most, inside]).toEqual([3, 0]);
  });

  it('lets waiters in by turn', async () => {
    const semaphore = new Semaphore(1);
    const first = await semaphore.acquire();
    const order: number[] = [];
    const waiters = [1, 2, 3].map(async (number) => {
      using _ = await semaphore.acquire();
      order.push(number);
    });
    first[Symbol.dispose]();
    await Promise.all(waiters);
    expect(order).toEqual([1, 2, 3]);
  });

  it('takes a place back once', async () => {
    const semaphore = new Semaphore(1);
    const place = await semaphore.acquire();
    place[Symbol.dispose]();
    place[Symbol.dispose]();
    await semaphore.acquire();
    let isIn = false;
    void semaphore.acquire().then(() => {
      isIn = true;
    });
    await Promise.resolve();
    await Promise.resolve();
    expect(isIn).toBe(false);
  });

  it('lets go of a waiter whose signal aborts, and of no place with it', async () => {
    const semaphore = new Semaphore(1);
    const place = await semaphore.acquire();
    const stop = new AbortController();
    const waiting = semaphore.acquire(stop.signal);
    const next = semaphore.acquire();
    stop.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
    place[Symbol.dispose]();
    (await next)[Symbol.dispose]();
    await expect(semaphore.acquire(stop.signal)).rejects.toThrow('stopped');
    await expect(semaphore.acquire()).resolves.toBeDefined();
  });
});
