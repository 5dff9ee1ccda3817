import type { GraphError } from '../graph/graph-error.ts';

/** A field that could not be computed for this many cells, and for none of those tried, is left out of later reports. */
const CELLS_TO_REFUSE = 3;

/** What one account of one stream learns about fields that Meta can not compute: finding that out costs a dozen reports a time. */
export class DroppedFields {
  readonly #cells = new Map<string, number>();
  readonly #computed = new Set<string>();
  readonly #reasons = new Map<string, GraphError | undefined>();

  /** The fields no longer asked for. */
  get refused(): readonly string[] {
    return [...this.#reasons.keys()];
  }

  noteComputed(fields: readonly string[]): void {
    for (const field of fields) this.#computed.add(field);
  }

  /** True where the field is given up from now on. */
  noteDropped(field: string, reason: GraphError | undefined): boolean {
    const cells = (this.#cells.get(field) ?? 0) + 1;
    this.#cells.set(field, cells);
    if (cells < CELLS_TO_REFUSE || this.#computed.has(field) || this.#reasons.has(field)) return false;
    this.#reasons.set(field, reason);
    return true;
  }
}
