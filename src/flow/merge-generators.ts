export interface MergeOptions {
  /** How many generators are open at the same time, at least 1. */
  readonly concurrency: number;
  /** Ends the merge with the signal's reason, even while all generators are busy. */
  readonly signal?: AbortSignal;
}

interface Settled<T> {
  readonly generator: AsyncGenerator<T, unknown>;
  readonly result: PromiseSettledResult<IteratorResult<T, unknown>>;
}

/**
 * The values of many generators as they come, each generator's own in order. A generator is asked for its next value when its last one has been
 * handed on, so at most one value of each waits; those that wait are handed on in the order they came, so none starves another.
 *
 * The first failure ends the merge with that failure. However it ends, every open generator is closed, and its `finally` has run, before it does.
 */
export async function* mergeGenerators<T>(
  generators: Iterable<() => AsyncGenerator<T, unknown>>,
  { concurrency, signal }: MergeOptions,
): AsyncGenerator<T, void, undefined> {
  if (!(concurrency >= 1)) throw new RangeError(`concurrency must be at least 1, not ${concurrency}`);
  signal?.throwIfAborted();
  const starters = generators[Symbol.iterator]();
  const open = new Set<AsyncGenerator<T, unknown>>();
  const arrived: Settled<T>[] = [];
  let wake: (() => void) | undefined;

  const pull = (generator: AsyncGenerator<T, unknown>) => {
    const arrive = (result: Settled<T>['result']) => {
      arrived.push({ generator, result });
      wake?.();
    };
    generator.next().then(
      (value) => arrive({ status: 'fulfilled', value }),
      (reason: unknown) => arrive({ status: 'rejected', reason }),
    );
  };
  const fill = () => {
    while (open.size < concurrency) {
      const starter = starters.next();
      if (starter.done) return;
      const generator = starter.value();
      open.add(generator);
      pull(generator);
    }
  };
  const onAbort = () => wake?.();
  signal?.addEventListener('abort', onAbort);
  try {
    fill();
    while (open.size > 0) {
      signal?.throwIfAborted();
      const first = arrived.shift();
      if (first === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      const { generator, result } = first;
      if (result.status === 'rejected' || result.value.done) open.delete(generator);
      if (result.status === 'rejected') throw result.reason;
      if (result.value.done) {
        fill();
        continue;
      }
      pull(generator);
      yield result.value.value;
    }
    signal?.throwIfAborted();
  } finally {
    signal?.removeEventListener('abort', onAbort);
    starters.return?.();
    await Promise.allSettled([...open].map((generator) => generator.return(undefined)));
  }
}
