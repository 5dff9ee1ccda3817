import { mergeGenerators } from '../flow/merge-generators.ts';
import type { GraphClient } from '../graph/client.ts';
import type { GraphObject } from '../graph/details.ts';
import { GraphError, type GraphFailure } from '../graph/graph-error.ts';
import { PageSize } from '../graph/page-size.ts';
import type { OpenRows } from '../graph/row-reader.ts';
import type { CallContext } from '../graph/send.ts';
import { daysBetween } from '../insights/day.ts';
import { countDays } from '../insights/day-ranges.ts';
import { dayOf } from '../insights/day-zone.ts';
import { DroppedFields } from '../insights/dropped-fields.ts';
import type { Day, DayRange, InsightsQuery, InsightsSlice } from '../insights/query.ts';
import { ReportDays } from '../insights/report-days.ts';
import type { ReportManager } from '../insights/report-manager.ts';
import { findRetentionFloor } from '../insights/retention.ts';
import { SliceReader, type SliceRows } from '../insights/slice-reader.ts';
import { planWindows, takeWindow, type Window } from '../insights/window-plan.ts';
import type { AccountZones } from './account-zones.ts';
import { judgeQuery } from './insights/capabilities.ts';
import type { InsightsDefinition } from './insights/insights-definition.ts';
import { chooseDays } from './insights-dates.ts';
import type { InsightsState } from './insights-state.ts';
import type { StreamSettings } from './stream-settings.ts';

/** Reports of one account of one stream under way at the same time. */
const WINDOWS_AT_ONCE = 6;
/** Rows a page of results begins with, and the most. Rows of many columns hold long lists: all columns there are come to 15 to 40 KB a row. */
const RESULT_PAGE = { initial: 250, initialOfWide: 80, ceiling: 1_000 };
const WIDE_COLUMNS = 40;
/** Failures that the next window would meet as well. */
const GENERAL_FAILURES: ReadonlySet<GraphFailure> = new Set(['invalid', 'forbidden', 'missing', 'expired_token']);
/** An account whose windows fail this often, each for reasons of its own, is not worth more reports. */
const MAX_FAILED_WINDOWS = 10;

export interface AccountInsightsOptions {
  readonly graph: GraphClient;
  readonly manager: ReportManager;
  readonly zones: AccountZones;
  readonly definition: InsightsDefinition;
  readonly settings: StreamSettings;
  readonly query: InsightsQuery;
  /** The grid's. */
  readonly anchor: Day;
  readonly accountId: string;
  readonly context: CallContext;
  /** Reads rows from their text, where the stream allows it. */
  readonly openRows?: OpenRows;
}

export type AccountInsightsEvent =
  | { readonly type: 'rows'; readonly rows: readonly GraphObject[]; readonly flaws: ReadonlyMap<GraphObject, readonly string[]> }
  /** All rows of the window, which was asked for on `nowDay`, have been yielded. */
  | { readonly type: 'window'; readonly window: DayRange; readonly nowDay: Day }
  | { readonly type: 'failure'; readonly error: unknown; readonly window?: DayRange };

/** One account of an insights stream: plans its windows and reads them, several reports at a time. */
export class AccountInsights {
  readonly #options: AccountInsightsOptions;
  readonly #reportDays = new ReportDays();
  readonly #dropped = new DroppedFields();
  readonly #pageSize: PageSize;
  #failedWindows = 0;
  #isGivenUp = false;

  constructor(options: AccountInsightsOptions) {
    this.#options = options;
    const { initial, initialOfWide, ceiling } = RESULT_PAGE;
    const isWide = options.query.fields.length > WIDE_COLUMNS;
    this.#pageSize = new PageSize({ initial: isWide ? initialOfWide : initial, ceiling });
  }

