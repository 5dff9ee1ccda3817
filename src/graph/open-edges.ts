import { isFields } from './json-fields.ts';
import { type PageCursor, type RawPaging, readNextCursor } from './page-cursor.ts';
import type { GraphRequest } from './send.ts';

export interface RawEdge {
  data: unknown[];
  paging?: RawPaging;
}

/** An edge within an answer that has further pages. */
export interface OpenEdge {
  /** Within the answer: further rows are added to it. */
  readonly edge: RawEdge;
  /** Of the next page. */
  readonly request: GraphRequest;
  readonly cursor: PageCursor;
}

/** What a `next` URL must not bring along: secrets go in headers, and the host is ours to choose. */
const SECRET_PARAMS: ReadonlySet<string> = new Set(['access_token', 'appsecret_proof']);

/** The edges of an answer to `request` that have further pages: the answer itself, and those nested in its objects (`ads.limit(5){id}`), however deep. */
export function findOpenEdges(body: unknown, request: GraphRequest): OpenEdge[] {
  if (!isEdge(body)) return findNestedEdges(body);
  const own = findNextPage(body, request);
  return [...(own === undefined ? [] : [own]), ...findNestedEdges(body.data)];
}

/** The same for a value within an answer. */
export function findNestedEdges(value: unknown): OpenEdge[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(findNestedEdges);
  const own = isEdge(value) ? findNextPage(value, readNestedRequest(value.paging?.next)) : undefined;
  return own === undefined ? inner : [own, ...inner];
}

/** Where the pages of `edge` go on behind its page `page`; undefined where they end. */
export function findNextPage(page: RawEdge, request: GraphRequest | undefined, edge: RawEdge = page): OpenEdge | undefined {
  const cursor = readNextCursor(page.paging);
  if (cursor === undefined || request === undefined) return undefined;
  return { edge, cursor, request: { ...request, params: { ...request.params, ...cursor.params } } };
}

export function isEdge(value: unknown): value is RawEdge {
  return isFields(value) && Array.isArray(value['data']) && (value['paging'] === undefined || isFields(value['paging']));
}

/** A nested edge is known by its `next` URL alone, since fields can be renamed: `…/v25.0/<id>/<edge>?fields=…`. */
function readNestedRequest(next: string | undefined): GraphRequest | undefined {
  const url = URL.parse(next ?? '');
  const segments = url?.pathname.split('/').filter((segment) => segment !== '') ?? [];
  const path = segments.slice(-2).join('/');
  if (url === null || segments.length < 2) return undefined;
  const params = [...url.searchParams].filter(([name]) => !SECRET_PARAMS.has(name));
  return { path, params: Object.fromEntries(params) };
}
