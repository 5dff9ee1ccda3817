import type { FieldChange, JsonObject, StreamDescriptor } from './messages.ts';

/** What a pipe takes at once. */
const CHUNK_CHARS = 64 * 1024;

export interface RecordPage {
  readonly descriptor: StreamDescriptor;
  readonly rows: readonly JsonObject[];
  /** Which fields of which rows could not be read. */
  readonly changes?: ReadonlyMap<JsonObject, readonly FieldChange[]>;
  readonly emittedAtMs: number;
}

export interface RecordChunk {
  /** Whole RECORD lines. */
  readonly lines: string;
  readonly records: number;
}

/**
 * A page as RECORD lines, in strings of about 64 KiB, made when asked for. What is the same in every line is serialised once.
 * Rows without any field are left out: the platform drops them unseen, and its count would differ from ours.
 */
export function* serializeRecords(page: RecordPage): Generator<RecordChunk, void, undefined> {
  const { name, namespace } = page.descriptor;
  const envelope = { stream: name, ...(namespace === undefined ? {} : { namespace }), emitted_at: page.emittedAtMs };
  const head = `{"type":"RECORD","record":${JSON.stringify(envelope).slice(0, -1)},"data":`;
  let lines = '';
  let records = 0;
  for (const row of page.rows) {
    const data = JSON.stringify(row);
    if (data === '{}') continue;
    const changes = page.changes?.get(row);
    const meta = changes === undefined || changes.length === 0 ? '' : `,"meta":${JSON.stringify({ changes })}`;
    lines += `${head}${data}${meta}}}\n`;
    records += 1;
    if (lines.length < CHUNK_CHARS) continue;
    yield { lines, records };
    lines = '';
    records = 0;
  }
  if (records > 0) yield { lines, records };
}
