import Bottleneck from 'bottleneck/light.js';
import type { Runtime } from '../runtime.ts';
import { GraphError } from './graph-error.ts';
import type { Limits } from './limits.ts';
import { findThrottledPart } from './limits-batch.ts';
import type { Hold } from './limits-quota.ts';
import type { Patience } from './retry-policy.ts';
import type { GraphRequest, GraphResponse, Layer, Send } from './send.ts';
import { readBatchUsage } from './usage.ts';

export interface LimiterOptions {
  readonly limits: Limits;
  /** 'give_up' fails at once where a limit holds the call back. */
  readonly patience: Patience;
  /** Calls under way for one account. */
  readonly concurrency: number;
}

/** Bottleneck forgets an account without calls after this long; a call never takes as long. */
const FORGET_AFTER_MS = 60 * 60_000;
/** A call that limits have held back this long fails as throttled; what was read so far is kept by its reader. */
const MAX_HELD_MS = 120 * 60_000;
/** Shorter waits are not worth telling. */
const TOLD_FROM_MS = 1_000;
const ADVICE = 'Meta limits how much this app may ask for at the moment; run the sync again later.';

/** Sends each account's calls a few at a time, none while a limit holds, and fewer near one. */
export function createLimiter(runtime: Runtime, options: LimiterOptions): Layer {
  const { clock, signal } = runtime;
  const { limits, patience } = options;
  const group = new Bottleneck.Group({ maxConcurrent: options.concurrency, timeout: FORGET_AFTER_MS });

  async function waitForHold(request: GraphRequest, hold: Hold): Promise<void> {
    if (hold.type === 'probing') return hold.done;
    tell(request, hold.untilMs);
    await clock.sleep(hold.untilMs - clock.now(), signal);
  }

  async function waitForRoom(request: GraphRequest, startedAtMs: number): Promise<void> {
    for (let hold = limits.findHold(request); hold !== undefined; hold = limits.findHold(request)) {
      const heldMs = clock.now() - startedAtMs;
      request.slot?.release();
      const isTooLong = heldMs >= MAX_HELD_MS || outlasts(hold, request.limitsUntilMs, clock.now());
      if (patience === 'give_up' || isTooLong) throw createHeldError(hold, clock.now());
      await waitForHold(request, hold);
      signal.throwIfAborted();
    }
  }

  async function keepPace(request: GraphRequest): Promise<void> {
    if (patience === 'give_up') return;
    const waitMs = limits.pace(request);
    if (waitMs <= 0) return;
    request.slot?.release();
    tell(request, clock.now() + waitMs);
    await clock.sleep(waitMs, signal);
  }

  function tell(request: GraphRequest, resumeAtMs: number): void {
    if (resumeAtMs - clock.now() > TOLD_FROM_MS) request.context?.onRateLimited?.(resumeAtMs);
  }

  /**
   * The page's slot is taken before the account's place in the queue: a call that stands in the queue, or is under way, waits for no slot, so whoever
   * holds a slot and makes another call for the account gets through.
   */
  async function sendInTurn<B>(next: Send, request: GraphRequest): Promise<GraphResponse<B> | undefined> {
    await request.slot?.acquire(signal);
    try {
      // Asked for each time: a limiter that the group has forgotten takes no calls.
      return await group.key(request.account ?? 'none').schedule(() => sendIfFree<B>(next, request));
    } catch (error) {
      request.slot?.release();
      throw error;
    }
  }

  /** Undefined where a hold came up while the call stood in the queue. */
  async function sendIfFree<B>(next: Send, request: GraphRequest): Promise<GraphResponse<B> | undefined> {
    signal.throwIfAborted();
    const pass = limits.enter(request);
    if (!pass) return undefined;
    let isSuccess = false;
    try {
      const response = await next<B>(request);
      limits.note(readBatchUsage(response.body, request.account));
      const throttled = findThrottledPart(response.body);
      if (throttled) limits.block(throttled, request);
      isSuccess = throttled === undefined;
      return response;
    } catch (error) {
      if (error instanceof GraphError && error.failure === 'throttled') limits.block(error, request);
      throw error;
    } finally {
      pass.end({ isSuccess });
    }
  }

  return (next) =>
    async <B>(request: GraphRequest): Promise<GraphResponse<B>> => {
      const startedAtMs = clock.now();
      await waitForRoom(request, startedAtMs);
      await keepPace(request);
      for (;;) {
        const response = await sendInTurn<B>(next, request);
        if (response) return response;
        await waitForRoom(request, startedAtMs);
      }
    };
}

/** The hold is known to last, or has lasted, longer than the call may wait. */
function outlasts(hold: Hold, limitsUntilMs: number | undefined, nowMs: number): boolean {
  if (limitsUntilMs === undefined) return false;
  return hold.type === 'blocked' ? hold.untilMs > limitsUntilMs : nowMs >= limitsUntilMs;
}

function createHeldError(hold: Hold, nowMs: number): GraphError {
  const waitMs = hold.type === 'blocked' ? Math.max(0, hold.untilMs - nowMs) : undefined;
  const text = waitMs === undefined ? 'until its limit has been tried' : `for ${Math.ceil(waitMs / 1_000)} s`;
  return new GraphError(`No call is made ${text}: Meta's limit is reached`, {
    failure: 'throttled',
    advice: ADVICE,
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
  });
}
