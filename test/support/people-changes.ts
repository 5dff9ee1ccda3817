import type { JsonObject } from '../../src/protocol/messages.ts';
import { emailId, person } from './people.ts';
import { complete, record } from './write-records.ts';

/** A changelog that ends with some persons in and some out; far fewer persons than rows, so that each is added and removed many times. */
export class PeopleChanges {
  readonly #changes: readonly JsonObject[];
  readonly #stateEvery: number;

  constructor({ rows, persons, stateEvery }: { readonly rows: number; readonly persons: number; readonly stateEvery: number }) {
    this.#stateEvery = stateEvery;
    this.#changes = Array.from({ length: rows }, (_, at) => ({
      ...person((at * 7) % persons),
      _airbyte_op: (at * 11) % 5 < 3 ? 'insert' : 'delete',
    }));
  }

  get rows(): number {
    return this.#changes.length;
  }

  /** The sync from this row on, as a source that is given its last state sends it; a state says how many rows it covers. */
  *from(start: number): Generator<string> {
    for (let at = start; at < this.rows; at += 1) {
      yield record(this.#changes[at] as JsonObject);
      if (at % this.#stateEvery === this.#stateEvery - 1 || at === this.rows - 1) yield stateAt(at + 1);
    }
    yield complete();
  }

  /** Whether each person is in, when the rows from one to another have been applied; absent for those who do not come in them. */
  apply(start: number, end: number): Map<string, boolean> {
    const members = new Map<string, boolean>();
    for (const { email, _airbyte_op: operation } of this.#changes.slice(start, end)) {
      members.set(emailId(Number(/\d+/.exec(String(email))?.[0])), operation === 'insert');
    }
    return members;
  }

  /** Who is in at the end. */
  get members(): string[] {
    return [...this.apply(0, this.rows)].flatMap(([id, isIn]) => (isIn ? [id] : [])).sort();
  }
}

function stateAt(next: number): string {
  const stream = { stream_descriptor: { name: 'people' }, stream_state: { next } };
  return JSON.stringify({ type: 'STATE', state: { type: 'STREAM', stream, id: next } });
}
