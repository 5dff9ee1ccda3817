import type { Runtime } from '../runtime.ts';

/** The platform gives a check nine minutes; this leaves time to say what was found. */
export const CHECK_DEADLINE_MS = 8 * 60_000;

export interface TimedRun {
  /** Its signal aborts when the time is over, too. */
  readonly runtime: Runtime;
  /** Aborts when the time is over. */
  readonly deadline: AbortSignal;
  /** The same, epoch milliseconds. */
  readonly deadlineMs: number;
}

/** Everything a check does ends with its deadline, waits and hanging answers too. */
export async function runTimed<T>(runtime: Runtime, work: (timed: TimedRun) => Promise<T>): Promise<T> {
  const deadline = new AbortController();
  const done = new AbortController();
  const deadlineMs = runtime.clock.now() + CHECK_DEADLINE_MS;
  const timer = runtime.clock.sleep(CHECK_DEADLINE_MS, AbortSignal.any([runtime.signal, done.signal])).then(
    () => deadline.abort(new Error('the check ran out of time')),
    () => undefined,
  );
  const timed: Runtime = { ...runtime, signal: AbortSignal.any([runtime.signal, deadline.signal]) };
  try {
    return await work({ runtime: timed, deadline: deadline.signal, deadlineMs });
  } finally {
    done.abort();
    await timer;
  }
}
