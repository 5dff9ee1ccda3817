import { describeFailure } from '../connection/describe-failure.ts';
import { mergeGenerators } from '../flow/merge-generators.ts';
import type { GraphClient } from '../graph/client.ts';
import type { CallContext } from '../graph/send.ts';
import type { Day, DayRange } from '../insights/query.ts';
import type { ReportManager } from '../insights/report-manager.ts';
import type { AirbyteStream } from '../protocol/messages.ts';
import { AccountInsights, type AccountInsightsEvent } from './account-insights.ts';
import type { AccountZones } from './account-zones.ts';
import { createInsightsQuery, describeInsights, type InsightsDefinition } from './insights/insights-definition.ts';
import { chooseAnchor } from './insights-dates.ts';
import { InsightsFinisher } from './insights-finisher.ts';
import { InsightsState } from './insights-state.ts';
import { isTokenAtFault } from './probe-token.ts';
import type { ReadRequest, Stream, StreamCost, StreamEvent } from './stream.ts';
import type { StreamSettings } from './stream-settings.ts';

/** What all insights streams of a sync share: limits, reports and time zones are the accounts', not the streams'. */
export interface InsightsDependencies {
  readonly graph: GraphClient;
  readonly manager: ReportManager;
  readonly zones: AccountZones;
}

type Outcome = AccountInsightsEvent & { readonly accountId: string };

/** In effect all: reports wait at Meta, not here. */
const ACCOUNTS_AT_ONCE = 100;

/** A stream of reports. One account's failure leaves the others alone. */
export class InsightsStream implements Stream {
  readonly #definition: InsightsDefinition;
  readonly #settings: StreamSettings;
  readonly #dependencies: InsightsDependencies;

  constructor(definition: InsightsDefinition, settings: StreamSettings, dependencies: InsightsDependencies) {
    this.#definition = definition;
    this.#settings = settings;
    this.#dependencies = dependencies;
  }

  get description(): AirbyteStream {
    return describeInsights(this.#definition);
  }

  async *read(request: ReadRequest): AsyncGenerator<StreamEvent, StreamCost> {
    const { graph } = this.#dependencies;
    const { runtime } = graph;
    const context: CallContext = {
      meter: { calls: 0, parts: 0, bytes: 0, retries: 0 },
      ...(request.onRateLimited === undefined ? {} : { onRateLimited: request.onRateLimited }),
    };
    const finisher = new InsightsFinisher({ definition: this.#definition, selected: request.fields, log: runtime.log });
    const query = createInsightsQuery(this.#definition, request.fields);
    const anchor = chooseAnchor(this.#definition, this.#settings);
    const saved = request.syncMode === 'incremental' ? request.state : undefined;
    const state = new InsightsState({ settings: this.#settings, query, anchor }, saved);
    for (const fault of state.faults) runtime.log.warn(`${this.#definition.name}: ${fault}`);
    const readers = this.#settings.accountIds.map((accountId) => () => {
      const account = new AccountInsights({
        ...this.#dependencies,
        definition: this.#definition,
        settings: this.#settings,
        query,
        anchor,
        accountId,
        context,
        ...(finisher.openRows === undefined ? {} : { openRows: finisher.openRows }),
      });
      return this.#readAccount(account, { accountId, state });
    });
    for await (const outcome of mergeGenerators<Outcome>(readers, { concurrency: ACCOUNTS_AT_ONCE, signal: runtime.signal })) {
      if (outcome.type === 'rows') yield { type: 'rows', ...finisher.finish(outcome, outcome.accountId) };
      else if (outcome.type === 'failure') yield { type: 'failure', error: describeFailure(outcome.error, this.#where(outcome)) };
      else {
        // Only here are the window's rows known to be on their way.
        state.complete(outcome.accountId, outcome.window, outcome.nowDay);
        yield { type: 'checkpoint', state: state.toJSON() };
      }
    }
    finisher.report();
    yield { type: 'checkpoint', state: state.toJSON() };
    return { ...context.meter };
  }

  async *#readAccount(
    account: AccountInsights,
    of: { readonly accountId: string; readonly state: InsightsState },
  ): AsyncGenerator<Outcome> {
    const { accountId, state } = of;
    const { graph } = this.#dependencies;
    try {
      for await (const event of account.read(state)) {
        if (event.type === 'failure') await this.#throwIfTokenDead(event.error);
        yield { ...event, accountId };
      }
    } catch (error) {
      graph.runtime.signal.throwIfAborted();
      await this.#throwIfTokenDead(error);
      yield { type: 'failure', error, accountId };
    }
  }

  /** The token's failure is everybody's. */
  async #throwIfTokenDead(error: unknown): Promise<void> {
    if (await isTokenAtFault(this.#dependencies.graph, error)) throw describeFailure(error, 'Access token');
  }

  #where({ accountId, window }: { readonly accountId: string; readonly window?: DayRange }): string {
    return window === undefined ? `Ad account ${accountId}` : `Ad account ${accountId}, ${formatDays(window)}`;
  }
}

function formatDays({ since, until }: { readonly since: Day; readonly until: Day }): string {
  return since === until ? since : `${since} to ${until}`;
}
