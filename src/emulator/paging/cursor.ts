import { GraphApiError } from '../graph-api-error.ts';
import { hashText } from '../world/hash.ts';

/** Where a page walk stands. It names an object's position, not a row number, so it survives mutations and other limits. */
export interface Cursor {
  /** The edge and the object it hangs on; a cursor of another edge is invalid. */
  readonly scope: string;
  readonly position: number;
  /** The page that handed this cursor out was deliberately empty, or lies behind the last row. */
  readonly mark: 'row' | 'gap' | 'end';
}

/** Real cursors begin with this once encoded. */
const MAGIC = 'AQH';

export function encodeCursor(cursor: Cursor): string {
  const payload = `${hashText(cursor.scope).toString(36)}.${cursor.position}.${cursor.mark}`;
  return Buffer.from(`${MAGIC}${payload}.${hashText(payload).toString(36)}`).toString('base64url');
}

/** Throws 2642 for anything that did not come out of `encodeCursor` for the same scope. */
export function decodeCursor(text: string, scope: string): Cursor {
  const decoded = Buffer.from(text, 'base64url').toString();
  const match = /^AQH(([0-9a-z]+)\.(\d+)\.(row|gap|end))\.([0-9a-z]+)$/.exec(decoded);
  const [, payload = '', scopeHash, position, mark, checksum] = match ?? [];
  if (scopeHash !== hashText(scope).toString(36) || checksum !== hashText(payload).toString(36)) throw createCursorError();
  return { scope, position: Number(position), mark: mark === 'gap' || mark === 'end' ? mark : 'row' };
}

function createCursorError(): GraphApiError {
  return new GraphApiError('(#2642) Invalid cursors values', {
    code: 2642,
    isTransient: false,
    userTitle: 'Invalid cursors values',
    userMessage: 'The after cursor specified exceeds the max limit supported by this endpoint',
  });
}
