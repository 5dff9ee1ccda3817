import type { GraphError } from './graph-error.ts';

export type GraphObject = Record<string, unknown>;

export interface Detail {
  readonly id: string;
  /** What could be read; `{ id }` at the least. */
  readonly object: GraphObject;
  /** The fields that could not, those refused for every object included. */
  readonly flaws: readonly string[];
  /** Nothing could be read, because the object is no longer there, or not for this token. */
  readonly isGone: boolean;
  /** Why this object could not be read whole; the last reason. Absent where only fields refused for every object are missing. */
  readonly error?: GraphError;
}

/** What is known of one object while it is read. */
export class DetailDraft {
  readonly id: string;
  /** Each field that failed when asked for alone, with the reason. */
  readonly flaws = new Map<string, GraphError>();
  /** The last failure, of whatever fields. */
  lastError: GraphError | undefined;
  readonly #object: GraphObject;
  readonly #came = new Set<string>();
  #isGone = false;

  constructor(id: string) {
    this.id = id;
    this.#object = { id };
  }

  take(fields: readonly string[], body: GraphObject): void {
    Object.assign(this.#object, body);
    for (const field of fields) this.#came.add(field);
  }

  leaveOut(field: string, error: GraphError): void {
    this.flaws.set(field, error);
  }

  markGone(): void {
    this.#isGone = true;
  }

  /** The object itself can be read: its failing fields tell about fields rather than about the object. */
  get isGood(): boolean {
    return this.#came.size > (this.#came.has('id') ? 1 : 0) || (this.#came.size > 0 && this.flaws.size === 1);
  }

  toDetail(refused: readonly string[]): Detail {
    const own = [...this.flaws].filter(([field]) => field !== 'id');
    const isGone = this.#isGone || (this.#came.size === 0 && own.some(([, error]) => error.failure === 'missing'));
    const error = isGone ? this.lastError : own.at(-1)?.[1];
    return {
      id: this.id,
      object: this.#object,
      flaws: isGone ? [] : [...new Set([...own.map(([field]) => field), ...refused])],
      isGone,
      ...(error === undefined ? {} : { error }),
    };
  }
}
