import { mergeGenerators } from '../flow/merge-generators.ts';
import type { GraphClient } from '../graph/client.ts';
import type { GraphObject } from '../graph/details.ts';
import type { GivenRows } from '../graph/given-rows.ts';
import { GraphError } from '../graph/graph-error.ts';
import type { PageSize } from '../graph/page-size.ts';
import type { OpenRows } from '../graph/row-reader.ts';
import type { CallContext } from '../graph/send.ts';
import type { DroppedFields } from './dropped-fields.ts';
import { decideNext, type JobOutcome } from './job.ts';
import { joinByKey } from './merge.ts';
import type { Day, Entity, InsightsSlice } from './query.ts';
import { createGivenRows, readResults, UnreadableReportError } from './read-results.ts';
import { keyColumnsOf } from './report.ts';
import type { ReportManager } from './report-manager.ts';
import type { FailedOutcome } from './report-outcome.ts';
import { afterDiscovery, discoveryQuery, keyFieldOf, planSplit, splitDiscovery } from './split.ts';
import type { SplitPlan } from './split-plan.ts';

/** Parts of one slice read side by side. */
const PARTS_AT_ONCE = 8;
/**
 * Reports that fail for no reason of their size, one after another without any success between, before it is taken for an outage: then smaller
 * reports are no help, and would end in fields left out that Meta can compute.
 */
const MAX_FRUITLESS = 40;

export interface SliceReaderOptions {
  readonly graph: GraphClient;
  readonly manager: ReportManager;
  readonly context: CallContext;
  readonly timeoutMs: number;
  /** The grid's anchor. */
  readonly anchor: Day;
  readonly retentionFloor: Day;
  readonly pageSize: PageSize;
  readonly dropped: DroppedFields;
  /** Reads rows from their text, where nothing has to be joined. */
  readonly openRows?: OpenRows;
  /** Told when a report proved too large, or took too long, and was cut. */
  readonly onSplit: () => void;
}

export interface SliceRows {
  readonly rows: readonly GraphObject[];
  /** Fields that Meta could not compute, by row. */
  readonly flaws: ReadonlyMap<GraphObject, readonly string[]>;
}

const NO_FLAWS: ReadonlyMap<GraphObject, readonly string[]> = new Map();

/** Meta could not give a slice by any way there is: with its reason, or as a passing failure where it told none. */
function describeUnreachable(slice: InsightsSlice, reason: GraphError | undefined): GraphError {
  if (reason !== undefined) return reason;
  return new GraphError(`no report of ${describeSlice(slice)} could be had`, {
    failure: 'transient',
    advice: 'Meta could not make a report and told no reason; the next sync asks for it again.',
  });
}

/** Reads slices to the last row: a report that fails is made again, then cut into parts, and those in turn, until Meta can compute them. */
export class SliceReader {
  readonly #options: SliceReaderOptions;
  #fruitless = 0;

  constructor(options: SliceReaderOptions) {
    this.#options = options;
  }

  /** All rows of the slice, each once. Ends only when every part has been read; rejects when one can not be. */
  read(slice: InsightsSlice): AsyncGenerator<SliceRows> {
    const { openRows } = this.#options;
    return this.#readSlice(slice, { given: createGivenRows(slice), ...(openRows === undefined ? {} : { openRows }) });
  }

