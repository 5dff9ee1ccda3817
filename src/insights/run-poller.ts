import { type BatchOutcome, chunksOf, MAX_BATCH_PARTS, sendBatch } from '../graph/batch.ts';
import type { GraphClient } from '../graph/client.ts';
import { GraphError } from '../graph/graph-error.ts';
import type { CallContext } from '../graph/send.ts';
import { nextPollDelayMs } from './job-pace.ts';
import { readRunStatus } from './job-status.ts';
import { toGraphError } from './report-error.ts';
import type { ReportOutcome } from './report-outcome.ts';

/** A run that can not be asked about this often in a row is given up. */
const MAX_POLL_ERRORS = 5;
/** Runs due within this share of their own wait are polled along with those due now. */
const EARLY_SHARE = 0.4;
/** A run that a limit lets nobody ask about is given up this much later; limits are waited out as long elsewhere. */
const LIMITS_GRACE_MS = 120 * 60_000;

export interface WatchedRun {
  readonly runId: string;
  readonly timeoutMs: number;
  readonly context?: CallContext;
}

interface Watch extends WatchedRun {
  readonly startedAtMs: number;
  readonly settle: (outcome: ReportOutcome) => void;
  readonly abandon: (error: unknown) => void;
  percent: number;
  percentChangedAtMs: number;
  delayMs: number;
  dueAtMs: number;
  errors: number;
}

/** Polls all runs of an account together, in batches of 50, each run as often as its age and progress deserve. Idle while nothing runs. */
export class RunPoller {
  readonly #graph: GraphClient;
  readonly #accountId: string;
  readonly #watches = new Set<Watch>();
  #isPolling = false;
  #nap: AbortController | undefined;

  constructor(graph: GraphClient, accountId: string) {
    this.#graph = graph;
    this.#accountId = accountId;
  }

  /** Resolves when the run has ended or its time is over; every wait ends. Rejects when the token dies or the sync is stopped. */
  watch(run: WatchedRun): Promise<ReportOutcome> {
    const nowMs = this.#graph.runtime.clock.now();
    const delayMs = nextPollDelayMs({ ageMs: 0, percent: 0, sincePercentChangedMs: 0, usedPercent: this.#usedPercent });
    return new Promise((settle, abandon) => {
      this.#watches.add({
        ...run,
        settle,
        abandon,
        startedAtMs: nowMs,
        percent: 0,
        percentChangedAtMs: nowMs,
        delayMs,
        dueAtMs: nowMs + delayMs,
        errors: 0,
      });
      this.#nap?.abort();
      void this.#poll();
    });
  }