  async *read(state: InsightsState): AsyncGenerator<AccountInsightsEvent> {
    const { graph, zones, definition, settings, query, anchor, accountId, context } = this.#options;
    const { clock, log, signal } = graph.runtime;
    const zone = await zones.find(accountId, context);
    const nowMs = clock.now();
    const today = dayOf(nowMs, zone);
    const reason = state.rereadReason(accountId);
    if (reason !== undefined)
      log.info(`${definition.name}: ad account ${accountId} is read from the beginning again, because ${reason}`);
    const { retentionMonths, fieldRetentionMonths } = judgeQuery(query, { nowMs });
    const retentionFloor = findRetentionFloor(today, retentionMonths);
    const plan = planWindows({
      grid: { increment: query.increment, anchor },
      ...chooseDays(definition, settings, { today, nowMs }),
      today,
      lookbackDays: definition.lookbackDays,
      retentionFloor,
      order: definition.order,
      ...state.account(accountId),
    });
    if (plan.ignoredCursor !== undefined) {
      log.warn(
        `${definition.name}: the state of ad account ${accountId} names ${plan.ignoredCursor}, a day to come; all is read again`,
      );
    }
    state.begin(accountId, plan);
    const fieldFloors = new Map([...fieldRetentionMonths].map(([field, months]) => [field, findRetentionFloor(today, months)]));
    const windows = this.#takeWindows(plan.buckets, fieldFloors);
    yield* mergeGenerators(
      windows.map((window) => () => this.#readWindow(window, { zone, retentionFloor, fieldFloors })),
      { concurrency: WINDOWS_AT_ONCE, signal },
    );
  }

  /** Pulled as reports end, so that each is as long as those before it have taught. */
  *#takeWindows(buckets: Window['buckets'], fieldFloors: ReadonlyMap<string, Day>): Generator<DayRange> {
    let rest = buckets;
    while (rest.length > 0 && !this.#isGivenUp) {
      const window = takeWindow(rest, this.#limitDays(rest[0]?.since, fieldFloors));
      if (window === undefined) return;
      rest = window.rest;
      yield window.range;
    }
  }

  /** A report does not reach over the day from which on Meta still has a field. */
  #limitDays(since: Day | undefined, fieldFloors: ReadonlyMap<string, Day>): number {
    let days = this.#reportDays.current;
    if (since === undefined) return days;
    for (const floor of fieldFloors.values()) if (floor > since) days = Math.min(days, daysBetween(since, floor));
    return days;
  }

  async *#readWindow(range: DayRange, known: WindowKnowledge): AsyncGenerator<AccountInsightsEvent> {
    const { graph, query, accountId } = this.#options;
    const { clock, signal } = graph.runtime;
    const startedAtMs = clock.now();
    const nowDay = dayOf(startedAtMs, known.zone);
    const missing = [...this.#dropped.refused, ...findExpiredFields(range, known.fieldFloors)];
    const fields = query.fields.filter((field) => !missing.includes(field));
    const slice: InsightsSlice = { query, accountId, range, scope: { type: 'account' }, fields };
    const refused = query.fields.filter((field) => this.#dropped.refused.includes(field));
    let rows = 0;
    let wasSplit = false;
    const reader = this.#createReader(known.retentionFloor, () => {
      if (!wasSplit) this.#reportDays.fail(countDays(range));
      wasSplit = true;
    });
    try {
      for await (const page of reader.read(slice)) {
        rows += page.rows.length;
        yield { type: 'rows', rows: page.rows, flaws: addFlaws(page, refused) };
      }
    } catch (error) {
      signal.throwIfAborted();
      const failure = this.#noteFailure(error, range);
      if (failure !== undefined) yield failure;
      return;
    }
    if (!wasSplit) this.#reportDays.succeed({ days: countDays(range), rows, durationMs: clock.now() - startedAtMs });
    yield { type: 'window', window: range, nowDay };
  }

  /** What general failures have to say is said once. */
  #noteFailure(error: unknown, window: DayRange): AccountInsightsEvent | undefined {
    if (this.#isGivenUp) return undefined;
    if (error instanceof GraphError && GENERAL_FAILURES.has(error.failure)) {
      this.#isGivenUp = true;
      return { type: 'failure', error };
    }
    this.#failedWindows += 1;
    if (this.#failedWindows >= MAX_FAILED_WINDOWS) this.#isGivenUp = true;
    return { type: 'failure', error, window };
  }

  #createReader(retentionFloor: Day, onSplit: () => void): SliceReader {
    const { graph, manager, definition, anchor, context, openRows } = this.#options;
    return new SliceReader({
      graph,
      manager,
      context,
      timeoutMs: definition.jobTimeoutMs,
      anchor,
      retentionFloor,
      // What one report's rows weigh says little of another's.
      pageSize: this.#pageSize.fork(),
      dropped: this.#dropped,
      ...(openRows === undefined ? {} : { openRows }),
      onSplit,
    });
  }
}

interface WindowKnowledge {
  readonly zone: string;
  readonly retentionFloor: Day;
  readonly fieldFloors: ReadonlyMap<string, Day>;
}

function findExpiredFields(range: DayRange, fieldFloors: ReadonlyMap<string, Day>): readonly string[] {
  return [...fieldFloors].filter(([, floor]) => range.since < floor).map(([field]) => field);
}

function addFlaws({ rows, flaws }: SliceRows, refused: readonly string[]): SliceRows['flaws'] {
  if (refused.length === 0) return flaws;
  return new Map(rows.map((row) => [row, [...new Set([...(flaws.get(row) ?? []), ...refused])]]));
}
