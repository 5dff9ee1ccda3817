import { type FieldSelection, parseFields } from '../fields/field-parser.ts';
import { compileProjection } from '../fields/projection.ts';
import { createParameterError, GraphApiError } from '../graph-api-error.ts';
import type { Operation } from '../operation.ts';
import { decodeCursor, encodeCursor } from '../paging/cursor.ts';
import { type Page, takePage } from '../paging/page.ts';
import { Params } from '../params.ts';
import type { Site } from '../site.ts';
import type { JsonText } from '../world/json-text.ts';
import { quoteText } from '../world/json-text.ts';
import type { Item, Kind } from '../world/kind.ts';
import { walkItems } from '../world/walk.ts';
import { compileEdgeFilter } from './edge-filter.ts';
import { findEdgeKind } from './edge-table.ts';
import { walkMatches } from './match-cache.ts';

type Walk = (direction: 'newest_first' | 'oldest_first', fromPosition?: number) => Iterable<Item>;

export interface EdgeList {
  readonly site: Site;
  readonly operation: Operation;
  /** `act_1/ads`: the path behind the version, and what cursors belong to. */
  readonly path: string;
  readonly kind: Kind;
  /** Of the edge itself: those of the call, or the modifiers of a nested edge. */
  readonly params: Params;
  readonly walk: Walk;
  readonly positionOf: (item: Item) => number;
}

/** The objects of `kind` below one object. */
export function createObjectList(list: Omit<EdgeList, 'path' | 'walk' | 'positionOf'>, parent: Item, edge: string): EdgeList {
  const { site, kind } = list;
  return {
    ...list,
    path: `${site.world.idOf(parent)}/${edge}`,
    positionOf: ({ index }) => index,
    walk: (direction, fromIndex) =>
      walkItems(site.world, { kind, scope: parent, direction, ...(fromIndex === undefined ? {} : { fromIndex }) }),
  };
}

/** `{data,paging,summary}` of one page. */
export function writeEdge(list: EdgeList): JsonText {
  const { site, operation, kind, params } = list;
  const limit = parseLimit(params.get('limit'), site.options);
  const filter = compileEdgeFilter(site, kind, params);
  const project = compileListProjection(list);
  const [after, before] = [params.get('after'), params.get('before')];
  const walk = createFilteredWalk(list, filter.accept);
  const page = takePage({
    scope: list.path,
    style: site.options.pageStyle,
    limit,
    ...(after === undefined ? {} : { after: decodeCursor(after, list.path) }),
    ...(before === undefined ? {} : { before: decodeCursor(before, list.path) }),
    walk,
    positionOf: list.positionOf,
  });
  checkRowCount(page.items.length, site.options.maxRowsPerCall);
  let rows = '';
  for (const item of page.items) rows += rows === '' ? project(item) : `,${project(item)}`;
  const paging = writePaging(page, { list, limit, operation });
  const summary = wantsTotal(params.get('summary'))
    ? `,"summary":{"total_count":${countItems(filter.totalsDiffer ? acceptItems(list.walk('newest_first'), filter.counts) : walk('newest_first'))}}`
    : '';
  return `{"data":[${rows}]${paging}${summary}}`;
}

function compileListProjection({ site, operation, kind, params }: EdgeList) {
  const fields = params.get('fields');
  const selections = fields === undefined || fields === '' ? undefined : parseFields(fields);
  return compileProjection({ site, kind, selections, compileNestedEdge: createNestedEdges(site, operation) });
}

/** How the edges within a call's `fields` are written. */
export function createNestedEdges(site: Site, operation: Operation) {
  return (parentKind: Kind, selection: FieldSelection) => {
    const kind = findEdgeKind(parentKind, selection.name);
    if (kind === undefined) throw createParameterError(`Tried accessing nonexisting edge (${selection.name})`);
    const fields: [string, string][] = selection.childrenSource === undefined ? [] : [['fields', selection.childrenSource]];
    const token: [string, string][] = operation.token === undefined ? [] : [['access_token', operation.token]];
    const params = new Params([...token, ...fields, ...selection.modifiers]);
    return (parent: Item) => writeEdge(createObjectList({ site, operation, kind, params }, parent, selection.name));
  };
}

function writePaging(
  page: Page,
  context: { readonly list: EdgeList; readonly limit: number; readonly operation: Operation },
): string {
  if (page.before === undefined || page.after === undefined) return '';
  const [before, after] = [encodeCursor(page.before), encodeCursor(page.after)];
  const { list, limit, operation } = context;
  const link = (name: string, cursor: string) => {
    const own = list.params.without('after', 'before', 'limit');
    // The real links carry the token even when it came in a header.
    const token = operation.token !== undefined && !own.has('access_token') ? [['access_token', operation.token] as const] : [];
    const params = new Params([...token, ...own.entries, ['limit', String(limit)], [name, cursor]]);
    return quoteText(`${operation.origin}/${operation.version}/${list.path}?${params}`);
  };
  const next = page.hasNext ? `,"next":${link('after', after)}` : '';
  const previous = page.hasPrevious ? `,"previous":${link('before', before)}` : '';
  return `,"paging":{"cursors":{"before":"${before}","after":"${after}"}${next}${previous}}`;
}

function parseLimit(text: string | undefined, options: { readonly defaultLimit: number; readonly maximumLimit: number }): number {
  if (text === undefined) return options.defaultLimit;
  const limit = Number(text);
  if (!Number.isSafeInteger(limit) || limit < 1) throw createParameterError('param limit must be a positive integer.');
  return Math.min(limit, options.maximumLimit);
}

function checkRowCount(count: number, maximum: number): void {
  if (maximum <= 0 || count <= maximum) return;
  throw new GraphApiError('Invalid parameter', {
    code: 100,
    subcode: 1487534,
    isTransient: false,
    userTitle: 'Too many rows',
    userMessage: 'There are too many rows in the answer. Reduce the amount of data.',
  });
}

function wantsTotal(summary: string | undefined): boolean {
  return summary === 'true' || summary === '1' || (summary?.includes('total_count') ?? false);
}

/** Nested edges are short, and what counts as recent among activities moves with the clock: only lists of an account's objects are indexed. */
function createFilteredWalk({ site, path, kind, params, walk }: EdgeList, accept: (item: Item) => boolean): Walk {
  const isIndexed = path.startsWith('act_') && kind !== 'activity' && params.has('filtering');
  if (!isIndexed) return (direction, fromPosition) => acceptItems(walk(direction, fromPosition), accept);
  const key = `${path}?${params.without('after', 'before', 'limit', 'fields', 'summary', 'access_token')}`;
  return (direction, fromPosition) => {
    const items = site.matches.find(site.world, key, () => [...acceptItems(walk('newest_first'), accept)]);
    return walkMatches(items, direction, fromPosition);
  };
}

function* acceptItems(items: Iterable<Item>, accept: (item: Item) => boolean): Generator<Item> {
  for (const item of items) if (accept(item)) yield item;
}

function countItems(items: Iterable<Item>): number {
  let count = 0;
  for (const _ of items) count += 1;
  return count;
}
