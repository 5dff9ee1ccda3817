/** Whole lines: their text, or its pieces in UTF-8. */
export type Lines = string | readonly Uint8Array[];

/** Lines on their way out, in order: short ones are joined, so that they leave together. */
export class PendingLines {
  #groups: Lines[] = [];
  #length = 0;

  /** In characters; in bytes for what is UTF-8 already. */
  get length(): number {
    return this.#length;
  }

  add(lines: Lines): void {
    const last = this.#groups.at(-1);
    this.#length += lengthOf(lines);
    if (typeof lines === 'string' && typeof last === 'string') this.#groups[this.#groups.length - 1] = last + lines;
    else if (lines.length > 0) this.#groups.push(lines);
  }

  /** What was added first, with what was joined to it; undefined where there is nothing. */
  take(): Lines | undefined {
    const lines = this.#groups.shift();
    if (lines !== undefined) this.#length -= lengthOf(lines);
    return lines;
  }

  clear(): void {
    this.#groups = [];
    this.#length = 0;
  }
}

function lengthOf(lines: Lines): number {
  return typeof lines === 'string' ? lines.length : lines.reduce((sum, { byteLength }) => sum + byteLength, 0);
}
