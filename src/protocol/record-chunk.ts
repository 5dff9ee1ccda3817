/** What a pipe takes at once. */
const CHUNK_LENGTH = 64 * 1024;

/** Records that are longer on average are not copied to be written together. */
const LONG_RECORD_BYTES = 4 * 1024;

export interface RecordChunk {
  /** Whole RECORD lines; where the rows came as text, their pieces in UTF-8. No piece ends within a member of a record's data. */
  readonly lines: string | readonly Uint8Array[];
  readonly records: number;
}

/** RECORD lines of one kind, strings or text in UTF-8, until they are enough to be written. */
export class ChunkDraft {
  readonly #head: string;
  readonly #headBytes: Uint8Array;
  #lines = '';
  #pieces: Uint8Array[] = [];
  #length = 0;
  #records = 0;

  /** `head` is what each line has before its data. */
  constructor(head: string) {
    this.#head = head;
    this.#headBytes = Buffer.from(head);
  }

  get records(): number {
    return this.#records;
  }

  /** Whether this data may be in the same chunk as what was added before. */
  fits(data: string | Uint8Array): boolean {
    const isOther = typeof data === 'string' ? this.#pieces.length > 0 : this.#lines !== '';
    return this.#length < CHUNK_LENGTH && !isOther;
  }

  /** `meta` is the member behind the data, with its comma; empty for none. */
  add(data: string | Uint8Array, meta: string): void {
    if (typeof data === 'string') this.#lines += `${this.#head}${data}${meta}}}\n`;
    else this.#pieces.push(this.#headBytes, data, meta === '' ? TAIL : Buffer.from(`${meta}}}\n`));
    this.#length += this.#head.length + data.length;
    this.#records += 1;
  }

  take(): RecordChunk {
    const isLong = this.#length > this.#records * LONG_RECORD_BYTES;
    const pieces = isLong ? this.#pieces : [Buffer.concat(this.#pieces)];
    const chunk = { lines: this.#pieces.length > 0 ? pieces : this.#lines, records: this.#records };
    this.#lines = '';
    this.#pieces = [];
    this.#length = 0;
    this.#records = 0;
    return chunk;
  }
}

const TAIL = Buffer.from('}}\n');
