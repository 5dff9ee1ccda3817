import { hashIntegers } from '../world/hash.ts';
import type { Item } from '../world/kind.ts';
import type { Cursor } from './cursor.ts';

/**
 * How an edge hands out its rows; all but `sticky_next` end where `next` is absent.
 * `plain`: full pages. `empty_pages`: an empty page with `next` between any two. `short_pages`: fewer rows than the limit.
 * `trailing_empty_page`: the last rows still have a `next`, behind which there is nothing. `sticky_next`: so does that page, for ever.
 */
export type PageStyle = 'plain' | 'empty_pages' | 'short_pages' | 'trailing_empty_page' | 'sticky_next';

export const pageStyles: readonly PageStyle[] = ['plain', 'empty_pages', 'short_pages', 'trailing_empty_page', 'sticky_next'];

export interface Page {
  readonly items: readonly Item[];
  readonly before?: Cursor;
  readonly after?: Cursor;
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
}

export interface PageRequest {
  readonly scope: string;
  readonly style: PageStyle;
  readonly limit: number;
  readonly after?: Cursor;
  readonly before?: Cursor;
  /** Accepted rows in walking order, starting behind the position. */
  readonly walk: (direction: 'newest_first' | 'oldest_first', fromPosition?: number) => Iterable<Item>;
  readonly positionOf: (item: Item) => number;
}

export function takePage(request: PageRequest): Page {
  const { scope, style, after, before } = request;
  if (before !== undefined) return takePreviousPage(request, before);
  if (after?.mark === 'end') {
    return { items: [], before: after, after, hasNext: style === 'sticky_next', hasPrevious: true };
  }
  if (style === 'empty_pages' && after?.mark === 'row') {
    const gap: Cursor = { scope, position: after.position, mark: 'gap' };
    if (takeRows(request, 1, after.position).rows.length === 0) return { items: [], hasNext: false, hasPrevious: true };
    return { items: [], before: after, after: gap, hasNext: true, hasPrevious: true };
  }
  const limit = style === 'short_pages' ? shorten(request.limit, after?.position ?? -1) : request.limit;
  const { rows, hasMore } = takeRows(request, limit, after?.position);
  const first = rows[0];
  const last = rows.at(-1);
  if (first === undefined || last === undefined) return { items: [], hasNext: false, hasPrevious: after !== undefined };
  const endless = !hasMore && (style === 'trailing_empty_page' || style === 'sticky_next');
  return {
    items: rows,
    before: { scope, position: request.positionOf(first), mark: 'row' },
    after: { scope, position: request.positionOf(last), mark: endless ? 'end' : 'row' },
    hasNext: hasMore || endless,
    hasPrevious: after !== undefined,
  };
}

function takePreviousPage(request: PageRequest, before: Cursor): Page {
  const rows: Item[] = [];
  let hasPrevious = false;
  for (const item of request.walk('oldest_first', before.position)) {
    if (rows.length === request.limit) {
      hasPrevious = true;
      break;
    }
    rows.unshift(item);
  }
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return { items: [], hasNext: true, hasPrevious: false };
  const cursorOf = (item: Item): Cursor => ({ scope: request.scope, position: request.positionOf(item), mark: 'row' });
  return { items: rows, before: cursorOf(first), after: cursorOf(last), hasNext: true, hasPrevious };
}

function takeRows(
  request: PageRequest,
  limit: number,
  fromPosition?: number,
): { readonly rows: readonly Item[]; readonly hasMore: boolean } {
  const rows: Item[] = [];
  for (const item of request.walk('newest_first', fromPosition)) {
    if (rows.length === limit) return { rows, hasMore: true };
    rows.push(item);
  }
  return { rows, hasMore: false };
}

/** Between one row and the limit, always the same at the same place. */
function shorten(limit: number, position: number): number {
  return 1 + (hashIntegers(limit, position, 0, 0) % limit);
}
