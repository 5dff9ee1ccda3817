import { StringDecoder } from 'node:string_decoder';
import { asBuffer } from './as-buffer.ts';

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
  const splitter = new LineSplitter(options.maxLineBytes ?? MAX_LINE_BYTES);
  for await (const chunk of chunks) {
    const lines = splitter.take(asBuffer(chunk));
    if (lines !== undefined) yield lines;
  }
  const rest = splitter.finish();
  if (rest !== undefined) yield rest;
}

class LineSplitter {
  readonly #maxLineBytes: number;
  #decoder = new StringDecoder('utf8');
  /** The beginning of a line whose end has not come yet. */
  #open: string[] = [];
  #openBytes = 0;
  #isSkipping = false;
  #isFirst = true;

  constructor(maxLineBytes: number) {
    this.#maxLineBytes = maxLineBytes;
  }

  /** The lines that have come to their end. */
  take(chunk: Buffer): LineChunk | undefined {
    const end = chunk.lastIndexOf(LINE_FEED);
    if (end < 0) {
      this.#keep(chunk);
      return undefined;
    }
    const isTooLong = this.#isSkipping;
    const start = isTooLong ? chunk.indexOf(LINE_FEED) + 1 : 0;
    this.#isSkipping = false;
    // A line ends all characters, broken ones too.
    const text = this.#open.join('') + this.#decoder.end(chunk.subarray(start, end));
    const lines = start > end ? [] : this.#split(text);
    this.#open = [];
    this.#openBytes = 0;
    this.#keep(chunk.subarray(end + 1));
    return isTooLong ? { lines, isTooLong } : { lines };
  }

  finish(): LineChunk | undefined {
    if (this.#isSkipping) return { lines: [], isTooLong: true };
    const text = this.#open.join('') + this.#decoder.end();
    return text === '' ? undefined : { lines: this.#split(text), isCutOff: true };
  }

  #keep(bytes: Buffer): void {
    if (this.#isSkipping || bytes.length === 0) return;
    this.#open.push(this.#decoder.write(bytes));
    this.#openBytes += bytes.length;
    if (this.#openBytes <= this.#maxLineBytes) return;
    this.#open = [];
    this.#openBytes = 0;
    this.#isSkipping = true;
    // Half a character may be left in it.
    this.#decoder = new StringDecoder('utf8');
  }

  #split(text: string): readonly string[] {
    const lines = (this.#isFirst && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text).split('\n');
    this.#isFirst = false;
    if (!text.includes(CARRIAGE_RETURN)) return lines;
    return lines.map((line) => (line.endsWith(CARRIAGE_RETURN) ? line.slice(0, -1) : line));
  }
}
