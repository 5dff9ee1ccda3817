import type { FetchHeaders } from '../runtime.ts';
import type { FormDraft } from './form-draft.ts';
import type { OpenRows } from './row-reader.ts';

/** The shapes every layer of the Graph client shares. A layer takes a `Send` and returns one. */

/** Meta's business use cases: each has its own quota for each ad account. Section "Business Use Case Rate Limits" of the Graph API documentation. */
export type UseCase = 'ads_management' | 'ads_insights' | 'custom_audience';

export type GraphParam = string | number | boolean | readonly unknown[] | { readonly [key: string]: unknown };

export interface GraphRequest {
  /** Default GET. */
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** Without host, version and leading slash: `act_1/campaigns`; empty for the batch endpoint. */
  readonly path: string;
  /** Strings go as they are, everything else as JSON. In the query of a GET, in the form body otherwise. */
  readonly params?: Readonly<Record<string, GraphParam | undefined>>;
  /** What the form body begins with; `params` come after it. Not for a GET, nor for a part of a batch. */
  readonly form?: FormDraft;
  /** The ad account whose quota is used, digits without `act_`; absent for calls of no account. */
  readonly account?: string;
  /** Default `ads_management`. */
  readonly useCase?: UseCase;
  /** False for a POST that creates something each time it is sent: it is sent again only where Meta surely did nothing. Default true. */
  readonly idempotent?: boolean;
  /** Limits are not waited out beyond this moment (epoch milliseconds): the call fails as throttled as soon as one lasts longer. */
  readonly limitsUntilMs?: number;
  /** Reads the rows of the answer, where it is a page, from their text. */
  readonly openRows?: OpenRows;
  /** Whom the call is made for. */
  readonly context?: CallContext;
  /** The place its answer takes in memory, where that is bounded. Taken by the limiter, given back by whoever asked for the page. */
  readonly slot?: PageSlot;
}

/**
 * A place among the answers that may be in memory at a time. The limiter takes it when no limit holds the call back any more, and gives it back when the
 * call fails or has to wait, so that nobody waits for a limit with a place in hand. After a success it stays taken.
 */
export interface PageSlot {
  /** Resolves at once where the place is taken already. Rejects with the signal's reason. */
  acquire(signal: AbortSignal): Promise<void>;
  /** Does nothing where no place is taken. */
  release(): void;
}

/** Travels with each request made for one reader (a stream), so that costs and waits are told to the right one. */
export interface CallContext {
  readonly meter: CallMeter;
  /** A limit holds the call back until `resumeAtMs` (epoch milliseconds). */
  readonly onRateLimited?: (resumeAtMs: number) => void;
}

/** Mutable on purpose: a reader hands it in and reads the sums afterwards. */
export interface CallMeter {
  /** HTTP requests, retries included. */
  calls: number;
  /** Parts of batch requests; each consumes quota as a call does. */
  parts: number;
  /** Bytes of response bodies after decompression. */
  bytes: number;
  retries: number;
}

export interface GraphResponse<B = unknown> {
  readonly status: number;
  readonly headers: FetchHeaders;
  readonly body: B;
  /** Size of the body after decompression. */
  readonly bytes: number;
}

/** Resolves with a successful answer, rejects with a `GraphError`. */
export type Send = <B>(request: GraphRequest) => Promise<GraphResponse<B>>;
export type Layer = (next: Send) => Send;
