import type { GraphParam } from './send.ts';

export interface RawPaging {
  readonly cursors?: { readonly before?: string; readonly after?: string };
  /** The whole URL of the next page, access token included: never requested, logged or kept. */
  readonly next?: string;
}

/** Where the next page begins. Not durable: a cursor never goes into state. */
export interface PageCursor {
  readonly params: Readonly<Record<string, GraphParam>>;
  /** Equal for equal cursors. */
  readonly key: string;
}

/** Edges that page by time or offset have no `cursors`; their position stands in the query of `next`. */
const POSITION_PARAMS = ['after', 'offset', 'since', 'until', '__paging_token', '__after_id'] as const;

/** The walk ends where `next` is absent: `cursors.after` stands on the last page too. */
export function readNextCursor(paging: RawPaging | undefined): PageCursor | undefined {
  if (typeof paging?.next !== 'string' || paging.next === '') return undefined;
  const after = paging.cursors?.after;
  const params = typeof after === 'string' && after !== '' ? { after } : readPosition(paging.next);
  const key = JSON.stringify(params);
  return key === '{}' ? undefined : { params, key };
}

function readPosition(next: string): Record<string, string> {
  const query = new URLSearchParams(next.slice(next.indexOf('?') + 1));
  const position: Record<string, string> = {};
  for (const name of POSITION_PARAMS) {
    const value = query.get(name);
    if (value !== null) position[name] = value;
  }
  return position;
}
