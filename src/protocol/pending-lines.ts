/** Lines on their way out, in order: short ones are joined, so that they leave together. */
export class PendingLines {
  #pieces: (string | Uint8Array)[] = [];
  #length = 0;

  /** In characters; in bytes for what is UTF-8 already. */
  get length(): number {
    return this.#length;
  }

  add(lines: string | Uint8Array): void {
    const last = this.#pieces.at(-1);
    this.#length += lines.length;
    if (typeof lines === 'string' && typeof last === 'string') this.#pieces[this.#pieces.length - 1] = last + lines;
    else if (lines.length > 0) this.#pieces.push(lines);
  }

  /** The first piece; undefined where there is none. */
  take(): string | Uint8Array | undefined {
    const piece = this.#pieces.shift();
    this.#length -= piece?.length ?? 0;
    return piece;
  }

  clear(): void {
    this.#pieces = [];
    this.#length = 0;
  }
}
