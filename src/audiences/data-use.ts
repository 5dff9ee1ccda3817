import type { JsonObject } from '../protocol/messages.ts';
import type { Cell } from './person-row.ts';

/** Whose rows are under Limited Data Use. */
export type DataUsePlan =
  | { readonly mode: 'off' }
  | { readonly mode: 'all' }
  /** Those that the column marks. */
  | { readonly mode: 'column'; readonly column: string };

export interface DataUse {
  /** The cells of `DATA_USE_KEYS`. */
  readonly cells: readonly [Cell, Cell, Cell];
  /** The person is known to live where the restriction does not hold. */
  readonly isElsewhere: boolean;
}

const LIMITED = ['LDU'] as const;
const UNLIMITED: DataUse = { cells: [[], 0, 0], isElsewhere: false };
/** Meta finds out by itself where the person is. */
const LOCATED_BY_META: DataUse = { cells: [LIMITED, 0, 0], isElsewhere: false };
const ELSEWHERE: DataUse = { cells: [LIMITED, 0, 0], isElsewhere: true };
/** 1 is the United States, 1000 is California: for customer lists the only state there is. */
const CALIFORNIA: DataUse = { cells: [LIMITED, 1, 1000], isElsewhere: false };
const NO_WORDS: ReadonlySet<string> = new Set(['', '0', 'false', 'no', 'n', 'off', 'null', 'none']);

/** `usState` is the row's state in two small letters, where it is known. */
export function decideDataUse(
  data: JsonObject,
  plan: Exclude<DataUsePlan, { mode: 'off' }>,
  usState: string | undefined,
): DataUse {
  if (plan.mode === 'column' && !isMarked(data[plan.column])) return UNLIMITED;
  if (usState === undefined) return LOCATED_BY_META;
  return usState === 'ca' ? CALIFORNIA : ELSEWHERE;
}

/** Whatever is no clear no counts as a person's objection. */
function isMarked(value: unknown): boolean {
  return value !== undefined && value !== null && !NO_WORDS.has(String(value).trim().toLowerCase());
}
