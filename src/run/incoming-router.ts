import type { RecordWriter } from '../audiences/record-writer.ts';
import { type IncomingState, parseIncoming } from '../protocol/incoming-message.ts';
import type { JsonObject, StreamDescriptor } from '../protocol/messages.ts';
import { formatStream, getStreamKey } from '../protocol/stream-key.ts';
import { DeliveryLedger, type Segment } from './delivery-ledger.ts';
import type { RunContext } from './run-context.ts';
import { StateQueue } from './state-queue.ts';
import type { StreamOutcomes } from './stream-outcomes.ts';

/** Broken lines after these are counted only. */
const TOLD_LINES = 5;

export interface IncomingRouterOptions {
  readonly streams: readonly { readonly descriptor: StreamDescriptor }[];
  /** In the order of `streams`; undefined for one that can not be written. */
  readonly writers: readonly (RecordWriter | undefined)[];
  readonly outcomes: StreamOutcomes;
  readonly context: RunContext;
}

/** Takes what comes on stdin to where it belongs: records to writers, states to the queue that holds them back. */
export class IncomingRouter {
  readonly #options: IncomingRouterOptions;
  readonly #places = new Map<string, number>();
  readonly #states: StateQueue;
  readonly #ledger: DeliveryLedger;
  readonly #complete = new Set<number>();
  /** What keeps the states of streams that are written at their end. */
  readonly #held = new Map<number, Segment>();
  readonly #unknown = new Map<string, number>();
  #lines = 0;
  #broken = 0;
  /** The last record's stream: records come in runs. */
  #last: { readonly stream: string; readonly namespace: string | undefined; readonly place: number | undefined } | undefined;

  constructor(options: IncomingRouterOptions) {
    this.#options = options;
    for (const [index, { descriptor }] of options.streams.entries()) this.#places.set(getStreamKey(descriptor), index);
    this.#states = new StateQueue((line) => options.context.messages.writeEcho(line));
    this.#ledger = new DeliveryLedger(options.streams.length, () => this.#states.release());
    for (const [index, writer] of options.writers.entries()) {
      if (writer?.holdsStates === true) this.#held.set(index, this.#ledger.hold(index));
    }
  }

  /** The source has said that it has finished the stream. */
  isComplete(index: number): boolean {
    return this.#complete.has(index);
  }

  /** The stream is written whole. */
  releaseStates(index: number): void {
    this.#held.get(index)?.letGo();
  }

  /** Takes a line. A promise where there is no room for another until it resolves; it never rejects. */
  take(line: string): Promise<void> | undefined {
    this.#lines += 1;
    if (line.trim() === '') return undefined;
    const message = parseIncoming(line);
    if (message === undefined) this.#noteBroken('is no Airbyte message');
    else if (message.type === 'RECORD') return this.#takeRecord(message.stream, message.namespace, message.data);
    else if (message.type === 'STATE') this.#takeState(message);
    else if (message.type === 'COMPLETE') this.#takeEnd(message.descriptor);
    return undefined;
  }

  /** The last line taken broke off; if it could be read all the same, nothing is missing. */
  noteCutOff(): void {
    this.#options.context.runtime.log.info('the input ended without a line feed');
  }

  noteTooLong(): void {
    this.#noteBroken('is too long to be read');
  }

  /** To be called at the end of the input. */
  reportOddities(): void {
    const { log } = this.#options.context.runtime;
    if (this.#broken > TOLD_LINES) log.warn(`${this.#broken} lines of the input could not be read and were left out`);
    for (const [name, count] of this.#unknown)
      log.warn(`${count} messages of the stream ${name}, which the catalog does not have, were left out`);
  }

  #takeRecord(stream: string, namespace: string | undefined, data: JsonObject): Promise<void> | undefined {
    const place = this.#placeOf(stream, namespace);
    if (place === undefined) {
      this.#noteUnknown(namespace === undefined ? { name: stream } : { name: stream, namespace });
      return undefined;
    }
    const { outcomes, writers } = this.#options;
    const segment = this.#ledger.take(place);
    // Nothing more of a stream that has failed is written or acknowledged.
    if (outcomes.hasFailed(place)) return undefined;
    try {
      const room = writers[place]?.write(data, segment);
      return room?.catch((error: unknown) => outcomes.fail(place, error));
    } catch (error) {
      outcomes.fail(place, error);
      return undefined;
    }
  }

  #takeState(state: IncomingState): void {
    const { descriptor, sourceRecords } = state;
    const place = descriptor === undefined ? undefined : this.#places.get(getStreamKey(descriptor));
    if (descriptor !== undefined && place === undefined) {
      this.#noteUnknown(descriptor);
      return;
    }
    const segments = this.#ledger.cut(place);
    const received = segments.reduce((sum, segment) => sum + segment.received, 0);
    if (sourceRecords !== undefined && sourceRecords !== received) {
      const whose = descriptor === undefined ? 'all streams' : `stream ${formatStream(descriptor)}`;
      this.#options.context.runtime.log.warn(
        `a state of ${whose} covers ${sourceRecords} records by the source's count, and ${received} have come`,
      );
    }
    this.#states.hold(state, place, segments);
  }

  #takeEnd(descriptor: StreamDescriptor): void {
    const place = this.#places.get(getStreamKey(descriptor));
    if (place !== undefined) this.#complete.add(place);
  }

  #placeOf(stream: string, namespace: string | undefined): number | undefined {
    const last = this.#last;
    if (last !== undefined && last.stream === stream && last.namespace === namespace) return last.place;
    const place = this.#places.get(getStreamKey(namespace === undefined ? { name: stream } : { name: stream, namespace }));
    this.#last = { stream, namespace, place };
    return place;
  }

  #noteUnknown(descriptor: StreamDescriptor): void {
    const name = formatStream(descriptor);
    this.#unknown.set(name, (this.#unknown.get(name) ?? 0) + 1);
  }

  /** The line is not quoted: it may hold anything. */
  #noteBroken(what: string): void {
    this.#broken += 1;
    if (this.#broken <= TOLD_LINES)
      this.#options.context.runtime.log.warn(`line ${this.#lines} of the input ${what} and is left out`);
  }
}
