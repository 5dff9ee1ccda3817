import type { Receipt } from '../audiences/record-writer.ts';

/** The records of one stream between two states, and what has become of them. */
export class Segment implements Receipt {
  received = 0;
  delivered = 0;
  rejected = 0;
  readonly how = new Map<string, number>();
  readonly #onSettled: () => void;
  #isHeld = false;

  constructor(onSettled: () => void) {
    this.#onSettled = onSettled;
  }

  /** Each record has come to its end, and nothing holds the segment. */
  get isSettled(): boolean {
    return !this.#isHeld && this.delivered + this.rejected === this.received;
  }

  /** Until it is let go, it is not settled, even without a record. */
  hold(): void {
    this.#isHeld = true;
  }

  letGo(): void {
    this.#isHeld = false;
    this.#tell();
  }

  deliver(records: number, how: string): void {
    this.delivered += records;
    this.how.set(how, (this.how.get(how) ?? 0) + records);
    this.#tell();
  }

  reject(records: number): void {
    this.rejected += records;
    this.#tell();
  }

  #tell(): void {
    if (this.delivered + this.rejected > this.received) throw new RangeError('More records were settled than were taken');
    if (this.isSettled) this.#onSettled();
  }
}

/** Counts the records of each stream, from state to state. */
export class DeliveryLedger {
  readonly #onSettled: () => void;
  readonly #current: Segment[];

  /** `onSettled` is called when a segment's last open record has been settled; more records may come to it yet. */
  constructor(streams: number, onSettled: () => void) {
    this.#onSettled = onSettled;
    this.#current = Array.from({ length: streams }, () => new Segment(onSettled));
  }

  /** Counts a record of the stream in; its end is to be told to the segment. */
  take(stream: number): Segment {
    const segment = this.#segmentOf(stream);
    segment.received += 1;
    return segment;
  }

  /** The stream's current segment stays open until it is let go, and with it all states that come. */
  hold(stream: number): Segment {
    const segment = this.#segmentOf(stream);
    segment.hold();
    return segment;
  }

  /** Ends the current segment of one stream, or of all: a state covers what came before it. */
  cut(stream?: number): readonly Segment[] {
    const places = stream === undefined ? [...this.#current.keys()] : [stream];
    return places.map((place) => {
      const segment = this.#segmentOf(place);
      this.#current[place] = new Segment(this.#onSettled);
      return segment;
    });
  }

  #segmentOf(stream: number): Segment {
    const segment = this.#current[stream];
    if (segment === undefined) throw new RangeError(`no stream ${stream}`);
    return segment;
  }
}
