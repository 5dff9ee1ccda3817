import { ConnectorError } from '../protocol/connector-error.ts';
import type { StreamDescriptor } from '../protocol/messages.ts';
import type { Log } from '../runtime.ts';
import type { Reject } from './rejects/reject.ts';

/** Fewer records than this say nothing about a stream. */
const JUDGED_FROM_RECORDS = 100;

/** What has become of one stream's records, for the line at its end. */
export class StreamReport {
  received = 0;
  readonly #name: string;
  readonly #maxRejectRatio: number;
  readonly #how = new Map<string, number>();
  readonly #rejected = new Map<string, number>();
  readonly #blanked = new Map<string, number>();
  #dataUseElsewhere = 0;
  #verdict: ConnectorError | undefined;

  constructor({ name, namespace }: StreamDescriptor, maxRejectRatio: number) {
    this.#name = namespace === undefined ? name : `${namespace}.${name}`;
    this.#maxRejectRatio = maxRejectRatio;
  }

  noteDelivered(records: number, how: string): void {
    add(this.#how, how, records);
  }

  noteRejected({ code, count }: Pick<Reject, 'code' | 'count'>): void {
    add(this.#rejected, code, count);
  }

  /** A cell could not be used and is left empty. */
  noteBlank(key: string, reason: string): void {
    add(this.#blanked, `${key} ${reason}`, 1);
  }

  /** Takes note where more of the stream is rejected by now than the config allows. */
  judge(): void {
    this.#verdict ??= this.#findExcess();
  }

  /** Throws a `ConnectorError` (config_error) once too much was rejected. */
  throwIfJudged(): void {
    if (this.#verdict !== undefined) throw this.#verdict;
  }

  #findExcess(): ConnectorError | undefined {
    const rejected = sum(this.#rejected);
    if (this.received < JUDGED_FROM_RECORDS || rejected / this.received <= this.#maxRejectRatio) return undefined;
    return new ConnectorError(
      `Stream ${this.#name}: ${rejected} of ${this.received} records are rejected (${list(this.#rejected)}), more than max_reject_ratio allows. ` +
        'Check which columns are mapped to which keys.',
      { failureType: 'config_error' },
    );
  }

  /** Limited Data Use was asked for somebody who is known to live outside California. */
  noteDataUseElsewhere(): void {
    this.#dataUseElsewhere += 1;
  }

  write(log: Log): void {
    const parts = [
      `${this.received} records`,
      ...[...this.#how].map(([how, count]) => `${count} ${how}`),
      `${sum(this.#rejected)} rejected${this.#rejected.size === 0 ? '' : ` (${list(this.#rejected)})`}`,
      ...(this.#blanked.size === 0 ? [] : [`values left out: ${list(this.#blanked)}`]),
    ];
    log.info(`stream ${this.#name}: ${parts.join(', ')}`);
    if (this.#dataUseElsewhere === 0) return;
    log.warn(
      `stream ${this.#name}: Limited Data Use was asked for ${this.#dataUseElsewhere} rows of people outside California, where it has no effect on customer lists`,
    );
  }
}

function add(counts: Map<string, number>, name: string, count: number): void {
  counts.set(name, (counts.get(name) ?? 0) + count);
}

function sum(counts: ReadonlyMap<string, number>): number {
  let total = 0;
  for (const count of counts.values()) total += count;
  return total;
}

function list(counts: ReadonlyMap<string, number>): string {
  return [...counts].map(([name, count]) => `${count} ${name}`).join(', ');
}
