import { setMaxListeners } from 'node:events';
import type { Runtime } from '../runtime.ts';

/** A runtime whose signal aborts a while after the given one's: what is under way when the process is asked to stop may still end. */
export function createGraceRuntime(runtime: Runtime, graceMs: number): Runtime {
  const { signal, clock } = runtime;
  const late = new AbortController();
  // Every request and every wait listens to it.
  setMaxListeners(0, late.signal);
  const begin = () => {
    void clock.sleep(graceMs).then(() => late.abort(signal.reason));
  };
  if (signal.aborted) late.abort(signal.reason);
  else signal.addEventListener('abort', begin, { once: true });
  return { ...runtime, signal: late.signal };
}
