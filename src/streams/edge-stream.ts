import { describeFailure } from '../connection/describe-failure.ts';
import { mergeGenerators } from '../flow/merge-generators.ts';
import type { GraphClient } from '../graph/client.ts';
import { FieldMemory } from '../graph/field-memory.ts';
import { PageSize } from '../graph/page-size.ts';
import type { CallContext } from '../graph/send.ts';
import type { AirbyteStream } from '../protocol/messages.ts';
import type { AccountEvent, AccountRead } from './account-reader.ts';
import type { EdgeDefinition } from './edge-definition.ts';
import { type AccountProgress, EdgeState } from './edge-state.ts';
import { formatMetaTime, laterTime, parseMetaTime } from './meta-time.ts';
import { planAccount } from './plan-account.ts';
import { isTokenAtFault } from './probe-token.ts';
import type { RequestShape } from './request-shape.ts';
import { RowFinisher } from './row-finisher.ts';
import type { ReadRequest, Stream, StreamCost, StreamEvent } from './stream.ts';
import type { StreamSettings } from './stream-settings.ts';

/** Accounts of one stream read side by side; the limiter holds each to its own quota. */
const ACCOUNTS_AT_ONCE = 3;
const DEFAULT_PAGE_CEILING = 500;
/** The page size that users rarely choose themselves; a smaller one is taken for a wish. */
const USUAL_PAGE_SIZE = 100;
/** A cursor this far ahead of the clock is no error of clocks. */
const FAR_MS = 86_400_000;
/** The state of a stream that has nothing to resume from; Airbyte's mark for it. */
const NO_CURSOR_STATE = { __ab_no_cursor_state_message: true } as const;

type Outcome =
  | Extract<AccountEvent, { type: 'rows' }>
  | {
      readonly type: 'reached' | 'finished';
      readonly progress: AccountProgress & { readonly shape: RequestShape };
      readonly before?: string;
    }
  | { readonly type: 'failure'; readonly error: unknown };
type AccountOutcome = Outcome & { readonly accountId: string };

/** A stream that lists the objects of each ad account. One account's failure leaves the others alone. */
export class EdgeStream implements Stream {
  readonly #definition: EdgeDefinition;
  readonly #settings: StreamSettings;
  readonly #graph: GraphClient;

  constructor(definition: EdgeDefinition, settings: StreamSettings, graph: GraphClient) {
    this.#definition = definition;
    this.#settings = settings;
    this.#graph = graph;
  }

  get description(): AirbyteStream {
    const { name, schema, primaryKey, cursorField } = this.#definition;
    return {
      name,
      json_schema: schema,
      supported_sync_modes: cursorField === undefined ? ['full_refresh'] : ['full_refresh', 'incremental'],
      ...(primaryKey.length > 0 ? { source_defined_primary_key: primaryKey.map((field) => [field]) } : {}),
      ...(cursorField === undefined
        ? { is_resumable: false }
        : { source_defined_cursor: true, default_cursor_field: [cursorField], is_resumable: true }),
    };
  }

  async *read(request: ReadRequest): AsyncGenerator<StreamEvent, StreamCost> {
    const context: CallContext = {
      meter: { calls: 0, parts: 0, bytes: 0, retries: 0 },
      ...(request.onRateLimited === undefined ? {} : { onRateLimited: request.onRateLimited }),
    };
    const finisher = new RowFinisher({
      definition: this.#definition,
      settings: this.#settings,
      runtime: this.#graph.runtime,
      selected: request.fields,
    });
    // A full refresh reads everything, whatever was read before.
    const state = new EdgeState(this.#definition, this.#settings, request.syncMode === 'incremental' ? request.state : undefined);
    const { log } = this.#graph.runtime;
    for (const fault of state.faults) log.warn(`${this.#definition.name}: ${fault}`);
    const shape = this.#shapeOf(finisher.requestedFields);
    const readers = this.#settings.accountIds.map((accountId) => () => {
      return this.#readAccount({ accountId, state, shape, context, finisher });
    });
    for await (const outcome of mergeGenerators<AccountOutcome>(readers, {
      concurrency: ACCOUNTS_AT_ONCE,
      signal: this.#graph.runtime.signal,
    })) {
      if (outcome.type === 'rows') yield { type: 'rows', ...(await finisher.finish(outcome, outcome.accountId)) };
      else if (outcome.type === 'failure')
        yield { type: 'failure', error: describeFailure(outcome.error, `Ad account ${outcome.accountId}`) };
      else {
        // Only here are the account's rows known to be on their way; its reader may be a page ahead.
        if (outcome.type === 'reached') state.reach(outcome.accountId, outcome.progress);
        else state.finish(outcome.accountId, outcome.progress, outcome.before);
        yield { type: 'checkpoint', state: state.toJSON() };
      }
    }
    finisher.report();
    yield { type: 'checkpoint', state: this.#definition.cursorField === undefined ? NO_CURSOR_STATE : state.toJSON() };
    return { ...context.meter };
  }

