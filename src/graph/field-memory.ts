import type { GraphError } from './graph-error.ts';

/** A field that failed for this many objects and was never answered is not asked for again. */
const FLAWS_TO_REFUSE = 3;

/** What one walk learns about fields: some can never be read (a missing permission, a withdrawn field), and asking each object again would cost a call each. */
export class FieldMemory {
  readonly #flaws = new Map<string, number>();
  readonly #present = new Set<string>();
  readonly #refused = new Map<string, GraphError>();

  isRefused(field: string): boolean {
    return this.#refused.has(field);
  }

  /** The fields given up, each with Meta's reason. */
  get refused(): ReadonlyMap<string, GraphError> {
    return this.#refused;
  }

  notePresent(fields: readonly string[]): void {
    for (const field of fields) this.#present.add(field);
  }

  noteFlaw(fields: readonly string[], error: GraphError): void {
    for (const field of fields) {
      const count = (this.#flaws.get(field) ?? 0) + 1;
      this.#flaws.set(field, count);
      if (count >= FLAWS_TO_REFUSE && !this.#present.has(field)) this.refuse(field, error);
    }
  }

  refuse(field: string, error: GraphError): void {
    this.#refused.set(field, error);
  }
}
