import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeGenerators } from '../../src/flow/merge-generators.ts';

interface Tagged {
  readonly source: number;
  readonly index: number;
}

/** Yields numbered values, taking as many turns of the microtask queue before each as `turns` says. */
async function* numbered(source: number, turns: readonly number[]): AsyncGenerator<Tagged> {
  for (const [index, count] of turns.entries()) {
    for (let turn = 0; turn < count; turn += 1) await Promise.resolve();
    yield { source, index };
  }
}

async function collect<T>(values: AsyncGenerator<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}

/** A generator that tells when it was opened, asked, and closed. */
function spied(length: number) {
  const seen = { opened: false, made: 0, closed: false };
  async function* values(): AsyncGenerator<number> {
    seen.opened = true;
    try {
      for (let value = 0; value < length; value += 1) {
        seen.made += 1;
        yield value;
      }
    } finally {
      await Promise.resolve();
      seen.closed = true;
    }
  }
  return { seen, values };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('mergeGenerators', () => {
  it('hands on every value once, and each generator’s own in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.nat({ max: 5 }), { maxLength: 8 }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 10 }),
        async (plans, concurrency) => {
          const merged = await collect(
            mergeGenerators(
              plans.map((turns, source) => () => numbered(source, turns)),
              { concurrency },
            ),
          );
          for (const [source, turns] of plans.entries()) {
            const own = merged.filter((value) => value.source === source).map((value) => value.index);
            expect(own).toEqual([...turns.keys()]);
          }
          expect(merged).toHaveLength(plans.flat().length);
        },
      ),
    );
  });

  it('never opens more generators than allowed, and takes them from the iterable only when there is room', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        async (lengths, concurrency) => {
          let open = 0;
          let most = 0;
          async function* counted(length: number): AsyncGenerator<number> {
            open += 1;
            most = Math.max(most, open);
            for (let value = 0; value < length; value += 1) yield value;
            open -= 1;
          }
          let taken = 0;
          function* starters() {
            for (const length of lengths) {
              taken += 1;
              yield () => counted(length);
            }
          }
          const merged = mergeGenerators(starters(), { concurrency });
          await merged.next();
          await collect(merged);
          expect(most).toBe(Math.min(concurrency, lengths.length));
          expect(taken).toBe(lengths.length);
        },
      ),
    );
  });

  it('makes nothing before the first value is asked for, and at most one value of each ahead', async () => {
    const spies = [spied(10), spied(10)];
    const merged = mergeGenerators(
      spies.map((spy) => spy.values),
      { concurrency: 2 },
    );
    await settle();
    expect(spies.map(({ seen }) => seen.opened)).toEqual([false, false]);
    await merged.next();
    await settle();
    expect(spies.map(({ seen }) => seen.made)).toEqual([2, 1]);
    await merged.return();
  });

  it('lets quick generators pass a stuck one, and gives each its turn', async () => {
    const stuck = Promise.withResolvers<void>();
    async function* slow(): AsyncGenerator<string> {
      await stuck.promise;
      yield 'slow';
    }
    async function* quick(name: string): AsyncGenerator<string> {
      for (let index = 0; index < 3; index += 1) yield `${name}${index}`;
      if (name === 'b') stuck.resolve();
    }
    const merged = await collect(mergeGenerators([slow, () => quick('a'), () => quick('b')], { concurrency: 3 }));
    expect(merged).toEqual(['a0', 'b0', 'a1', 'b1', 'a2', 'b2', 'slow']);
  });

  it('ends with the first failure after closing the others, and opens no more', async () => {
    const healthy = spied(100);
    const late = spied(1);
    async function* failing(): AsyncGenerator<number> {
      yield 0;
      throw new Error('broken');
    }
    const merged = mergeGenerators([healthy.values, failing, late.values], { concurrency: 2 });
    await expect(collect(merged)).rejects.toThrow('broken');
    expect(healthy.seen.closed).toBe(true);
    expect(late.seen.opened).toBe(false);
  });

  it('closes all generators, and waits until they are closed, when the reader stops', async () => {
    const spies = [spied(10), spied(10)];
    for await (const _ of mergeGenerators(
      spies.map((spy) => spy.values),
      { concurrency: 2 },
    ))
      break;
    expect(spies.map(({ seen }) => seen.closed)).toEqual([true, true]);
  });

  it('ends with the signal’s reason although every generator is busy', async () => {
    const controller = new AbortController();
    async function* busy(): AsyncGenerator<number> {
      await new Promise((_, reject) => controller.signal.addEventListener('abort', () => reject(new Error('inner'))));
      yield 1;
    }
    const merged = collect(mergeGenerators([busy, busy], { concurrency: 2, signal: controller.signal }));
    await settle();
    controller.abort(new Error('stopped'));
    await expect(merged).rejects.toThrow('stopped');
  });

  it('opens nothing when the signal has already aborted', async () => {
    const spy = spied(1);
    const merged = mergeGenerators([spy.values], { concurrency: 1, signal: AbortSignal.abort(new Error('stopped')) });
    await expect(merged.next()).rejects.toThrow('stopped');
    expect(spy.seen.opened).toBe(false);
  });

  it('refuses a concurrency below one', async () => {
    await expect(mergeGenerators([], { concurrency: 0 }).next()).rejects.toThrow(RangeError);
  });
});
