import type { Clock, Fetch, Log, Runtime } from './runtime.ts';

/** The real world. */
export function createRuntime({ log, signal }: { readonly log: Log; readonly signal: AbortSignal }): Runtime {
  return {
    fetch: createLazyFetch(),
    clock: createSystemClock(),
    random: Math.random,
    log,
    signal,
  };
}

/** What no command but those that ask Meta needs is loaded with the first call. */
function createLazyFetch(): Fetch {
  let fetch: Promise<Fetch> | undefined;
  return async (url, init) => {
    fetch ??= import('./http/create-fetch.ts').then(({ createFetch }) => createFetch());
    return (await fetch)(url, init);
  };
}

/** A timer of Node holds 31 bits: one set for longer fires at once. */
const MAX_TIMER_MS = 2_147_483_647;

export function createSystemClock(): Clock {
  const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const onAbort = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(
        () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
        Math.min(Math.max(0, ms), MAX_TIMER_MS),
      );
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  return {
    now: () => Date.now(),
    sleep: async (ms, signal) => {
      let leftMs = ms;
      for (; leftMs > MAX_TIMER_MS; leftMs -= MAX_TIMER_MS) await sleep(MAX_TIMER_MS, signal);
      await sleep(leftMs, signal);
    },
  };
}
