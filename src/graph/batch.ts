import { callBatch } from './batch-call.ts';
import type { GraphClient } from './client.ts';
import { followEdges } from './follow-edges.ts';
import { GraphError } from './graph-error.ts';
import { RetryBudget } from './retry-budget.ts';
import type { CallContext, GraphRequest, PageSlot, UseCase } from './send.ts';

/** Meta's maximum; one part more fails the whole batch. https://developers.facebook.com/docs/graph-api/batch-requests */
export const MAX_BATCH_PARTS = 50;

export interface BatchOptions {
  /** All parts use this account's quota. */
  readonly account?: string;
  readonly useCase?: UseCase;
  readonly context?: CallContext;
  /** Of the page that the answers make up. */
  readonly slot?: PageSlot;
  /** How often a part is asked at most, whatever became of it; by default as the retry policies say. */
  readonly rounds?: number;
}

export type BatchOutcome<B = unknown> =
  | { readonly ok: true; readonly body: B }
  | { readonly ok: false; readonly error: GraphError };

/**
 * Sends requests in batches of at most 50 and answers in their order. Each part is classified on its own. Parts that were not answered (`null`) or failed
 * in passing are asked again a few times, throttled ones for up to 2 h. A batch that is too much for Meta is halved. Edges in the answers that have further
 * pages are followed to their end, those nested in objects too: then their `data` is whole and `paging` is gone; where that fails, the part has failed.
 * Rejects only where no part could be answered, or the token is dead.
 */
export async function sendBatch<B = unknown>(
  graph: GraphClient,
  requests: readonly GraphRequest[],
  options: BatchOptions = {},
): Promise<BatchOutcome<B>[]> {
  const outcomes = await askInRounds<B>(graph, requests, options);
  return followEdges(requests, outcomes, (pages) => askInRounds(graph, pages, options));
}

/**
 * Sends requests in batches and answers in their order. Parts that were not answered, failed in passing or met a limit are asked again, each within
 * budgets of its own. Rejects where no part could be answered, or the token is dead.
 */
async function askInRounds<B>(
  graph: GraphClient,
  requests: readonly GraphRequest[],
  options: BatchOptions,
): Promise<BatchOutcome<B>[]> {
  const rounds = new Rounds<B>(graph, requests, options);
  for (let round = 1; ; round += 1) {
    await rounds.ask();
    if (!rounds.isOpen || round >= (options.rounds ?? Number.POSITIVE_INFINITY)) return rounds.outcomes;
    await rounds.rest();
  }
}

class Rounds<B> {
  readonly outcomes: BatchOutcome<B>[];
  readonly #graph: GraphClient;
  readonly #requests: readonly GraphRequest[];
  readonly #options: BatchOptions;
  readonly #budgets = new Map<number, RetryBudget>();
  #isAnswered = false;
  #open: number[];
  #passingWaitMs = 0;
  #limitWaitMs = 0;

  constructor(graph: GraphClient, requests: readonly GraphRequest[], options: BatchOptions) {
    this.#graph = graph;
    this.#requests = requests;
    this.#options = options;
    this.#open = requests.map((_, index) => index);
    this.outcomes = new Array<BatchOutcome<B>>(requests.length);
  }

  get isOpen(): boolean {
    return this.#open.length > 0;
  }

  /** Asks for every open part once. Those that may be asked again stay open. */
  async ask(): Promise<void> {
    const asked = this.#open;
    this.#open = [];
    for (const [number, chunk] of chunksOf(asked, MAX_BATCH_PARTS).entries()) {
      const parts = chunk.map((index) => this.#requests[index] as GraphRequest);
      try {
        const outcomes = await callBatch<B>(this.#graph, parts, this.#options);
        for (const [position, index] of chunk.entries()) this.#note(index, outcomes[position] as BatchOutcome<B>);
      } catch (error) {
        this.#failRest(asked.slice(number * MAX_BATCH_PARTS), error);
        return;
      }
    }
  }

  /** Waits until the open parts may be asked again. */
  async rest(): Promise<void> {
    const { clock, signal } = this.#graph.runtime;
    const { context, slot } = this.#options;
    // Where the limiter knows of the limit it holds the next batch back, and tells; waiting here as well would add the waits up.
    const limitWaitMs = this.#graph.limits.findHold(this.#options)?.type === 'blocked' ? 0 : this.#limitWaitMs;
    if (limitWaitMs > 0) context?.onRateLimited?.(clock.now() + limitWaitMs);
    if (context) context.meter.retries += 1;
    const waitMs = Math.max(limitWaitMs, this.#passingWaitMs);
    this.#limitWaitMs = 0;
    this.#passingWaitMs = 0;
    if (waitMs <= 0) return;
    slot?.release();
    await clock.sleep(waitMs, signal);
  }

  #note(index: number, outcome: BatchOutcome<B>): void {
    this.#isAnswered = true;
    this.outcomes[index] = outcome;
    if (outcome.ok) return;
    const { failure, details } = outcome.error;
    if (failure !== 'throttled' && failure !== 'transient') return;
    const budget = this.#budgets.get(index) ?? new RetryBudget(this.#graph.runtime, this.#graph.patience);
    this.#budgets.set(index, budget);
    const waitMs = budget.planWaitMs(failure === 'throttled' ? 'throttled' : 'part', details.retryAfterMs);
    if (waitMs === undefined) return;
    this.#open.push(index);
    if (failure === 'throttled') this.#limitWaitMs = Math.max(this.#limitWaitMs, waitMs);
    else this.#passingWaitMs = Math.max(this.#passingWaitMs, waitMs);
  }

  /** A batch as a whole has failed after the client's own retries: what was answered before is kept, the rest fails with it. */
  #failRest(indexes: readonly number[], error: unknown): void {
    if (!this.#isAnswered || !(error instanceof GraphError) || error.failure === 'expired_token') throw error;
    for (const index of indexes) this.outcomes[index] = { ok: false, error };
    this.#open = [];
  }
}

export function chunksOf<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}
