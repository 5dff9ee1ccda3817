import { RetryBudget } from '../../graph/retry-budget.ts';
import type { Patience } from '../../graph/retry-policy.ts';
import type { Runtime } from '../../runtime.ts';
import { callWithin } from './call-within.ts';
import { toS3Error } from './s3-error.ts';
import { isPassing, nameAnswer, readS3Failure } from './s3-failure.ts';

export interface CallOptions {
  /** Whether hiccups are waited out, or told of soon. */
  readonly patience: Patience;
  /** Each try's time. */
  readonly limitMs: number;
}

/**
 * Makes a call to the storage, which must bear being made twice: again after failures that pass, as often and with such waits as the project does towards
 * Meta. Rejects with a `ConnectorError`, or with the runtime signal's reason.
 */
export async function callStorage<T>(
  runtime: Runtime,
  { patience, limitMs }: CallOptions,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { clock, log, signal } = runtime;
  const budget = new RetryBudget(runtime, patience);
  for (;;) {
    try {
      return await callWithin(runtime, limitMs, call);
    } catch (error) {
      signal.throwIfAborted();
      const failure = readS3Failure(error);
      const waitMs = isPassing(failure) ? budget.planWaitMs('transient', undefined) : undefined;
      if (waitMs === undefined) throw toS3Error(failure);
      log.info(`The storage for rejected rows failed (${nameAnswer(failure)}): tried again in ${Math.ceil(waitMs / 1_000)} s`, {
        ...failure,
      });
      await clock.sleep(waitMs, signal);
    }
  }
}
