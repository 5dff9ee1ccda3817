import { describe, expect, it } from 'vitest';
import { untilAborted } from '../../src/flow/until-aborted.ts';

async function* silent(): AsyncGenerator<number> {
  yield 1;
  await new Promise(() => {});
}

describe('untilAborted', () => {
  it('gives all values where nothing aborts', async () => {
    const values = (async function* () {
      yield 1;
      yield 2;
    })();
    expect(await Array.fromAsync(untilAborted(values, new AbortController().signal))).toEqual([1, 2]);
  });

  it('ends while the iterable is silent', async () => {
    const stop = new AbortController();
    const values = untilAborted(silent(), stop.signal);
    expect(await values.next()).toEqual({ value: 1, done: false });
    const next = values.next();
    stop.abort();
    expect(await next).toEqual({ value: undefined, done: true });
  });

  it('gives nothing where the signal has aborted before', async () => {
    expect(await Array.fromAsync(untilAborted(silent(), AbortSignal.abort()))).toEqual([]);
  });

  it('passes errors on', async () => {
    const broken = (async function* (): AsyncGenerator<number> {
      yield await Promise.reject(new Error('broken'));
    })();
    await expect(Array.fromAsync(untilAborted(broken, new AbortController().signal))).rejects.toThrow('broken');
  });

  it('closes the iterable when its taker stops', async () => {
    let isClosed = false;
    const values = (async function* () {
      try {
        for (;;) yield 1;
      } finally {
        isClosed = true;
      }
    })();
    for await (const _ of untilAborted(values, new AbortController().signal)) break;
    expect(isClosed).toBe(true);
  });
});
