import { hash } from 'node:crypto';
import type { JsonObject, StreamDescriptor } from '../protocol/messages.ts';
import { type MatchKey, STRONG_KEYS } from './keys/match-key.ts';
import type { Receipt } from './record-writer.ts';
import type { Redaction } from './rejects/redact.ts';
import type { StreamReport } from './stream-report.ts';

export type Operation = 'add' | 'remove';

/** The columns of Limited Data Use. https://developers.facebook.com/docs/marketing-apis/data-processing-options */
export const DATA_USE_KEYS = [
  'DATA_PROCESSING_OPTIONS',
  'DATA_PROCESSING_OPTIONS_COUNTRY',
  'DATA_PROCESSING_OPTIONS_STATE',
] as const;

/** Keys that only an addition has. */
export const ADDED_KEYS: ReadonlySet<PayloadKey> = new Set(['LOOKALIKE_VALUE', ...DATA_USE_KEYS]);

export type PayloadKey = MatchKey | (typeof DATA_USE_KEYS)[number];

/** A value as it goes to Meta; '' for unknown. */
export type Cell = string | number | readonly string[];

/** What the rows of a stream have in common. */
export interface RowShape {
  readonly stream: StreamDescriptor;
  readonly report: StreamReport;
  /** What each cell is. */
  readonly keys: readonly PayloadKey[];
  /** The column each cell came from; the key itself where there is none. */
  readonly columns: readonly string[];
  /** How much of a row a rejection may show. */
  readonly redaction: Redaction;
  /** Columns that a rejection shows as they are: they name the row and not the person. */
  readonly keptColumns: ReadonlySet<string>;
  /** Where in `keys` the strong ones are, strongest first. */
  readonly strong: readonly number[];
  /** Where EXTERN_ID is; -1 where it is not. */
  readonly externId: number;
  /** Eight characters that stand for the keys. */
  readonly signature: string;
  /** Of page-scoped and app-scoped ids. */
  readonly pageId?: string;
  readonly appIds?: readonly string[];
}

/** One person to be added or removed. */
export interface PersonRow {
  readonly shape: RowShape;
  /** One for each of the shape's keys. */
  readonly cells: readonly Cell[];
  readonly operation: Operation;
  /** Where in the cells the identifier stands that tells the row's person from all others; -1 where the row as a whole has to. */
  readonly identity: number;
  /** About how many bytes the row takes in a request. */
  readonly bytes: number;
  /** The records that the row stands for: its own, and those equal to it. */
  readonly receipts: Receipt[];
  /** One of several rows that a record with lists has become: it stands for itself, whoever it is about. */
  readonly isPart: boolean;
  /** What the same person's row before this one asked for: it counts again if Meta refuses this one. */
  previous: PersonRow | undefined;
  /** What a rejection shows besides the cells. */
  readonly kept: JsonObject | undefined;
}

export function createShape(shape: Omit<RowShape, 'strong' | 'externId' | 'signature'>): RowShape {
  const strong = STRONG_KEYS.map((key) => shape.keys.indexOf(key)).filter((index) => index >= 0);
  const signature = hash('sha256', shape.keys.join()).slice(0, 8);
  return { ...shape, strong, externId: shape.keys.indexOf('EXTERN_ID'), signature };
}

/** A row as it comes, of one record. */
export function createRow(row: Omit<PersonRow, 'identity' | 'previous'>): PersonRow {
  const { shape, cells, operation, bytes, receipts, isPart, kept } = row;
  const identity = isPart ? -1 : findStrong(shape, cells);
  // All rows are objects of one kind, which the engine handles fastest.
  return { shape, cells, operation, identity, bytes, receipts, isPart, previous: undefined, kept };
}

export function hasExternId({ shape, cells }: PersonRow): boolean {
  return shape.externId >= 0 && cells[shape.externId] !== '';
}

/** Where in the cells the strongest identifier stands; -1 where there are only weak ones. */
export function findStrong(shape: RowShape, cells: readonly Cell[]): number {
  for (const index of shape.strong) if (cells[index] !== '') return index;
  return -1;
}

/** The row has an identifier that the other one lacks. */
export function namesMore({ shape, cells }: PersonRow, other: PersonRow): boolean {
  return shape.strong.some((index) => {
    const place = other.shape.keys.indexOf(shape.keys[index] as PayloadKey);
    return cells[index] !== '' && cells[index] !== other.cells[place];
  });
}

/** Equal for rows that are alike in all their cells. */
export function nameWhole({ shape, cells }: PersonRow): string {
  return JSON.stringify([shape.keys, cells]);
}

/** Equal for rows, of additions and removals alike, that say the same of the person. */
export function nameWeak({ shape, cells }: PersonRow): string {
  return JSON.stringify(
    shape.keys.flatMap((key, place) => (cells[place] === '' || ADDED_KEYS.has(key) ? [] : [key, cells[place]])),
  );
}

/** Nothing tells the two rows apart but where they came from. */
export function isSameRow(a: PersonRow, b: PersonRow): boolean {
  return a.operation === b.operation && a.shape === b.shape && a.cells.every((cell, index) => isSameCell(cell, b.cells[index]));
}

function isSameCell(a: Cell, b: Cell | undefined): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && a.join() === b.join());
}