  /** Yields the account's events, and its failure as the last one; the token's failure is everybody's and is thrown. */
  async *#readAccount(account: AccountTask): AsyncGenerator<AccountOutcome> {
    const { accountId } = account;
    try {
      for await (const event of this.#readEvents(account)) yield { accountId, ...event };
    } catch (error) {
      if (this.#graph.runtime.signal.aborted) throw error;
      if (await isTokenAtFault(this.#graph, error)) throw describeFailure(error, 'Access token');
      this.#graph.runtime.log.warn(`${this.#definition.name}: ad account ${accountId} could not be read; the others go on`);
      yield { accountId, type: 'failure', error };
    }
  }

  async *#readEvents(account: AccountTask): AsyncGenerator<Outcome> {
    const { accountId, state, shape, context } = account;
    const { requestedFields: fields, openRows } = account.finisher;
    const { log, clock } = this.#graph.runtime;
    const readAtMs = clock.now();
    const plan = planAccount(this.#definition, shape, state.account(accountId));
    if (plan.rereadReason !== undefined) {
      log.info(
        `${this.#definition.name}: ad account ${accountId} is read from the beginning again, because ${plan.rereadReason}`,
      );
      state.forget(accountId);
    }
    if (plan.afterMs !== undefined && plan.afterMs > readAtMs + FAR_MS) {
      log.warn(
        `${this.#definition.name}: the state of ad account ${accountId} names ${new Date(plan.afterMs).toISOString()}, a moment to come: nothing older is read. Reset the stream if that is not what you want`,
      );
    }
    const read: AccountRead = {
      graph: this.#graph,
      definition: this.#definition,
      settings: this.#settings,
      accountId,
      fields,
      context,
      pageSize: this.#startPageSize(),
      memory: new FieldMemory(),
      isResumed: plan.isResumed,
      readAtMs,
      ...(openRows === undefined ? {} : { openRows }),
      ...(plan.afterMs === undefined ? {} : { afterMs: plan.afterMs }),
      ...(this.#settings.endMs === undefined || this.#settings.endMs >= readAtMs ? {} : { untilMs: this.#settings.endMs }),
    };
    yield* this.#followCursor(read, {
      shape,
      before: plan.rereadReason === undefined ? state.account(accountId)?.cursor : undefined,
    });
  }

  /** Turns the reader's events into rows and progress that state can keep. */
  async *#followCursor(
    read: AccountRead,
    start: { readonly shape: RequestShape; readonly before: string | undefined },
  ): AsyncGenerator<Outcome> {
    const { cursorField } = this.#definition;
    const { shape, before } = start;
    let latest: string | undefined;
    let coveredUntilMs: number | undefined;
    for await (const event of this.#definition.read(read)) {
      if (event.type === 'rows') {
        if (cursorField !== undefined) for (const row of event.rows) latest = laterTime(latest, row[cursorField]);
        yield event;
      } else if (event.type === 'seen') {
        for (const cursor of event.cursors) latest = laterTime(latest, cursor);
      } else {
        coveredUntilMs = event.coveredUntilMs;
        if (cursorField !== undefined && coveredUntilMs !== undefined) {
          yield { type: 'reached', progress: { shape, readAt: describeReadAt(read), cursor: formatMetaTime(coveredUntilMs) } };
        }
      }
    }
    if (cursorField === undefined) return;
    const isBeyond = coveredUntilMs !== undefined && parseMetaTime(latest) > coveredUntilMs;
    const isBound = coveredUntilMs !== undefined && (isBeyond || latest === undefined);
    const cursor = isBound ? formatMetaTime(coveredUntilMs as number) : latest;
    yield {
      type: 'finished',
      progress: { shape, readAt: describeReadAt(read), ...(cursor === undefined ? {} : { cursor }) },
      ...(before === undefined ? {} : { before }),
    };
  }

  #shapeOf(fields: readonly string[]): RequestShape {
    const { statusFilter, ignoresStartDate = false } = this.#definition;
    const { startMs, statuses } = this.#settings;
    return {
      fields,
      ...(statusFilter === undefined ? {} : { statuses: statuses[statusFilter.setting] }),
      ...(startMs === undefined || ignoresStartDate ? {} : { startMs }),
    };
  }

  #startPageSize(): PageSize {
    const { pageSize } = this.#settings;
    const ceiling =
      pageSize < USUAL_PAGE_SIZE ? pageSize : Math.max(pageSize, this.#definition.pageCeiling ?? DEFAULT_PAGE_CEILING);
    return new PageSize({ initial: pageSize, ceiling });
  }
}

/** When the read began, by Meta's clock: an overlap that our own clock's error eats up would miss changes. */
function describeReadAt({ graph, readAtMs }: AccountRead): string {
  return new Date(graph.serverClock.toServerMs(readAtMs)).toISOString();
}

interface AccountTask {
  readonly accountId: string;
  readonly state: EdgeState;
  readonly shape: RequestShape;
  readonly context: CallContext;
  readonly finisher: RowFinisher;
}
