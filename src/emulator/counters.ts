import type { FaultKind } from './faults/fault-catalog.ts';

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

  reset(): void {
    this.calls = 0;
    this.parts = 0;
    this.bytes = 0;
    this.writes = 0;
    for (const table of [this.byEdge, this.byAccount, this.faults, this.errors]) {
      for (const key of Object.keys(table)) Reflect.deleteProperty(table, key);
    }
  }

  countOperation(operation: { readonly edge: string; readonly account: string | undefined; readonly method: string }): void {
    increment(this.byEdge, operation.edge);
    if (operation.account !== undefined) increment(this.byAccount, operation.account);
    if (operation.method !== 'GET') this.writes += 1;
  }

  countFault(kind: FaultKind): void {
    increment(this.faults, kind);
  }

  countError(code: number | undefined, subcode: number | undefined): void {
    increment(this.errors, subcode === undefined ? String(code ?? 'none') : `${code}/${subcode}`);
  }
}

function increment<K extends string>(table: Partial<Record<K, number>>, key: K): void {
  table[key] = (table[key] ?? 0) + 1;
}
