import { FormDraft } from '../graph/form-draft.ts';
import type { AsciiBuffer } from '../text/ascii-buffer.ts';
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

/**
 * A batch as Meta's parameter `payload`, written over what is in the buffer. It is in JSON and in the way of forms at once: almost all of it are hashes,
 * which neither changes, and to write megabytes of them twice is most of what an upload costs.
 * https://developers.facebook.com/docs/marketing-api/audiences/guides/custom-audiences
 */
export function encodePayload(batch: Batch, buffer: AsciiBuffer): FormDraft {
  const { keys, rows, pageId, appIds } = batch;
  const head = {
    schema: keys,
    ...(keys.includes('PAGEUID') || keys.includes('APPUID') ? { is_raw: true } : {}),
    ...(keys.includes('PAGEUID') && pageId !== undefined ? { page_ids: [pageId] } : {}),
    ...(keys.includes('APPUID') && appIds !== undefined ? { app_ids: appIds } : {}),
  };
  const shape = rows[0]?.shape;
  const places = keys.map((key) => shape?.keys.indexOf(key) ?? -1);
  const isFree = keys.map((key) => FREE_KEYS.has(key));
  buffer.truncate(0);
  buffer.append(`payload=${encodeURIComponent(`${JSON.stringify(head).slice(0, -1)},"data":[`)}`);
  let isFirst = true;
  for (const { cells } of rows) {
    let text = isFirst ? BEGIN_ROW : COMMA + BEGIN_ROW;
    isFirst = false;
    for (let at = 0; at < places.length; at += 1) {
      const cell = cells[places[at] as number] ?? '';
      if (at > 0) text += COMMA;
      text += isFree[at] ? encodeCell(cell) : cell === '' ? EMPTY : `${QUOTE}${String(cell)}${QUOTE}`;
    }
    buffer.append(text + END_ROW);
  }
  buffer.append(encodeURIComponent(']}'));
  return new FormDraft(buffer);
}

function encodeCell(cell: Cell): string {
  return encodeURIComponent(JSON.stringify(cell));
}