  async #poll(): Promise<void> {
    if (this.#isPolling) return;
    this.#isPolling = true;
    try {
      while (this.#watches.size > 0) {
        await this.#sleepUntilDue();
        for (const chunk of chunksOf(this.#listDue(), MAX_BATCH_PARTS)) await this.#ask(chunk);
      }
    } catch (error) {
      for (const watch of this.#watches) watch.abandon(error);
      this.#watches.clear();
    } finally {
      this.#isPolling = false;
    }
  }

  async #sleepUntilDue(): Promise<void> {
    const { clock, signal } = this.#graph.runtime;
    const waitMs = Math.min(...[...this.#watches].map(({ dueAtMs }) => dueAtMs)) - clock.now();
    signal.throwIfAborted();
    if (waitMs <= 0) return;
    this.#nap = new AbortController();
    try {
      await clock.sleep(waitMs, AbortSignal.any([signal, this.#nap.signal]));
    } catch {
      // Either a new run came, which may be due earlier, or the sync is to stop.
      signal.throwIfAborted();
    } finally {
      this.#nap = undefined;
    }
  }

  #listDue(): Watch[] {
    const nowMs = this.#graph.runtime.clock.now();
    if (![...this.#watches].some(({ dueAtMs }) => dueAtMs <= nowMs)) return [];
    return [...this.#watches].filter(({ dueAtMs, delayMs }) => dueAtMs - delayMs * EARLY_SHARE <= nowMs);
  }

  async #ask(watches: readonly Watch[]): Promise<void> {
    const outcomes = await this.#sendPolls(watches);
    for (const [index, watch] of watches.entries()) {
      const outcome = outcomes[index];
      if (outcome?.ok) this.#note(watch, outcome.body);
      else this.#noteError(watch, outcome?.error);
    }
  }

  async #sendPolls(watches: readonly Watch[]): Promise<readonly BatchOutcome[]> {
    const context = watches.find((watch) => watch.context !== undefined)?.context;
    const requests = watches.map(({ runId }) => ({ path: runId }));
    try {
      return await sendBatch(this.#graph, requests, {
        account: this.#accountId,
        useCase: 'ads_insights',
        // Who is not answered now is asked again when its turn comes.
        rounds: 1,
        ...(context === undefined ? {} : { context }),
      });
    } catch (error) {
      if (!(error instanceof GraphError) || error.failure === 'expired_token') throw error;
      return watches.map(() => ({ ok: false, error }));
    }
  }

  #note(watch: Watch, body: unknown): void {
    const nowMs = this.#graph.runtime.clock.now();
    const status = readRunStatus(body);
    watch.errors = 0;
    if (status.percent !== watch.percent) {
      watch.percent = status.percent;
      watch.percentChangedAtMs = nowMs;
    }
    if (status.state === 'completed') this.#settle(watch, { type: 'completed', runId: watch.runId });
    else if (status.state === 'skipped') this.#settle(watch, { type: 'skipped' });
    else if (status.state === 'failed') {
      const error = toGraphError(status.error);
      this.#settle(watch, error === undefined ? { type: 'failed' } : { type: 'failed', error });
    } else this.#schedule(watch, nowMs);
  }

  #noteError(watch: Watch, error: GraphError | undefined): void {
    const nowMs = this.#graph.runtime.clock.now();
    if (error?.failure === 'throttled') {
      // A limit says nothing about the run, which may well be done.
      if (nowMs - watch.startedAtMs >= watch.timeoutMs + LIMITS_GRACE_MS) this.#settle(watch, { type: 'hidden', error });
      else this.#plan(watch, nowMs);
      return;
    }
    watch.errors += 1;
    if (watch.errors >= MAX_POLL_ERRORS) this.#settle(watch, describeGivenUp(error));
    else this.#schedule(watch, nowMs);
  }

  /** The status comes first: a run that is late but done has been settled before. */
  #schedule(watch: Watch, nowMs: number): void {
    if (nowMs - watch.startedAtMs >= watch.timeoutMs) this.#settle(watch, { type: 'timed_out' });
    else this.#plan(watch, nowMs);
  }

  #plan(watch: Watch, nowMs: number): void {
    const ageMs = nowMs - watch.startedAtMs;
    const { percent } = watch;
    const sincePercentChangedMs = nowMs - watch.percentChangedAtMs;
    watch.delayMs = nextPollDelayMs({ ageMs, percent, sincePercentChangedMs, usedPercent: this.#usedPercent });
    watch.dueAtMs = nowMs + watch.delayMs;
  }

  /** Of the account's calls. */
  get #usedPercent(): number {
    return this.#graph.limits.usageOf(this.#accountId, 'ads_insights').percent;
  }

  #settle(watch: Watch, outcome: ReportOutcome): void {
    this.#watches.delete(watch);
    watch.settle(outcome);
  }
}

/** A run that is not found, or whose status is too much for Meta, may do better as another report: then the failure is of the poll alone. */
function describeGivenUp(error: GraphError | undefined): ReportOutcome {
  const isOfPoll = error === undefined || error.failure === 'missing' || error.failure === 'too_much_data';
  return isOfPoll ? { type: 'failed' } : { type: 'failed', error };
}
