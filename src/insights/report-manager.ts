import type { GraphClient } from '../graph/client.ts';
import { GraphError } from '../graph/graph-error.ts';
import type { CallContext } from '../graph/send.ts';
import { AccountCapacity } from './account-capacity.ts';
import type { InsightsSlice } from './query.ts';
import { createReport, describeReport } from './report.ts';
import type { ReportOutcome } from './report-outcome.ts';
import { RunPoller } from './run-poller.ts';

export interface ReportOrder {
  readonly slice: InsightsSlice;
  /** After this long without an end, the run is left behind. */
  readonly timeoutMs: number;
  readonly context?: CallContext;
  /** The slice failed before: the report is made anew rather than shared. */
  readonly isRepeat: boolean;
}

/**
 * Makes reports and waits for them: one manager for a whole sync, over streams and accounts. Each account has a number of reports under way that follows
 * Meta's own readings, and its runs are polled together. Equal orders of different streams share one report.
 */
export class ReportManager {
  readonly #graph: GraphClient;
  readonly #capacity: AccountCapacity;
  /** One for each account, so that the limits of one hold back no other. */
  readonly #pollers = new Map<string, RunPoller>();
  readonly #shared = new Map<string, Promise<ReportOutcome>>();

  constructor(graph: GraphClient) {
    this.#graph = graph;
    this.#capacity = new AccountCapacity(graph.runtime.clock, (account) => graph.limits.loadOf(account, 'ads_insights'));
  }

  /** One attempt. Resolves with its end; rejects only for what no other attempt can mend: a dead token, or a stop. */
  run(order: ReportOrder): Promise<ReportOutcome> {
    if (order.isRepeat) return this.#attempt(order);
    const key = JSON.stringify([order.slice.accountId, describeReport(order.slice)]);
    const known = this.#shared.get(key);
    if (known !== undefined) return known;
    const attempt = this.#attempt(order);
    this.#shared.set(key, attempt);
    // A run can be read again, but a failure is shared only with those who wait for it now.
    attempt.then(
      ({ type }) => type !== 'completed' && this.#shared.delete(key),
      () => this.#shared.delete(key),
    );
    return attempt;
  }

  async #attempt({ slice, timeoutMs, context }: ReportOrder): Promise<ReportOutcome> {
    using place = await this.#capacity.enter({ accountId: slice.accountId, reader: context });
    this.#graph.runtime.signal.throwIfAborted();
    let runId: string;
    try {
      runId = await createReport(this.#graph, slice, context);
    } catch (error) {
      if (!(error instanceof GraphError) || error.failure === 'expired_token') throw error;
      return { type: 'refused', error };
    }
    place.noteMade();
    // Awaited here: the place is given back only when the run has ended.
    return await this.#pollerOf(slice.accountId).watch({ runId, timeoutMs, ...(context === undefined ? {} : { context }) });
  }

  #pollerOf(accountId: string): RunPoller {
    const known = this.#pollers.get(accountId);
    if (known !== undefined) return known;
    const poller = new RunPoller(this.#graph, accountId);
    this.#pollers.set(accountId, poller);
    return poller;
  }
}
