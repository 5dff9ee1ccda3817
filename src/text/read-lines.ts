const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = '\r';
const BYTE_ORDER_MARK = '\uFEFF';
/** Half of what fits into one string of Node's. A platform warns from 20 MB on. */
const MAX_LINE_BYTES = 256 * 1024 * 1024;

export interface LineChunk {
  /** Without their line feeds, blank ones included. */
  readonly lines: readonly string[];
  /** The last line had no line feed: the writer may have died within it. */
  readonly isCutOff?: true;
  /** A line was too long to be read, and is left out. */
  readonly isTooLong?: true;
}

export interface LineOptions {
  /** Default 256 MiB. */
  readonly maxLineBytes?: number;
}

/**
 * A stream of bytes as lines, many at a time. The next chunk is asked for when the lines of the last one have been taken, so a slow writer at the end of the
 * chain slows the source down. Bytes that are no UTF-8 become U+FFFD; a byte order mark and carriage returns are taken off.
 */
export async function* readLines(chunks: AsyncIterable<Uint8Array>, options: LineOptions = {}): AsyncGenerator<LineChunk> {
  const maxLineBytes = options.maxLineBytes ?? MAX_LINE_BYTES;
  let carry: Uint8Array[] = [];
  let carriedBytes = 0;
  let isSkipping = false;
  let isFirst = true;
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(LINE_FEED);
    const isWithin = end < 0;
    const rest = isWithin ? chunk : chunk.subarray(end + 1);
    if (!isWithin) {
      const start = isSkipping ? chunk.indexOf(LINE_FEED) + 1 : 0;
      const parts = isSkipping ? [] : carry;
      const isTooLong = isSkipping;
      carry = [];
      carriedBytes = 0;
      isSkipping = false;
      const text = start > end ? undefined : decode([...parts, chunk.subarray(start, end)]);
      const lines = text === undefined ? [] : splitLines(text, isFirst);
      isFirst = false;
      yield isTooLong ? { lines, isTooLong } : { lines };
    }
    if (isSkipping || rest.length === 0) continue;
    carry.push(rest);
    carriedBytes += rest.length;
    if (carriedBytes <= maxLineBytes) continue;
    carry = [];
    carriedBytes = 0;
    isSkipping = true;
  }
  if (isSkipping) yield { lines: [], isTooLong: true };
  else if (carriedBytes > 0) yield { lines: splitLines(decode(carry), isFirst), isCutOff: true };
}

function decode(parts: readonly Uint8Array[]): string {
  const [only] = parts;
  const bytes = parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

function splitLines(text: string, isFirst: boolean): readonly string[] {
  const lines = (isFirst && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text).split('\n');
  return text.includes(CARRIAGE_RETURN)
    ? lines.map((line) => (line.endsWith(CARRIAGE_RETURN) ? line.slice(0, -1) : line))
    : lines;
}
