import { errorFaults } from '../faults/fault-catalog.ts';
import { GraphApiError } from '../graph-api-error.ts';
import type { World } from '../world/world.ts';
import type { InsightsOptions } from './insights-options.ts';
import type { InsightsRequest } from './insights-request.ts';
import { isPoisoned } from './poison.ts';
import { readReportDelayMs } from './report-delay.ts';
import { createFailureError } from './report-failures.ts';
import type { ReportFate, ReportRun } from './report-run.ts';
import { isUnderWay } from './report-status.ts';
import { RowSource } from './row-source.ts';

/** Odd, and beyond 2^53: as a number in JSON it can not be read exactly. */
const FIRST_RUN_ID = 23_851_000_000_000_001n;
const RUN_ID_STEP = 8n;
/** Reports whose indexes are kept; the one read longest ago is indexed anew when asked for again. */
const MAX_SOURCES = 64;

export interface NewReport {
  readonly world: World;
  readonly options: InsightsOptions;
  readonly request: InsightsRequest;
  /** Equal for equal requests. */
  readonly fingerprint: number;
  readonly nowMs: number;
}

/** The report runs of an emulator: descriptions only, rows are computed when they are read. */
export class ReportRuns {
  readonly #runs = new Map<string, ReportRun>();
  readonly #underWay = new Map<number, ReportRun[]>();
  readonly #attempts = new Map<number, number>();
  readonly #sources = new Map<string, RowSource>();

  /** All runs there were, in the order they were made. */
  list(): readonly ReportRun[] {
    return [...this.#runs.values()];
  }

  find(id: string): ReportRun | undefined {
    return this.#runs.get(id);
  }

  /** Runs under way, of one account or of all. */
  countUnderWay(nowMs: number, slot?: number): number {
    let count = 0;
    for (const [each, runs] of this.#underWay) {
      if (slot !== undefined && each !== slot) continue;
      const alive = runs.filter((run) => isUnderWay(run, nowMs));
      if (alive.length < runs.length) this.#underWay.set(each, alive);
      count += alive.length;
    }
    return count;
  }

  /** Throws 4/1504022 where too many runs are under way, 100/1487534 where the knobs say that a large report is refused at once. */
  create(report: NewReport): ReportRun {
    const { world, options, request, fingerprint, nowMs } = report;
    const { slot } = request.node;
    this.#checkCapacity(options, slot, nowMs);
    const source = this.#createSource(report);
    const counts = options.maxReportRows > 0 || options.maxReportRowsFields > 0 || options.reportRowDelayMs > 0;
    const rows = counts ? source.count() : 0;
    const fate = this.#decideFate(report, { rows, isPoisoned: isPoisoned(options, { world, request, ads: source.ads }) });
    if (fate.type === 'fails' && fate.failure === '100/1487534') throw createFailureError(fate.failure);
    const ordinal = this.#runs.size + 1;
    const delayMs = readReportDelayMs(options, { accountId: world.account(slot).id, fingerprint });
    const run: ReportRun = {
      id: String(FIRST_RUN_ID + BigInt(ordinal) * RUN_ID_STEP),
      slot,
      request,
      fingerprint,
      fate,
      createdMs: nowMs,
      finishedMs: nowMs + delayMs + rows * options.reportRowDelayMs,
      breaks: isNth(ordinal, options.reportBreakEvery),
      unreadableReads: 0,
      pagesGiven: 0,
      isFailureTold: false,
    };
    this.#runs.set(run.id, run);
    // Lets go of those that are done.
    this.countUnderWay(nowMs, slot);
    this.#underWay.set(slot, [...(this.#underWay.get(slot) ?? []), run]);
    this.#keepSource(run.id, source);
    return run;
  }

  /** The rows of a completed run, as they were when it was created. */
  openRows(run: ReportRun, world: World, options: InsightsOptions): RowSource {
    const source =
      this.#sources.get(run.id) ?? this.#createSource({ world, options, request: run.request, nowMs: run.createdMs });
    this.#keepSource(run.id, source);
    return source;
  }

  clear(): void {
    for (const table of [this.#runs, this.#underWay, this.#attempts, this.#sources]) table.clear();
  }

  #checkCapacity({ maxRunningReports, maxRunningReportsOfApp }: InsightsOptions, slot: number, nowMs: number): void {
    const isFull = maxRunningReports > 0 && this.countUnderWay(nowMs, slot) >= maxRunningReports;
    const isAppFull = maxRunningReportsOfApp > 0 && this.countUnderWay(nowMs) >= maxRunningReportsOfApp;
    if (!isFull && !isAppFull) return;
    const { message, ...options } = errorFaults.insights_load_1504022;
    throw new GraphApiError(message, options);
  }

  #decideFate(
    { options, request, fingerprint }: NewReport,
    facts: { readonly rows: number; readonly isPoisoned: boolean },
  ): ReportFate {
    const ordinal = this.#runs.size + 1;
    if (isNth(ordinal, options.reportStallAtZeroEvery)) return { type: 'stalls', percent: 0 };
    if (isNth(ordinal, options.reportStallAt37Every)) return { type: 'stalls', percent: 37 };
    if (isNth(ordinal, options.reportSkippedEvery)) return { type: 'is_skipped' };
    if (facts.isPoisoned) return { type: 'fails', failure: options.poisonCellFailure };
    if (isBeyond(facts.rows, options.maxReportRows) || isBeyond(facts.rows * request.fields.length, options.maxReportRowsFields))
      return { type: 'fails', failure: options.maxReportRowsFailure };
    const isFirst = this.#attempt(fingerprint);
    if (isFirst && isNth(this.#attempts.size, options.reportFailFirstEvery))
      return { type: 'fails', failure: options.reportFailFirstFailure };
    return { type: 'completes' };
  }

  #attempt(fingerprint: number): boolean {
    const attempts = this.#attempts.get(fingerprint) ?? 0;
    this.#attempts.set(fingerprint, attempts + 1);
    return attempts === 0;
  }

  #createSource({ world, options, request, nowMs }: Omit<NewReport, 'fingerprint'>): RowSource {
    const { attributionDays, missingBreakdownEvery } = options;
    return new RowSource({ world, request, asOfMs: nowMs, attributionDays, missingBreakdownEvery });
  }

  #keepSource(id: string, source: RowSource): void {
    this.#sources.delete(id);
    this.#sources.set(id, source);
    const [oldest] = this.#sources.keys();
    if (this.#sources.size > MAX_SOURCES && oldest !== undefined) this.#sources.delete(oldest);
  }
}

function isNth(ordinal: number, every: number): boolean {
  return every > 0 && ordinal % every === 0;
}

function isBeyond(size: number, maximum: number): boolean {
  return maximum > 0 && size > maximum;
}
