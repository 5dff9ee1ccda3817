import { findRowText } from '../text/row-text.ts';
import type { FieldChange, JsonObject, StreamDescriptor } from './messages.ts';
import { ChunkDraft, type RecordChunk } from './record-chunk.ts';

/** The text of a row without any field. */
const EMPTY_LENGTH = '{}'.length;

export interface RecordPage {
  readonly descriptor: StreamDescriptor;
  readonly rows: readonly JsonObject[];
  /** Which fields of which rows could not be read. */
  readonly changes?: ReadonlyMap<JsonObject, readonly FieldChange[]>;
  readonly emittedAtMs: number;
}

/**
 * A page as RECORD lines, in pieces of about 64 KiB, made when asked for. What is the same in every line is serialised once; rows that have been read as
 * text are not serialised at all. Rows without any field are left out: the platform drops them unseen, and its count would differ from ours.
 */
export function* serializeRecords(page: RecordPage): Generator<RecordChunk, void, undefined> {
  const { name, namespace } = page.descriptor;
  const envelope = { stream: name, ...(namespace === undefined ? {} : { namespace }), emitted_at: page.emittedAtMs };
  const draft = new ChunkDraft(`{"type":"RECORD","record":${JSON.stringify(envelope).slice(0, -1)},"data":`);
  for (const row of page.rows) {
    const data = findRowText(row) ?? JSON.stringify(row);
    if (data.length === EMPTY_LENGTH) continue;
    if (!draft.fits(data)) yield draft.take();
    const changes = page.changes?.get(row);
    draft.add(data, changes === undefined || changes.length === 0 ? '' : `,"meta":${JSON.stringify({ changes })}`);
  }
  if (draft.records > 0) yield draft.take();
}