  async *#readSlice(slice: InsightsSlice, intake: RowIntake): AsyncGenerator<SliceRows> {
    const failure = yield* this.#readWhole(slice, intake);
    if (failure === undefined) return;
    this.#options.onSplit();
    yield* this.#follow(planSplit(slice, this.#options), { slice, failure, intake });
  }

  /** Yields the slice's rows from one report, or another one; returns how it failed when it has to be cut. */
  async *#readWhole(slice: InsightsSlice, intake: RowIntake): AsyncGenerator<SliceRows, FailedOutcome | undefined> {
    const { manager, context, timeoutMs, dropped } = this.#options;
    const history: JobOutcome[] = [];
    for (;;) {
      let outcome = await manager.run({ slice, timeoutMs, context, isRepeat: history.length > 0 });
      if (outcome.type === 'completed') {
        const failure = yield* this.#tryResults({ slice, runId: outcome.runId, ...intake });
        if (failure === undefined) {
          dropped.noteComputed(slice.fields);
          this.#fruitless = 0;
          return undefined;
        }
        outcome = failure;
      }
      const decision = decideNext(history, outcome);
      history.push(outcome);
      this.#options.graph.runtime.log.debug(`report of ${describeSlice(slice)}: ${outcome.type}, ${decision}`, {
        reason: outcome.error?.label,
      });
      if (outcome.error?.failure !== 'too_much_data') this.#fruitless += 1;
      if (decision === 'fail' || this.#fruitless > MAX_FRUITLESS) throw describeUnreachable(slice, outcome.error);
      if (decision === 'split') return outcome;
    }
  }

  async *#tryResults(results: ReportResults): AsyncGenerator<SliceRows, FailedOutcome | undefined> {
    const { graph, pageSize, context } = this.#options;
    const { slice, ...rest } = results;
    const request = { ...rest, graph, accountId: slice.accountId, pageSize, context };
    try {
      for await (const rows of readResults(request)) yield { rows, flaws: NO_FLAWS };
      return undefined;
    } catch (error) {
      if (error instanceof UnreadableReportError) return { type: 'unreadable' };
      if (error instanceof GraphError && error.failure === 'too_much_data') return { type: 'failed', error };
      throw error;
    }
  }

  async *#follow(plan: SplitPlan, cut: CutSlice): AsyncGenerator<SliceRows> {
    const { slice, failure, intake } = cut;
    switch (plan.type) {
      case 'discover':
        return yield* this.#follow(afterDiscovery(slice, plan.entity, await this.#discover(slice, plan.entity)), cut);
      case 'parts': {
        if (plan.join === 'fields') return yield* this.#readByFields(plan.slices, intake);
        // One tally for all: no key is in two of them.
        const readers = plan.slices.map((part) => () => this.#readSlice(part, intake));
        return yield* mergeGenerators(readers, { concurrency: PARTS_AT_ONCE, signal: this.#options.graph.runtime.signal });
      }
      case 'drop':
        return yield* this.#readWithoutField(plan.field, cut);
      case 'give_up':
        throw describeUnreachable(slice, failure.error);
    }
  }

  /** The rows of one cell (a day of one object), whose parts hold some of the fields each; few enough to be held and joined. */
  async *#readByFields(slices: readonly InsightsSlice[], { given }: RowIntake): AsyncGenerator<SliceRows> {
    const parts: GraphObject[][] = [];
    const lost = new Set<string>();
    for (const slice of slices) {
      const rows: GraphObject[] = [];
      for await (const page of this.#readSlice(slice, { given: given.copy() })) {
        rows.push(...page.rows);
        for (const fields of page.flaws.values()) for (const field of fields) lost.add(field);
      }
      parts.push(rows);
    }
    const [first] = slices;
    const rows = first === undefined ? [] : joinByKey(parts, keyColumnsOf(first));
    yield { rows, flaws: lost.size === 0 ? NO_FLAWS : new Map(rows.map((row) => [row, [...lost]])) };
  }

  /** The one field left can not be computed: the rows come with their keys alone, and say so. */
  async *#readWithoutField(field: string, { slice, failure, intake }: CutSlice): AsyncGenerator<SliceRows> {
    const { graph, dropped } = this.#options;
    const reason = failure.error === undefined ? '' : ` (${failure.error.label}: ${failure.error.message})`;
    graph.runtime.log.warn(`Meta can not compute ${field} for ${describeSlice(slice)}${reason}; it is left empty there`);
    if (dropped.noteDropped(field, failure.error)) {
      graph.runtime.log.warn(
        `${field} is not asked for any more in this account: Meta could not compute it for any of the cells tried`,
      );
    }
    for await (const { rows } of this.#readSlice({ ...slice, fields: [] }, intake))
      yield { rows, flaws: new Map(rows.map((row) => [row, [field]])) };
  }

  /** The objects that a slice can have rows of. */
  async #discover(slice: InsightsSlice, entity: Entity): Promise<readonly string[]> {
    const ids = new Set<string>();
    for await (const { rows } of this.#readIds(discoveryQuery(slice, entity, this.#options.retentionFloor))) {
      for (const row of rows) ids.add(String(row[keyFieldOf(entity)]));
    }
    return [...ids];
  }

  async *#readIds(discovery: InsightsSlice): AsyncGenerator<SliceRows> {
    const failure = yield* this.#readWhole(discovery, { given: createGivenRows(discovery) });
    if (failure === undefined) return;
    const plan = splitDiscovery(discovery);
    if (plan.type !== 'parts') throw describeUnreachable(discovery, failure.error);
    for (const part of plan.slices) yield* this.#readIds(part);
  }
}

/** How rows are taken in, the same for a slice and its parts. */
interface RowIntake {
  /** The rows that were given: a report may break off after some of its rows, and its parts begin anew. */
  readonly given: GivenRows;
  readonly openRows?: OpenRows;
}

/** A slice that has to be read in parts. */
interface CutSlice {
  readonly slice: InsightsSlice;
  readonly failure: FailedOutcome;
  readonly intake: RowIntake;
}

interface ReportResults extends RowIntake {
  readonly slice: InsightsSlice;
  readonly runId: string;
}

function describeSlice({ accountId, range, scope, query }: InsightsSlice): string {
  const days = range.since === range.until ? range.since : `${range.since} to ${range.until}`;
  const objects =
    scope.type === 'account'
      ? ''
      : `, ${scope.ids.length === 1 ? `${scope.entity} ${scope.ids[0]}` : `${scope.ids.length} ${scope.entity}s`}`;
  const breakdowns = query.breakdowns.length === 0 ? '' : ` by ${query.breakdowns.join(', ')}`;
  return `ad account ${accountId}, ${days}${objects}, level ${query.level}${breakdowns}`;
}
