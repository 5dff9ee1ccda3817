import type { World } from '../world/world.ts';
import type { AudienceCounters } from './audience-counters.ts';
import { MemberSet } from './member-set.ts';
import { type Replacement, type ReplacementEnd, SESSION_MS } from './replacement.ts';
import { SessionTable } from './session-table.ts';

export interface RecordFacts {
  readonly id: string;
  /** Position of its account. */
  readonly slot: number;
  /** People who were in it at first, whom nobody has named here. */
  readonly otherMembers: number;
  readonly counters: AudienceCounters;
}

/** What is remembered about an audience that was written to. */
export class AudienceRecord {
  readonly id: string;
  readonly slot: number;
  readonly sessions = new SessionTable();
  /** How sessions of replacements ended. */
  readonly pastReplacements = new Map<string, ReplacementEnd>();
  /** Fields set by creation and edits; null for none. */
  fields: Readonly<Record<string, unknown>> = {};
  /** When it was created by a call; absent for audiences that were there before. */
  createdMs: number | undefined;
  /** Calls of its edges. */
  edgeCalls = 0;
  members = new MemberSet();
  /** People who were in it at first, whom nobody has named here. */
  readonly otherMembers: number;
  /** Whether a replacement has taken the place of everybody who was. */
  isReplaced = false;
  /** Whether anything has changed its members. */
  isTouched = false;
  replacement: Replacement | undefined;
  /** Whether the last replacement failed. */
  hasFailed = false;
  readonly #counters: AudienceCounters;

  constructor({ id, slot, otherMembers, counters }: RecordFacts) {
    this.id = id;
    this.slot = slot;
    this.otherMembers = otherMembers;
    this.#counters = counters;
  }

  /** Lets happen what has become due: a replacement without a last batch ends, one that has ended takes effect. */
  settle(nowMs: number, processingMs: number): void {
    const run = this.replacement;
    if (run === undefined) return;
    if (run.end === undefined && nowMs >= run.startedMs + SESSION_MS) {
      this.endReplacement('timed_out', run.startedMs + SESSION_MS + processingMs);
    }
    if (run.end === undefined || nowMs < run.end.readyMs) return;
    this.replacement = undefined;
    this.hasFailed = run.end.how === 'failed';
    if (!this.hasFailed) this.takeMembers(run);
  }

  endReplacement(how: ReplacementEnd, readyMs: number): void {
    if (this.replacement === undefined) return;
    this.replacement.end = { how, readyMs };
    this.pastReplacements.set(this.replacement.sessionId, how);
    if (how === 'finished') this.#counters.replacesFinished += 1;
    else if (how === 'timed_out') this.#counters.replacesTimedOut += 1;
    else this.#counters.replacesFailed += 1;
  }

  /** Marks the members as changed. */
  touch(world: World, nowMs: number): void {
    this.isTouched = true;
    world.overlay.change(this.id, { updatedMs: Math.floor(nowMs / 1000) * 1000, patch: {} });
  }

  forgetMembers(): void {
    this.members = new MemberSet();
    this.isReplaced = true;
    this.replacement = undefined;
  }

  takeMembers(run: Replacement): void {
    this.members = run.members;
    this.isReplaced = true;
    this.isTouched = true;
  }
}
