import { sendBatch } from '../graph/batch.ts';
import type { GraphClient } from '../graph/client.ts';
import { GraphError } from '../graph/graph-error.ts';
import type { GraphRequest } from '../graph/send.ts';

const DAY_MS = 86_400_000;
/** A token that dies sooner than this is worth a word. */
const SOON_MS = 14 * DAY_MS;
export interface TokenReport {
  /** What makes reading impossible; for the user. */
  readonly fault?: string;
  /** What will make it impossible; for the user. */
  readonly warnings: readonly string[];
}

interface DebugToken {
  readonly data?: {
    readonly is_valid?: boolean;
    /** Unix seconds; 0 for never. */
    readonly expires_at?: number;
    readonly data_access_expires_at?: number;
    readonly scopes?: readonly string[];
    readonly error?: { readonly message?: string };
  };
}

/**
 * Asks Meta about the token itself: whether it lives, and has one of the scopes, of which the first is the one to grant. `appGraph` speaks as the app (`<app id>|<app secret>`). The call is a batch of one, because a batch stands in
 * the request's body and a token must not stand in a URL.
 * https://developers.facebook.com/docs/graph-api/reference/debug_token
 */
export async function inspectToken(
  appGraph: GraphClient,
  accessToken: string,
  sufficientScopes: readonly string[],
): Promise<TokenReport> {
  try {
    const request: GraphRequest = { path: 'debug_token', params: { input_token: accessToken } };
    const [outcome] = await sendBatch<DebugToken>(appGraph, [request]);
    if (outcome === undefined || !outcome.ok) return describeSilence(outcome?.error);
    return judgeToken(outcome.body.data, { nowMs: appGraph.runtime.clock.now(), sufficientScopes });
  } catch (error) {
    if (error instanceof GraphError) return describeSilence(error);
    throw error;
  }
}

/** Wrong app credentials say nothing about the token; the accounts will tell. */
function describeSilence(error: GraphError | undefined): TokenReport {
  const reason = error === undefined ? '' : ` (${error.label}: ${error.message})`;
  return { warnings: [`The token could not be inspected with the app's id and secret${reason}.`] };
}

function judgeToken(
  data: DebugToken['data'],
  { nowMs, sufficientScopes }: { readonly nowMs: number; readonly sufficientScopes: readonly string[] },
): TokenReport {
  if (data?.is_valid === false) {
    const reason = data.error?.message === undefined ? '' : ` (${data.error.message})`;
    return { fault: `The access token is not valid${reason}. Authenticate again to get a new one.`, warnings: [] };
  }
  const warnings: string[] = [];
  const { scopes } = data ?? {};
  if (scopes !== undefined && !sufficientScopes.some((scope) => scopes.includes(scope))) {
    return { fault: `The access token lacks the ${sufficientScopes[0]} permission. Grant it and authenticate again.`, warnings };
  }
  const ends = [
    ['The access token', data?.expires_at],
    ["The access token's access to data", data?.data_access_expires_at],
  ] as const;
  for (const [what, seconds] of ends) {
    if (seconds === undefined || seconds === 0) continue;
    const leftMs = seconds * 1000 - nowMs;
    if (leftMs <= SOON_MS)
      warnings.push(`${what} ends on ${new Date(seconds * 1000).toISOString().slice(0, 10)}: authenticate again before.`);
  }
  return { warnings };
}
