import type { GraphClient } from '../graph/client.ts';
import type { FieldMemory } from '../graph/field-memory.ts';
import type { PageSize } from '../graph/page-size.ts';
import type { OpenRows } from '../graph/row-reader.ts';
import type { CallContext } from '../graph/send.ts';
import type { EdgeDefinition } from './edge-definition.ts';
import type { Row } from './stream.ts';
import type { StreamSettings } from './stream-settings.ts';

/** One account of one stream, about to be read. */
export interface AccountRead {
  readonly graph: GraphClient;
  readonly definition: EdgeDefinition;
  readonly settings: StreamSettings;
  /** Digits, without `act_`. */
  readonly accountId: string;
  /** What to ask Meta for. */
  readonly fields: readonly string[];
  readonly context: CallContext;
  readonly pageSize: PageSize;
  readonly memory: FieldMemory;
  /** Reads whole rows from their text, where the stream allows it. */
  readonly openRows?: OpenRows;
  /** Only objects whose cursor is later than this are wanted; absent for all. Epoch milliseconds. */
  readonly afterMs?: number;
  /** Only objects whose cursor is not later than this are wanted; absent for all. Epoch milliseconds. */
  readonly untilMs?: number;
  /** An earlier sync has been here: what comes after `afterMs` is news, probably little. */
  readonly isResumed: boolean;
  /** When this read began. Epoch milliseconds. */
  readonly readAtMs: number;
}

export type AccountEvent =
  | { readonly type: 'rows'; readonly rows: readonly Row[]; readonly flaws: ReadonlyMap<Row, readonly string[]> }
  /**
   * Every object whose cursor is not later than `coveredUntilMs` (epoch milliseconds) has been yielded, whatever newer ones came with them. Without it,
   * all that the account has.
   */
  | { readonly type: 'progress'; readonly coveredUntilMs?: number }
  /** Cursors of objects that were read but gave no row of their own. */
  | { readonly type: 'seen'; readonly cursors: readonly unknown[] };

export type AccountReader = (read: AccountRead) => AsyncGenerator<AccountEvent>;
