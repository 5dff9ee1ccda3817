import type { GraphObject } from '../graph/details.ts';
import type { OpenRows } from '../graph/row-reader.ts';
import type { FieldChange } from '../protocol/messages.ts';
import type { Log } from '../runtime.ts';
import { findRowText } from '../text/row-text.ts';
import { compileInsightsFinish, createInsightsOpenRows, type FinishInsightsRow } from './insights/finish-insights-row.ts';
import type { InsightsDefinition } from './insights/insights-definition.ts';
import type { Row } from './stream.ts';

export interface InsightsFinisherOptions {
  readonly definition: InsightsDefinition;
  /** The selected properties; all of the schema where none is named. */
  readonly selected: readonly string[];
  readonly log: Log;
}

/** Turns pages of report rows into records, in place, and keeps count of what was not as it should be. */
export class InsightsFinisher {
  /** Reads rows from their text, finished; undefined where the stream's rows have to be parsed. */
  readonly openRows: OpenRows | undefined;
  readonly #options: InsightsFinisherOptions;
  readonly #finishRow: FinishInsightsRow;
  readonly #uncastable = new Map<string, number>();
  readonly #missing = new Map<string, number>();
  #flawedRows = 0;

  constructor(options: InsightsFinisherOptions) {
    this.#options = options;
    this.openRows = createInsightsOpenRows(options.definition, options.selected);
    this.#finishRow = compileInsightsFinish(options.definition, {
      selected: options.selected,
      onUncastable: (property) => count(this.#uncastable, property),
      onMissingBreakdown: (breakdown) => count(this.#missing, breakdown),
    });
  }

  finish(
    page: { readonly rows: readonly GraphObject[]; readonly flaws: ReadonlyMap<GraphObject, readonly string[]> },
    accountId: string,
  ): { readonly rows: readonly Row[]; readonly changes?: ReadonlyMap<Row, readonly FieldChange[]> } {
    for (const row of page.rows) if (findRowText(row) === undefined) this.#finishRow(row, accountId);
    if (page.flaws.size === 0) return { rows: page.rows };
    this.#flawedRows += page.flaws.size;
    return { rows: page.rows, changes: new Map([...page.flaws].map(([row, fields]) => [row, fields.map(describeFlaw)])) };
  }

  /** Says once, at a stream's end, what is not as it should be. */
  report(): void {
    const { definition, log } = this.#options;
    const { name } = definition;
    if (this.#flawedRows > 0)
      log.warn(`${name}: ${this.#flawedRows} rows have fields that Meta could not compute; each names them in meta.changes`);
    for (const [breakdown, rows] of this.#missing)
      log.warn(`${name}: ${rows} rows came without ${breakdown}; they are kept, as unknown`);
    for (const [property, rows] of this.#uncastable) {
      log.warn(`${name}.${property}: ${rows} values do not fit the property's type and were passed on as they came`);
    }
  }
}

function describeFlaw(field: string): FieldChange {
  return { field, change: 'NULLED', reason: 'SOURCE_RETRIEVAL_ERROR' };
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
