const FIRST_BYTES = 64 * 1024;

/** Text put together outside the engine's heap, which would have to look after megabytes of it. ASCII only. */
export class AsciiBuffer {
  #buffer: Buffer<ArrayBuffer>;
  #length = 0;

  /** `expectedBytes` spares it to grow; it may be wrong. */
  constructor(expectedBytes = FIRST_BYTES) {
    this.#buffer = Buffer.allocUnsafeSlow(Math.max(1, expectedBytes));
  }

  get length(): number {
    return this.#length;
  }

  /** Good until the next change. */
  get bytes(): Buffer<ArrayBuffer> {
    return this.#buffer.subarray(0, this.#length);
  }

  append(text: string): void {
    const end = this.#length + text.length;
    if (end > this.#buffer.length) this.#grow(end);
    this.#buffer.write(text, this.#length, 'latin1');
    this.#length = end;
  }

  /** Drops what is behind the first `length` bytes. */
  truncate(length: number): void {
    this.#length = Math.min(this.#length, length);
  }

  #grow(bytes: number): void {
    const buffer = Buffer.allocUnsafeSlow(Math.max(bytes, 2 * this.#buffer.length));
    this.#buffer.copy(buffer, 0, 0, this.#length);
    this.#buffer = buffer;
  }
}
