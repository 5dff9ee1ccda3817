import type { JsonSchema } from '../../protocol/messages.ts';
import type { Scan } from '../../text/json-scanner.ts';
import { NameTable } from '../../text/name-table.ts';
import { propertiesOf, typeOf } from '../cast-row.ts';
import { compileScan } from './compile-scan.ts';

/** How a stream's rows are read from their text. */
export interface RowTextPlan {
  readonly members: NameTable<RowMember>;
  /** What becomes of members that the plan does not name. */
  readonly keepsUnknown: boolean;
  readonly columns: readonly string[];
}

export interface RowMember {
  readonly passValue: Scan;
  readonly isKept: boolean;
  /** Its place among the columns; -1 for none. */
  readonly column: number;
}

/** Which members of a row are in the record. */
export type KeptMembers = { readonly only: ReadonlySet<string> } | { readonly allBut: ReadonlySet<string> };

export interface RowTextOptions {
  /** Of the records. */
  readonly schema: JsonSchema;
  readonly kept: KeptMembers;
  /** What readers of rows look at. A row that lacks one is parsed. */
  readonly columns: readonly string[];
}

/** Undefined where rows can not be read as text: a column is not a string. */
export function planRowText({ schema, kept, columns }: RowTextOptions): RowTextPlan | undefined {
  const properties = propertiesOf(schema);
  if (columns.some((column) => typeOf(properties[column] ?? {}) !== 'string')) return undefined;
  const isOnly = 'only' in kept;
  const named = isOnly ? kept.only : kept.allBut;
  const names = new Set([...Object.keys(properties), ...named]);
  const members = [...names].map((name) => {
    const passValue = compileScan(properties[name] ?? {});
    return [name, { passValue, isKept: named.has(name) === isOnly, column: columns.indexOf(name) }] as const;
  });
  return { members: new NameTable<RowMember>(members), keepsUnknown: !isOnly, columns };
}
