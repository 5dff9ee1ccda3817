import { Semaphore } from '../flow/semaphore.ts';
import type { Runtime } from '../runtime.ts';
import { createLimiter } from './limiter.ts';
import { Limits } from './limits.ts';
import { createRetry } from './retry.ts';
import type { Patience } from './retry-policy.ts';
import type { Send } from './send.ts';
import { ServerClock } from './server-clock.ts';
import { createTransport } from './transport.ts';
import { readUsage } from './usage.ts';
import { checkGraphVersion, DEFAULT_GRAPH_URL, DEFAULT_GRAPH_VERSION } from './version.ts';

const DEFAULT_CONCURRENCY = 8;
/** Pages asked for or not yet taken, of all walks together: what memory is bounded by, however many streams and accounts are read. */
const PAGES_IN_FLIGHT = 8;

export interface GraphClientOptions {
  readonly accessToken: string;
  /** With it, every call carries a proof that it comes from the app. */
  readonly appSecret?: string;
  /** Default `https://graph.facebook.com`. */
  readonly url?: string;
  /** Default `v25.0`. */
  readonly version?: string;
  /** 'wait', the default, waits limits out; 'give_up' fails at once, for those who want to know soon. */
  readonly patience?: Patience;
  /** Calls under way for one account. Default 8. */
  readonly concurrency?: number;
  /** The knowledge of Meta's quotas, where somebody else reads it too. Default a new one. */
  readonly limits?: Limits;
}

export interface GraphClient {
  readonly send: Send;
  readonly version: string;
  readonly runtime: Runtime;
  readonly patience: Patience;
  /** A walk holds a place from the sending of a page's request until the page has been taken, but never while a limit holds it back. */
  readonly pageSlots: Semaphore;
  readonly limits: Limits;
  readonly serverClock: ServerClock;
}

/**
 * A client of its own quotas, retries and secrets: nothing is shared between two. Throws a `GraphError` (invalid, expired_token) for options that no
 * call can be made with.
 */
export function createGraphClient(runtime: Runtime, options: GraphClientOptions): GraphClient {
  const { accessToken, appSecret, patience = 'wait', concurrency = DEFAULT_CONCURRENCY } = options;
  const version = checkGraphVersion(options.version ?? DEFAULT_GRAPH_VERSION);
  const limits = options.limits ?? new Limits(runtime.clock);
  const serverClock = new ServerClock(runtime.clock);
  const transport = createTransport(runtime, {
    accessToken: accessToken.trim(),
    ...(appSecret === undefined ? {} : { appSecret: appSecret.trim() }),
    url: (options.url ?? DEFAULT_GRAPH_URL).replace(/\/+$/, ''),
    version,
    onHeaders: (headers, request) => {
      limits.note(readUsage(headers, request.account));
      serverClock.note(headers);
    },
  });
  const limit = createLimiter(runtime, { limits, patience, concurrency });
  const retry = createRetry(runtime, { patience });
  const send = retry(limit(transport));
  return { send, version, runtime, patience, limits, serverClock, pageSlots: new Semaphore(PAGES_IN_FLIGHT) };
}
