import type { JsonObject } from '../protocol/messages.ts';
import type { Operation } from './person-row.ts';

/** Columns that say what a row does, where the config names none. */
export const OPERATION_COLUMNS = ['_airbyte_op', 'op'] as const;
/** When a database's row was deleted: set by Airbyte's sources that follow a database's changes. */
const DELETED_AT = '_ab_cdc_deleted_at';

const REMOVALS: ReadonlySet<string> = new Set(['delete', 'remove', 'd', '-1', 'false']);
const ADDITIONS: ReadonlySet<string> = new Set(['add', 'insert', 'upsert', 'update', 'c', 'u', 'r', '1', 'true']);

export interface OperationPlan {
  /** Every row removes. */
  readonly removesAll: boolean;
  /** The columns that may say what a row does; the first that says something counts. */
  readonly columns: readonly string[];
}

/** What the row asks for; undefined where its own word for it is unknown. */
export function resolveOperation(data: JsonObject, plan: OperationPlan): Operation | undefined {
  if (plan.removesAll || isSet(data[DELETED_AT])) return 'remove';
  for (const column of plan.columns) {
    const word = data[column];
    if (!isSet(word)) continue;
    const text = String(word).trim().toLowerCase();
    if (REMOVALS.has(text)) return 'remove';
    return ADDITIONS.has(text) ? 'add' : undefined;
  }
  return 'add';
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}
