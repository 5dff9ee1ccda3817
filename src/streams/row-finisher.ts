import type { OpenRows } from '../graph/row-reader.ts';
import type { FieldChange } from '../protocol/messages.ts';
import type { Runtime } from '../runtime.ts';
import { findRowText } from '../text/row-text.ts';
import { type CastRow, compileCast, propertiesOf } from './cast-row.ts';
import type { EdgeDefinition } from './edge-definition.ts';
import { createOpenRows } from './row-text/text-row-reader.ts';
import type { Row } from './stream.ts';
import type { StreamSettings } from './stream-settings.ts';
import { THUMBNAIL_DATA_FIELD, ThumbnailLoader } from './thumbnail-loader.ts';

export interface RowFinisherOptions {
  readonly definition: EdgeDefinition;
  readonly settings: StreamSettings;
  readonly runtime: Runtime;
  /** The selected properties; all of the schema where none is named. */
  readonly selected: readonly string[];
}

interface FinishedRows {
  readonly rows: readonly Row[];
  readonly changes?: ReadonlyMap<Row, readonly FieldChange[]>;
}

/** Turns Meta's objects into a stream's records, in place: adds the account and what is computed, casts to the schema, removes what was not selected. */
export class RowFinisher {
  /** What to ask Meta for: the selected properties that it has, the key, the cursor, and what computed properties are made from. */
  readonly requestedFields: readonly string[];
  /** Reads rows from their text, finished; undefined where the stream's rows have to be parsed. */
  readonly openRows: OpenRows | undefined;
  readonly #definition: EdgeDefinition;
  readonly #runtime: Runtime;
  readonly #selected: ReadonlySet<string>;
  readonly #unselected: readonly string[];
  readonly #cast: CastRow;
  readonly #thumbnails: ThumbnailLoader | undefined;
  readonly #uncastable = new Map<string, number>();
  #flawedRows = 0;

  constructor(options: RowFinisherOptions) {
    const { definition, settings, runtime } = options;
    this.#definition = definition;
    this.#runtime = runtime;
    const known = Object.keys(propertiesOf(definition.schema));
    this.#selected = new Set(options.selected.length > 0 ? options.selected.filter((field) => known.includes(field)) : known);
    this.requestedFields = listRequestedFields(definition, this.#selected);
    const made = [...this.requestedFields, ...Object.keys(definition.computed ?? {})];
    this.#unselected = made.filter((field) => !this.#selected.has(field));
    this.#cast = compileCast(definition.schema, (property) => {
      this.#uncastable.set(property, (this.#uncastable.get(property) ?? 0) + 1);
    });
    const wantsThumbnails = settings.fetchThumbnailImages && this.#selected.has(THUMBNAIL_DATA_FIELD);
    this.#thumbnails = wantsThumbnails ? new ThumbnailLoader(runtime) : undefined;
    this.openRows = wantsThumbnails ? undefined : this.#createOpenRows();
  }

  async finish(
    page: { readonly rows: readonly Row[]; readonly flaws: ReadonlyMap<Row, readonly string[]> },
    accountId: string,
  ): Promise<FinishedRows> {
    const addsAccount = this.#selected.has('account_id');
    if (this.#thumbnails !== undefined) await this.#thumbnails.load(page.rows);
    for (const row of page.rows) {
      if (findRowText(row) !== undefined) continue;
      if (addsAccount && (row['account_id'] === undefined || row['account_id'] === null)) row['account_id'] = accountId;
      this.#definition.compute?.(row, accountId);
      this.#cast(row);
      for (const field of this.#unselected) delete row[field];
    }
    if (page.flaws.size === 0) return { rows: page.rows };
    this.#flawedRows += page.flaws.size;
    return { rows: page.rows, changes: new Map([...page.flaws].map(([row, fields]) => [row, this.#describeFlaws(fields)])) };
  }

  /** Says once, at a stream's end, what is not as it should be. */
  report(): void {
    const { name } = this.#definition;
    const { log } = this.#runtime;
    if (this.#flawedRows > 0)
      log.warn(`${name}: ${this.#flawedRows} records have fields that Meta could not give; each names them in meta.changes`);
    const missing = this.#thumbnails?.failures ?? 0;
    if (missing > 0) log.warn(`${name}: ${missing} thumbnails could not be fetched`);
    for (const [property, count] of this.#uncastable) {
      log.warn(`${name}.${property}: ${count} values do not fit the property's type and were passed on as they came`);
    }
  }

  /** Undefined where rows get more than Meta sends, or are looked at by more than their id, time and account. */
  #createOpenRows(): OpenRows | undefined {
    const { schema, cursorField, compute, computed, identify, numberTwin, hasNodes } = this.#definition;
    const isMade = compute !== undefined || computed?.['account_id'] !== undefined;
    if (isMade || identify !== undefined || numberTwin !== undefined || hasNodes === false) return undefined;
    const columns = ['id', ...(cursorField === undefined ? [] : [cursorField])];
    if (this.#selected.has('account_id')) columns.push('account_id');
    return createOpenRows({ schema, kept: { allBut: new Set(this.#unselected) }, columns });
  }

  #describeFlaws(fields: readonly string[]): readonly FieldChange[] {
    return fields
      .filter((field) => this.#selected.has(field))
      .map((field) => ({ field, change: 'NULLED', reason: 'SOURCE_RETRIEVAL_ERROR' }));
  }
}

function listRequestedFields(definition: EdgeDefinition, selected: ReadonlySet<string>): readonly string[] {
  const { primaryKey, cursorField, computed = {} } = definition;
  const wanted = new Set<string>([...(definition.hasNodes === false ? [] : ['id']), ...primaryKey]);
  if (cursorField !== undefined) wanted.add(cursorField);
  for (const field of definition.alwaysRequested ?? []) wanted.add(field);
  for (const field of selected) {
    const sources = computed[field];
    for (const name of sources ?? [field]) wanted.add(name);
  }
  return [...wanted];
}
