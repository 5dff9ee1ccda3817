/** What one session has brought to an audience. */
export interface SessionTally {
  readonly id: string;
  readonly startedMs: number;
  received: number;
  invalid: number;
}

/** The sessions of one audience, in the order in which they began. */
export class SessionTable {
  readonly #sessions = new Map<string, SessionTally>();

  open(id: string, nowMs: number): SessionTally {
    const known = this.#sessions.get(id);
    if (known !== undefined) return known;
    const session = { id, startedMs: nowMs, received: 0, invalid: 0 };
    this.#sessions.set(id, session);
    return session;
  }

  /** The newest first. */
  list(id?: string): readonly SessionTally[] {
    return [...this.#sessions.values()].filter((session) => id === undefined || session.id === id).reverse();
  }
}
