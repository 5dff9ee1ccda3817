import { echoState } from '../protocol/echo-state.ts';
import type { IncomingState } from '../protocol/incoming-message.ts';
import { ownText } from '../text/own-text.ts';
import type { Segment } from './delivery-ledger.ts';

interface HeldState {
  readonly line: string;
  readonly segments: readonly Segment[];
}

/**
 * Holds each state back until every record before it is delivered or durably rejected. States of one stream leave in the order in which they came, and so
 * do those of all streams together; one stream's do not wait for another's.
 */
export class StateQueue {
  readonly #emit: (line: string) => void;
  readonly #queues = new Map<number | undefined, HeldState[]>();

  /** `emit` takes a whole line. */
  constructor(emit: (line: string) => void) {
    this.#emit = emit;
  }

  /** States that wait. */
  get size(): number {
    return [...this.#queues.values()].reduce((sum, queue) => sum + queue.length, 0);
  }

  /** `stream` is absent for a state of all streams; `segments` hold the records since the state before. */
  hold(state: IncomingState, stream: number | undefined, segments: readonly Segment[]): void {
    const queue = this.#queues.get(stream);
    const held = { line: ownText(state.line), segments };
    if (queue === undefined) this.#queues.set(stream, [held]);
    else queue.push(held);
    this.release();
  }

  /** Lets go what has become free. */
  release(): void {
    for (const queue of this.#queues.values()) {
      let free = 0;
      while (queue[free]?.segments.every(({ isSettled }) => isSettled)) free += 1;
      for (const { line, segments } of queue.splice(0, free)) this.#emit(echoState(line, sumUp(segments)));
    }
  }
}

function sumUp(segments: readonly Segment[]) {
  const how = new Map<string, number>();
  let recordCount = 0;
  let rejectedRecordCount = 0;
  for (const segment of segments) {
    recordCount += segment.delivered;
    rejectedRecordCount += segment.rejected;
    for (const [name, count] of segment.how) how.set(name, (how.get(name) ?? 0) + count);
  }
  return { recordCount, rejectedRecordCount, additionalStats: Object.fromEntries(how) };
}
