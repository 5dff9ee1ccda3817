import { createParameterError, GraphApiError } from '../graph-api-error.ts';
import type { Operation } from '../operation.ts';
import type { EmulatorOptions } from '../options.ts';
import { Params } from '../params.ts';
import { hashIntegers } from '../world/hash.ts';
import { type JsonText, quoteText } from '../world/json-text.ts';

/** Rows that can be counted and read from any position. */
export interface Rows {
  count(): number;
  rows(from: number): Iterable<JsonText>;
}

export interface ResultPage {
  readonly body: JsonText;
  readonly rowCount: number;
}

export interface ResultPageRequest {
  readonly options: EmulatorOptions;
  readonly operation: Operation;
  /** Synchronous cursors look a little different. */
  readonly isSync: boolean;
}

/** Where a page begins. `gap`: an empty page of the style `empty_pages` comes first; `end`: behind the last row. */
interface Position {
  readonly row: number;
  readonly mark: 'row' | 'gap' | 'end';
}

/** `{data,paging}` of the page that `limit`, `after` and `before` ask for. Without rows there is no `paging`. Throws 2642, #100 and 100/1487534. */
export function writeResultPage(source: Rows, request: ResultPageRequest): ResultPage {
  const { options, operation, isSync } = request;
  const limit = parseLimit(operation.params.get('limit'), options);
  const [after, before] = [operation.params.get('after'), operation.params.get('before')];
  const start = after === undefined ? undefined : decodePosition(after, isSync);
  if (start?.mark === 'end')
    return {
      rowCount: 0,
      body: writeBody('', request, { limit, start, end: start, hasNext: options.pageStyle === 'sticky_next' }),
    };
  if (start?.mark === 'gap') {
    const end: Position = { row: start.row, mark: 'row' };
    return { rowCount: 0, body: writeBody('', request, { limit, start, end, hasNext: true }) };
  }
  const total = source.count();
  const end = before === undefined ? total : Math.min(total, decodePosition(before, isSync).row);
  const from = before === undefined ? (start === undefined ? 0 : start.row + 1) : Math.max(0, end - limit);
  const size = options.pageStyle === 'short_pages' ? 1 + (hashIntegers(limit, from, 0, 0) % limit) : limit;
  const count = Math.max(0, Math.min(size, end - from));
  if (count === 0) return { rowCount: 0, body: '{"data":[]}' };
  checkRowCount(count, options.maxRowsPerCall);
  const hasMore = from + count < total;
  const endless = !hasMore && (options.pageStyle === 'trailing_empty_page' || options.pageStyle === 'sticky_next');
  const mark = endless ? 'end' : hasMore && options.pageStyle === 'empty_pages' ? 'gap' : 'row';
  const data = takeRows(source.rows(from), count);
  return {
    rowCount: count,
    body: writeBody(data, request, {
      limit,
      start: { row: from, mark: 'row' },
      end: { row: from + count - 1, mark },
      hasNext: hasMore || endless,
    }),
  };
}

function takeRows(rows: Iterable<JsonText>, count: number): string {
  let data = '';
  let taken = 0;
  for (const row of rows) {
    data += taken === 0 ? row : `,${row}`;
    taken += 1;
    if (taken === count) break;
  }
  return data;
}

interface Edges {
  readonly limit: number;
  readonly start: Position;
  readonly end: Position;
  readonly hasNext: boolean;
}

function writeBody(data: string, { operation, isSync }: ResultPageRequest, { limit, start, end, hasNext }: Edges): JsonText {
  const [before, after] = [encodePosition(start, isSync), encodePosition(end, isSync)];
  const own = operation.params.without('after', 'before', 'limit');
  const token = operation.token !== undefined && !own.has('access_token') ? [['access_token', operation.token] as const] : [];
  const params = new Params([...token, ...own.entries, ['limit', String(limit)], ['after', after]]);
  const url = `${operation.origin}/${operation.version}/${operation.path.join('/')}?${params}`;
  const next = hasNext ? `,"next":${quoteText(url)}` : '';
  return `{"data":[${data}],"paging":{"cursors":{"before":"${before}","after":"${after}"}${next}}}`;
}

/** Cursors are offsets in base64: `Nzk5` for row 799; synchronous ones write `ZD` for each `=`. */
function encodePosition({ row, mark }: Position, isSync: boolean): string {
  const text = Buffer.from(mark === 'row' ? String(row) : `${row}.${mark}`).toString('base64');
  return isSync ? text.replaceAll('=', 'ZD') : text;
}

function decodePosition(text: string, isSync: boolean): Position {
  const padded = isSync ? text.replace(/(ZD)+$/, (end) => '='.repeat(end.length / 2)) : text;
  const [, row, mark] = /^(\d+)(?:\.(gap|end))?$/.exec(Buffer.from(padded, 'base64').toString()) ?? [];
  if (row === undefined) throw new GraphApiError('(#2642) Invalid cursors values', { code: 2642, isTransient: false });
  return { row: Number(row), mark: mark === 'gap' || mark === 'end' ? mark : 'row' };
}

function parseLimit(text: string | undefined, options: EmulatorOptions): number {
  if (text === undefined) return options.defaultLimit;
  const limit = Number(text);
  if (!Number.isSafeInteger(limit) || limit < 1) throw createParameterError('param limit must be a positive integer.');
  return Math.min(limit, options.maximumLimit);
}

function checkRowCount(count: number, maximum: number): void {
  if (maximum <= 0 || count <= maximum) return;
  throw new GraphApiError('Invalid parameter', { code: 100, subcode: 1487534, isTransient: false, userTitle: 'Too many rows' });
}
