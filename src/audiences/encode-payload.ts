import { EncodedParam } from '../graph/encoded-param.ts';
import type { Batch } from './batch.ts';
import { PLAIN_KEYS } from './keys/match-key.ts';
import { type Cell, DATA_USE_KEYS, type PayloadKey } from './person-row.ts';

const BEGIN_ROW = encodeURIComponent('[');
const END_ROW = encodeURIComponent(']');
const COMMA = encodeURIComponent(',');
const QUOTE = encodeURIComponent('"');
const EMPTY = QUOTE + QUOTE;

/** Keys whose cells can hold anything; those of every other key are hexadecimal digits, which no way of writing changes. */
const FREE_KEYS: ReadonlySet<PayloadKey> = new Set([...PLAIN_KEYS, ...DATA_USE_KEYS]);

export interface EncodedPayload {
  readonly param: EncodedParam;
  /** Its two parts: everything but the rows, and the rows. Apart, so that whoever reads them makes no third copy of megabytes. */
  readonly head: string;
  readonly data: string;
}

/**
 * A batch as Meta's `payload`, in JSON and in the way of forms at once: almost all of it are hashes, which neither changes, and to write megabytes of
 * them twice is most of what an upload costs.
 * https://developers.facebook.com/docs/marketing-api/audiences/guides/custom-audiences
 */
export function encodePayload(batch: Batch): EncodedPayload {
  const { keys, rows, pageId, appIds } = batch;
  const head = {
    schema: keys,
    ...(keys.includes('PAGEUID') || keys.includes('APPUID') ? { is_raw: true } : {}),
    ...(keys.includes('PAGEUID') && pageId !== undefined ? { page_ids: [pageId] } : {}),
    ...(keys.includes('APPUID') && appIds !== undefined ? { app_ids: appIds } : {}),
  };
  const begin = encodeURIComponent(`${JSON.stringify(head).slice(0, -1)},"data":[`);
  const shape = rows[0]?.shape;
  const places = keys.map((key) => shape?.keys.indexOf(key) ?? -1);
  const isFree = keys.map((key) => FREE_KEYS.has(key));
  const texts = rows.map(({ cells }) => {
    let text = BEGIN_ROW;
    for (let at = 0; at < places.length; at += 1) {
      const cell = cells[places[at] as number] ?? '';
      if (at > 0) text += COMMA;
      text += isFree[at] ? encodeCell(cell) : cell === '' ? EMPTY : `${QUOTE}${String(cell)}${QUOTE}`;
    }
    return text + END_ROW;
  });
  const data = texts.join(COMMA);
  return { param: new EncodedParam(`${begin}${data}${encodeURIComponent(']}')}`), head: begin, data };
}

function encodeCell(cell: Cell): string {
  return encodeURIComponent(JSON.stringify(cell));
}
