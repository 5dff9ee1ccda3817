import type { GraphError } from './graph-error.ts';

/** A field is refused when this many objects, readable otherwise, failed for it and none was ever answered. */
const WITNESSES_TO_REFUSE = 2;

export interface FieldWitness {
  /** Of an object whose other fields came. */
  readonly id: string;
  readonly error: GraphError;
}

/** What one walk learns about fields: some can never be read (a missing permission, a withdrawn field), and asking each object again would cost a call each. */
export class FieldMemory {
  readonly #witnesses = new Map<string, Set<string>>();
  readonly #present = new Set<string>();
  readonly #refused = new Map<string, GraphError>();

  isRefused(field: string): boolean {
    return this.#refused.has(field);
  }

  /** Meta has answered the field for some object: where it fails, the object is at fault. */
  isPresent(field: string): boolean {
    return this.#present.has(field);
  }

  /** Worth asking for apart from the others, since it has failed and was never answered. */
  isSuspect(field: string): boolean {
    return this.#witnesses.has(field);
  }

  /** The fields given up, each with Meta's reason. */
  get refused(): ReadonlyMap<string, GraphError> {
    return this.#refused;
  }

  notePresent(fields: readonly string[]): void {
    for (const field of fields) {
      this.#present.add(field);
      this.#witnesses.delete(field);
    }
  }

  suspect(field: string): void {
    if (!this.#present.has(field) && !this.#witnesses.has(field)) this.#witnesses.set(field, new Set());
  }

  /** True when this settles that the field is refused for every object, which it says once. */
  noteFlaw(field: string, witness: FieldWitness): boolean {
    if (this.#present.has(field) || this.#refused.has(field)) return false;
    this.suspect(field);
    const ids = this.#witnesses.get(field)?.add(witness.id);
    if (ids === undefined || ids.size < WITNESSES_TO_REFUSE) return false;
    this.refuse(field, witness.error);
    return true;
  }

  refuse(field: string, error: GraphError): void {
    this.#witnesses.delete(field);
    this.#refused.set(field, error);
  }
}
