import { isUtf8 } from 'node:buffer';
import { asBuffer } from '../text/as-buffer.ts';
import { CLOSE_BRACKET, COLON, COMMA } from '../text/ascii.ts';
import { decodeUtf8 } from '../text/decode-utf8.ts';
import { findValueEnd } from '../text/find-value-end.ts';
import { parseJson } from '../text/parse-json.ts';
import { attachRowText, findRowText } from '../text/row-text.ts';
import type { GraphObject } from './detail-draft.ts';
import type { Redact } from './redactor.ts';
import type { OpenRows } from './row-reader.ts';

/** What a page of rows begins with, and nothing else. */
export const PAGE_HEAD = Buffer.from('{"data":[');
/** Meta writes none, but a proxy may. */
const BLANKS = new Set(Buffer.from(' \t\r\n'));
/** Less than this is not looked at until more has come. */
const PIECE_BYTES = 64 * 1024;

export interface PageTextOptions {
  readonly openRows: OpenRows;
  readonly redact: Redact;
  /** Whether one of the secrets stands in the bytes. */
  readonly holdsSecret: (bytes: Uint8Array) => boolean;
}

/**
 * Reads a page, from behind its head, row by row while it arrives; the chunks are changed in place. Rejects with the chunks' own error, or with a
 * `SyntaxError` where they are not JSON.
 */
export async function readPageText(chunks: AsyncIterable<Uint8Array>, options: PageTextOptions): Promise<unknown> {
  const page = new PageText(options);
  let pending: Uint8Array[] = [];
  let length = 0;
  let wanted = PIECE_BYTES;
  for await (const chunk of chunks) {
    pending.push(chunk);
    length += chunk.byteLength;
    if (length < wanted) continue;
    const rest = page.takeAll(pending);
    pending = rest.byteLength > 0 ? [rest] : [];
    length = rest.byteLength;
    // A row that is larger than a chunk is not begun again with each of them.
    wanted = PIECE_BYTES + 2 * length;
  }
  return page.finish(Buffer.concat(pending, length));
}

class PageText {
  readonly #options: PageTextOptions;
  readonly #rows: GraphObject[] = [];
  /** What stands between two rows: `,{"account_id":`. */
  #joint: Uint8Array | undefined;
  #hasEnded = false;

  constructor(options: PageTextOptions) {
    this.#options = options;
  }

  /** Takes the rows that stand whole in these pieces, the first of which begins with the first byte not taken before. Returns what is left of them. */
  takeAll(pieces: readonly Uint8Array[]): Uint8Array {
    if (this.#hasEnded) return Buffer.concat(pieces);
    const last = asBuffer(pieces.at(-1) ?? new Uint8Array());
    const end = pieces.length === 1 ? 0 : this.#findRowEnd(last);
    if (end === undefined) return this.#takeWhole(Buffer.concat(pieces));
    if (end === 0) return this.#takeWhole(last);
    // Only the row that stands in several pieces is copied.
    const row = Buffer.concat([...pieces.slice(0, -1), last.subarray(0, end)]);
    const taken = this.#takeRows(row, row.length);
    const rest = last.subarray(end);
    return this.#takeWhole(taken === row.length ? rest : Buffer.concat([row.subarray(taken), rest]));
  }

  /** Behind the comma after what is, in all likelihood, the end of a row; undefined where none is found. */
  #findRowEnd(piece: Buffer): number | undefined {
    const at = this.#joint === undefined ? -1 : piece.indexOf(this.#joint);
    return at === -1 ? undefined : at + 1;
  }

  #takeWhole(piece: Buffer): Buffer {
    if (this.#hasEnded) return piece;
    this.#joint ??= Buffer.from(`,${piece.subarray(0, piece.indexOf(COLON) + 1)}`);
    // The last row of a piece is hardly ever whole, and to begin with it is work for nothing.
    return piece.subarray(this.#takeRows(piece, piece.lastIndexOf(this.#joint)));
  }

  /** Takes what is left; returns the page as parsing it would. */
  finish(piece: Buffer): unknown {
    const end = this.#hasEnded ? 0 : this.#takeRows(piece, piece.length);
    const page = parseJson(this.#options.redact(`${PAGE_HEAD}${piece.subarray(end)}`)) as object;
    if (!this.#hasEnded) throw new SyntaxError('The page is cut off');
    return { ...page, data: this.#rows };
  }

  /** The rows that begin before `limit`, as far as they stand whole in the piece. Returns where they end. */
  #takeRows(piece: Buffer, limit: number): number {
    const { rows, end } = this.#readRows(piece, limit);
    const text = piece.subarray(0, end);
    const isPlain = isUtf8(text) && !this.#options.holdsSecret(text);
    for (const row of rows) this.#rows.push(isPlain ? row : this.#clean(row));
    return end;
  }

  #readRows(piece: Buffer, limit: number): { readonly rows: readonly GraphObject[]; readonly end: number } {
    const reader = this.#options.openRows(piece);
    const rows: GraphObject[] = [];
    let at = skipBlanks(piece, 0);
    this.#hasEnded = piece[at] === CLOSE_BRACKET && this.#rows.length === 0;
    while (at < limit && !this.#hasEnded) {
      const row = reader.read(at);
      const end = row === undefined ? findValueEnd(piece, at) : reader.end;
      const next = skipBlanks(piece, end ?? piece.length);
      const separator = piece[next];
      // The rest of it has not come yet.
      if (end === undefined || separator === undefined) break;
      if (separator !== COMMA && separator !== CLOSE_BRACKET) throw new SyntaxError('Rows without a comma between');
      rows.push(row ?? (parseJson(this.#options.redact(decodeUtf8(piece.subarray(at, end)))) as GraphObject));
      this.#hasEnded = separator === CLOSE_BRACKET;
      at = this.#hasEnded ? next : skipBlanks(piece, next + 1);
    }
    return { rows, end: at };
  }

  /** What is not UTF-8 is decoded as far as it can be, and secrets are cut out. */
  #clean(row: GraphObject): GraphObject {
    const text = findRowText(row);
    if (text === undefined) return row;
    const { redact } = this.#options;
    const columns = Object.entries(row).map(
      ([name, value]) => [name, typeof value === 'string' ? redact(value) : value] as const,
    );
    return attachRowText(Object.fromEntries(columns), Buffer.from(redactText(decodeUtf8(text), redact)));
  }
}

/** JSON without its secrets. One of digits alone may be a number there, and what takes its place is a string. */
function redactText(json: string, redact: Redact): string {
  const clean = redact(json);
  if (isJson(clean)) return clean;
  return JSON.stringify(JSON.parse(json), (_name, value: unknown) => {
    const text = typeof value === 'string' || typeof value === 'number' ? redact(`${value}`) : undefined;
    return text === undefined || text === `${value}` ? value : text;
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The first byte from `at` on that is no white space of JSON's. */
function skipBlanks(bytes: Uint8Array, at: number): number {
  let place = at;
  while (BLANKS.has(bytes[place] ?? 0)) place += 1;
  return place;
}
