import type { Clock, Log, Runtime } from './runtime.ts';

/** The real world. Its parts are looked up at each call, so that a test which replaces the global `fetch` is obeyed. */
export function createRuntime({ log, signal }: { readonly log: Log; readonly signal: AbortSignal }): Runtime {
  return {
    fetch: (input, init) => globalThis.fetch(input, init),
    clock: createSystemClock(),
    random: Math.random,
    log,
    signal,
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
