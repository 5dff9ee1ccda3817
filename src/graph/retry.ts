import type { Runtime } from '../runtime.ts';
import { findErrorRow } from './error-table.ts';
import { GraphError } from './graph-error.ts';
import { findNetworkCode, isUnsent } from './network-code.ts';
import { computeWaitMs, findPolicy, type Patience, type RetryPolicyName, selectPolicyName } from './retry-policy.ts';
import type { GraphRequest, GraphResponse, Layer } from './send.ts';

/** Meta's longer hints are tried after an hour: they are estimates. */
const MAX_HINT_MS = 60 * 60_000;

/**
 * Sends a failed call again, as the policy of its failure says; each policy has its own count and its own budget, so that a hiccup during a limit costs
 * the limit nothing. What is not a `GraphError` (the runtime was told to stop) goes through at once.
 */
export function createRetry(runtime: Runtime, options: { readonly patience: Patience }): Layer {
  const { clock, log, random, signal } = runtime;

  /** The wait before the next try, or undefined where there is none. */
  function planWaitMs(request: GraphRequest, error: GraphError, failures: FailureCounts): number | undefined {
    const name = policyNameOf(error);
    const policy = findPolicy(name, options.patience);
    const count = failures.count(name, clock.now());
    if (count.tries >= policy.tries || !isRepeatable(request, error)) return undefined;
    const hintMs = error.details.retryAfterMs === undefined ? undefined : Math.min(MAX_HINT_MS, error.details.retryAfterMs);
    const waitMs = computeWaitMs(policy, { tries: count.tries, random: random(), hintMs });
    return clock.now() + waitMs - count.sinceMs > policy.budgetMs ? undefined : waitMs;
  }

  async function waitAgain(request: GraphRequest, error: GraphError, waitMs: number): Promise<void> {
    const text = `Meta's answer ${error.label} to ${request.path || 'a batch'}: sent again in ${Math.ceil(waitMs / 1_000)} s`;
    log.info(text, { failure: error.failure, reason: error.message, waitMs: Math.round(waitMs) });
    if (error.failure === 'throttled') request.context?.onRateLimited?.(clock.now() + waitMs);
    await clock.sleep(waitMs, signal);
    if (request.context) request.context.meter.retries += 1;
  }

  return (next) =>
    async <B>(request: GraphRequest): Promise<GraphResponse<B>> => {
      const failures = new FailureCounts();
      for (;;) {
        try {
          return await next<B>(request);
        } catch (error) {
          if (!(error instanceof GraphError)) throw error;
          const waitMs = planWaitMs(request, error, failures);
          if (waitMs === undefined) throw error;
          await waitAgain(request, error, waitMs);
        }
      }
    };
}

/** The failures of one call, by policy. */
class FailureCounts {
  readonly #counts = new Map<RetryPolicyName, { tries: number; sinceMs: number }>();

  count(name: RetryPolicyName, nowMs: number): { readonly tries: number; readonly sinceMs: number } {
    const count = this.#counts.get(name) ?? { tries: 0, sinceMs: nowMs };
    count.tries += 1;
    this.#counts.set(name, count);
    return count;
  }
}

function policyNameOf(error: GraphError): RetryPolicyName {
  const { code, subcode, failure } = error.details;
  const row = findErrorRow({ code, subcode, message: error.message });
  return selectPolicyName(failure, row?.failure === failure ? row.policy : undefined);
}

/** A call that must not be made twice is sent again only where it was refused for a limit, or never left. */
function isRepeatable(request: GraphRequest, error: GraphError): boolean {
  if (request.idempotent !== false) return true;
  return error.failure === 'throttled' || isUnsent(findNetworkCode(error.details.cause));
}
