import { MemberSet } from './member-set.ts';

/** After so long a session ends by itself, and what has come until then is all there is. */
export const SESSION_MS = 90 * 60_000;

export type ReplacementEnd = 'finished' | 'timed_out' | 'failed';

/** One replacement of all members, from its first batch until the audience has changed. */
export class Replacement {
  readonly sessionId: string;
  /** Of every batch. */
  readonly schema: string;
  readonly startedMs: number;
  /** Whether it is one that fails. */
  readonly isDoomed: boolean;
  readonly members = new MemberSet();
  /** Absent while batches may come. */
  end: { readonly how: ReplacementEnd; readonly readyMs: number } | undefined;

  constructor(facts: Pick<Replacement, 'sessionId' | 'schema' | 'startedMs' | 'isDoomed'>) {
    this.sessionId = facts.sessionId;
    this.schema = facts.schema;
    this.startedMs = facts.startedMs;
    this.isDoomed = facts.isDoomed;
  }
}
