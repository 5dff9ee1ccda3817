import type { Runtime } from '../../runtime.ts';

/** The call was not done in its time. */
export class LateError extends Error {
  override readonly name = 'LateError';
}

/**
 * Settles as the call does, or rejects with a `LateError` after `limitMs`, or with the runtime signal's reason: even a call that heeds no signal can not
 * hold its caller.
 */
export async function callWithin<T>(
  { clock, signal }: Pick<Runtime, 'clock' | 'signal'>,
  limitMs: number,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const ended = new AbortController();
  const timer = new AbortController();
  const stop = () => ended.abort(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  clock.sleep(limitMs, timer.signal).then(
    () => ended.abort(new LateError(`not done within ${limitMs / 1_000} s`)),
    () => undefined,
  );
  try {
    return await Promise.race([call(ended.signal), rejectOn(ended.signal)]);
  } catch (error) {
    // What a call makes of its being aborted is of no interest.
    throw ended.signal.aborted ? ended.signal.reason : error;
  } finally {
    timer.abort();
    signal.removeEventListener('abort', stop);
  }
}

function rejectOn(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
}
