import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { JsonObject } from '../../protocol/messages.ts';
import { toCsv } from './csv.ts';
import { formatReject, toJsonLines } from './format-reject.ts';
import type { Reject } from './reject.ts';

export interface ObjectFormat {
  readonly type: 'JSONL' | 'CSV';
  /** `none` puts the whole row into `_airbyte_data`; `root` gives each of its columns a column. */
  readonly flattening: 'none' | 'root';
  readonly compression: 'none' | 'gzip';
}

const compress = promisify(gzip);

/** One object's content: rejects in the envelope that Airbyte's object storage destinations give a record. */
export async function encodeRejects(
  rejects: readonly Reject[],
  { format, syncId }: { readonly format: ObjectFormat; readonly syncId?: number | undefined },
): Promise<Uint8Array> {
  const rows = rejects.map((reject) => wrap(reject, format.flattening, syncId));
  const text = format.type === 'CSV' ? toCsv(rows) : toJsonLines(rows);
  return format.compression === 'gzip' ? await compress(text) : Buffer.from(text);
}

/** Such as `.jsonl.gz`. */
export function extensionOf({ type, compression }: ObjectFormat): string {
  return `.${type.toLowerCase()}${compression === 'gzip' ? '.gz' : ''}`;
}

export function contentTypeOf({ type, compression }: ObjectFormat): string {
  if (compression === 'gzip') return 'application/gzip';
  return type === 'CSV' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8';
}

function wrap(reject: Reject, flattening: ObjectFormat['flattening'], syncId: number | undefined): JsonObject {
  const data = formatReject(reject);
  const envelope = {
    _airbyte_raw_id: randomUUID(),
    _airbyte_extracted_at: Date.parse(reject.at),
    _airbyte_meta: { ...(syncId === undefined ? {} : { sync_id: syncId }), changes: [] },
  };
  // Columns of these names are those of the warehouse that the row was read from.
  return flattening === 'none' ? { ...envelope, _airbyte_data: data } : { ...envelope, ...data, ...envelope };
}
