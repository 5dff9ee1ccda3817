import type { Runtime } from '../runtime.ts';
import { findErrorRow } from './error-table.ts';
import { GraphError } from './graph-error.ts';
import { findNetworkCode, isUnsent } from './network-code.ts';
import { RetryBudget } from './retry-budget.ts';
import { type Patience, type RetryPolicyName, selectPolicyName } from './retry-policy.ts';
import type { GraphRequest, GraphResponse, Layer } from './send.ts';

/**
 * Sends a failed call again, as the policy of its failure says. What is not a `GraphError` (the runtime was told to stop) goes through at once.
 */
export function createRetry(runtime: Runtime, options: { readonly patience: Patience }): Layer {
  const { clock, log, signal } = runtime;

  async function waitAgain(request: GraphRequest, error: GraphError, waitMs: number): Promise<void> {
    const text = `${request.path || 'a batch'} failed (${error.label}): sent again in ${Math.ceil(waitMs / 1_000)} s`;
    log.info(text, { failure: error.failure, reason: error.message, waitMs: Math.round(waitMs) });
    if (error.failure === 'throttled') request.context?.onRateLimited?.(clock.now() + waitMs);
    await clock.sleep(waitMs, signal);
    if (request.context) request.context.meter.retries += 1;
  }

  return (next) =>
    async <B>(request: GraphRequest): Promise<GraphResponse<B>> => {
      const budget = new RetryBudget(runtime, options.patience);
      for (;;) {
        try {
          return await next<B>(request);
        } catch (error) {
          if (!(error instanceof GraphError) || !isRepeatable(request, error)) throw error;
          const waitMs = budget.planWaitMs(policyNameOf(error, request), error.details.retryAfterMs);
          if (waitMs === undefined || (error.failure === 'throttled' && isTooLate(request, clock.now() + waitMs))) throw error;
          await waitAgain(request, error, waitMs);
        }
      }
    };
}

/** Where a walk's position can stand in a request. */
const CURSOR_PARAMS = ['after', 'offset', '__paging_token', '__after_id'] as const;

/**
 * An error that the call gave no cause for is a hiccup of Meta's: a dead cursor where none was sent, or too much data where a single object was asked for.
 * Where there was cause, the walk has better remedies than another try.
 */
function isUncalledFor(error: GraphError, { method = 'GET', params = {} }: GraphRequest): boolean {
  if (error.details.remedy === 'restart_walk') return !CURSOR_PARAMS.some((name) => params[name] !== undefined);
  return error.failure === 'too_much_data' && method === 'GET' && params['limit'] === undefined;
}

function isTooLate({ limitsUntilMs }: GraphRequest, resumeAtMs: number): boolean {
  return limitsUntilMs !== undefined && resumeAtMs > limitsUntilMs;
}

function policyNameOf(error: GraphError, request: GraphRequest): RetryPolicyName {
  if (isUncalledFor(error, request)) return 'brief';
  const { code, subcode, failure } = error.details;
  const row = findErrorRow({ code, subcode, message: error.message });
  return selectPolicyName(failure, row?.failure === failure ? row.policy : undefined);
}

/** A call that must not be made twice is sent again only where it was refused for a limit, or never left. */
function isRepeatable(request: GraphRequest, error: GraphError): boolean {
  if (request.idempotent !== false) return true;
  return error.failure === 'throttled' || isUnsent(findNetworkCode(error.details.cause));
}
