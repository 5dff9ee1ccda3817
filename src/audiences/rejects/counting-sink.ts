import type { Log } from '../../runtime.ts';
import type { Reject } from './reject.ts';
import type { RejectSink } from './reject-sink.ts';

/** As many as a person reads; the sync's report has the numbers. */
const MAX_LOGGED = 20;

/** Keeps no row. The first rejects of a sync are logged by what was wrong with them; their data never is. */
export class CountingSink implements RejectSink {
  readonly #log: Log;
  #loggedCount = 0;
  #isCut = false;

  constructor(log: Log) {
    this.#log = log;
  }

  async write(rejects: readonly Reject[]): Promise<void> {
    const sample = rejects.slice(0, MAX_LOGGED - this.#loggedCount);
    this.#loggedCount += sample.length;
    for (const reject of sample) this.#log.warn(describe(reject), toFields(reject));
    if (sample.length < rejects.length && !this.#isCut) {
      this.#isCut = true;
      this.#log.warn(`Only the first ${MAX_LOGGED} rejected rows are logged; the rest are counted.`);
    }
  }

  async probe(): Promise<void> {}

  async close(): Promise<void> {}
}

function describe({ stream, code, field, message, count }: Reject): string {
  const subject = count === 1 ? 'A row' : `${count} rows`;
  const reason = field === undefined ? code : `${code}, ${field}`;
  return `${subject} of ${stream.name} rejected (${reason}): ${message}`;
}

function toFields({ code, field, message }: Reject): Record<string, string> {
  return { code, ...(field === undefined ? {} : { field }), reason: message };
}
