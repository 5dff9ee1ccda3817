import { type AudienceCounters, createAudienceCounters } from './audiences/audience-counters.ts';
import type { FaultKind } from './faults/fault-catalog.ts';

export interface ReportCounters {
  /** Report runs begun. */
  created: number;
  /** Reads of a run's status, parts of batches included. */
  polls: number;
  /** Pages of rows given, synchronous ones included. */
  resultPages: number;
  rows: number;
  /** Runs seen to have failed, by subcode, or `skipped`. */
  readonly failed: Record<string, number>;
}

/** What the emulator has answered since the start or the last reset. */
export class Counters {
  /** HTTP requests, control requests apart. */
  calls = 0;
  /** Parts of batch requests. */
  parts = 0;
  /** Characters of response bodies, which are ASCII, before compression. */
  bytes = 0;
  /** Operations that would change something: POST and DELETE. */
  writes = 0;
  /** Operations by edge: `ads`, `node`, `me`, `batch`, … A batch counts once for itself and once for each part. */
  readonly byEdge: Record<string, number> = {};
  /** Operations by ad account. */
  readonly byAccount: Record<string, number> = {};
  /** Injected faults by kind. */
  readonly faults: Partial<Record<FaultKind, number>> = {};
  /** Answers with an error, by `code` or `code/subcode`. */
  readonly errors: Record<string, number> = {};
  readonly reports: ReportCounters = { created: 0, polls: 0, resultPages: 0, rows: 0, failed: {} };
  readonly audiences: AudienceCounters = createAudienceCounters();

  reset(): void {
    this.calls = 0;
    this.parts = 0;
    this.bytes = 0;
    this.writes = 0;
    Object.assign(this.reports, { created: 0, polls: 0, resultPages: 0, rows: 0 });
    Object.assign(this.audiences, createAudienceCounters());
    for (const table of [this.byEdge, this.byAccount, this.faults, this.errors, this.reports.failed]) {
      for (const key of Object.keys(table)) Reflect.deleteProperty(table, key);
    }
  }

  countOperation(operation: { readonly edge: string; readonly account: string | undefined; readonly isWrite: boolean }): void {
    increment(this.byEdge, operation.edge);
    if (operation.account !== undefined) increment(this.byAccount, operation.account);
    if (operation.isWrite) this.writes += 1;
  }

  countFault(kind: FaultKind): void {
    increment(this.faults, kind);
  }

  countResultPage(rows: number): void {
    this.reports.resultPages += 1;
    this.reports.rows += rows;
  }

  countReportFailure(subcode: string): void {
    increment(this.reports.failed, subcode);
  }

  countError(code: number | undefined, subcode: number | undefined): void {
    increment(this.errors, subcode === undefined ? String(code ?? 'none') : `${code}/${subcode}`);
  }
}

function increment<K extends string>(table: Partial<Record<K, number>>, key: K): void {
  table[key] = (table[key] ?? 0) + 1;
}
