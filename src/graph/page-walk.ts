import type { GraphObject } from './detail-draft.ts';
import type { FieldMemory } from './field-memory.ts';
import type { GivenRows } from './given-rows.ts';
import type { PageCursor, RawPaging } from './page-cursor.ts';
import type { PageSize } from './page-size.ts';
import type { OpenRows } from './row-reader.ts';
import type { CallContext, GraphParam, GraphRequest, PageSlot, UseCase } from './send.ts';

export interface PageWalk {
  /** The edge: `act_1/ads`. */
  readonly path: string;
  /** Everything but `fields`, `limit` and the cursor. */
  readonly params?: Readonly<Record<string, GraphParam | undefined>>;
  readonly fields: readonly string[];
  readonly account?: string;
  readonly useCase?: UseCase;
  readonly context?: CallContext;
  /** See `GraphRequest`. */
  readonly limitsUntilMs?: number;
  readonly pageSize: PageSize;
  readonly memory: FieldMemory;
  /** Knows the rows that were given, so that none is given twice. Default: none was, and they are told apart by their `id`. */
  readonly given?: GivenRows;
  /** The rows are nodes with an `id`: a page that can not be read whole is read object by object. */
  readonly hasNodes: boolean;
  /** Reads rows from their text; without it they are parsed. */
  readonly openRows?: OpenRows;
  /** Asks for the number of objects with the first page. */
  readonly counted?: boolean;
}

/** What Meta answers on an edge. */
export interface EdgeBody {
  readonly data?: readonly GraphObject[];
  readonly paging?: RawPaging;
  readonly summary?: { readonly total_count?: number };
}

export interface PagePosition {
  readonly cursor: PageCursor | undefined;
  readonly slot: PageSlot;
}

export function createPageRequest(walk: PageWalk, fields: readonly string[], position: PagePosition): GraphRequest {
  return {
    path: walk.path,
    params: {
      ...walk.params,
      ...(walk.counted && position.cursor === undefined ? { summary: 'total_count' } : {}),
      fields: fields.join(','),
      limit: walk.pageSize.current,
      ...position.cursor?.params,
    },
    slot: position.slot,
    ...(walk.openRows === undefined ? {} : { openRows: walk.openRows }),
    ...quotaOf(walk),
  };
}

/** Whose quota the walk's calls use, for whom they are made, and how long they wait for it. */
export function quotaOf(walk: PageWalk): Pick<GraphRequest, 'account' | 'useCase' | 'context' | 'limitsUntilMs'> {
  return {
    ...(walk.account === undefined ? {} : { account: walk.account }),
    ...(walk.useCase === undefined ? {} : { useCase: walk.useCase }),
    ...(walk.context === undefined ? {} : { context: walk.context }),
    ...(walk.limitsUntilMs === undefined ? {} : { limitsUntilMs: walk.limitsUntilMs }),
  };
}

/** The walk's fields that are still asked for. */
export function listReadableFields(walk: PageWalk): readonly string[] {
  return walk.fields.filter((field) => !walk.memory.isRefused(field));
}

/** The walk's fields that are given up. */
export function listRefusedFields(walk: PageWalk): readonly string[] {
  return walk.fields.filter((field) => walk.memory.isRefused(field));
}
