/**
 * The values of an iterable until the signal aborts, and then no more: even while the iterable is silent. It is not told to end in that case, because one
 * that is silent may not answer.
 */
export async function* untilAborted<T>(iterable: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T, void, undefined> {
  const iterator = iterable[Symbol.asyncIterator]();
  let wake: (() => void) | undefined;
  const onAbort = () => wake?.();
  signal.addEventListener('abort', onAbort, { once: true });
  let isOver = false;
  try {
    while (!signal.aborted) {
      // No `Promise.race` with one promise of the signal: it would hold on to every value raced against it.
      const next = await new Promise<IteratorResult<T, unknown> | undefined>((resolve, reject) => {
        wake = () => resolve(undefined);
        iterator.next().then(resolve, reject);
      });
      if (next === undefined) break;
      if (next.done) {
        isOver = true;
        return;
      }
      yield next.value;
    }
    isOver = true;
  } finally {
    signal.removeEventListener('abort', onAbort);
    if (!isOver) await iterator.return?.();
  }
}
