import { GraphError } from '../graph/graph-error.ts';
import { type AudienceCall, LIMIT_WAIT_MS } from './audience-call.ts';
import { type Batch, narrowBatch } from './batch.ts';
import { BatchOutcome, type Refusal } from './batch-outcome.ts';
import { matchSamples } from './match-samples.ts';
import type { PersonRow } from './person-row.ts';
import { readSession, type SentUpload, type UploadSender } from './upload-sender.ts';
import type { UploadSize } from './upload-size.ts';

/** Meta names at most a hundred invalid rows of a request. Parts are made so small that their invalid rows fit, with some to spare. */
const NAMED_INVALID_ROWS = 60;
/** Requests made to find the invalid rows of one batch. */
const MAX_SEARCHES = 64;

/** Counts of one audience's uploads, for its report. */
export interface UploadCounts {
  requests: number;
  splits: number;
  searches: number;
}

export interface BatchUploaderOptions {
  readonly call: AudienceCall;
  readonly sender: UploadSender;
  readonly size: UploadSize;
  readonly counts: UploadCounts;
}

interface Search {
  readonly outcome: BatchOutcome;
  /** Limits are waited out until then, epoch milliseconds. */
  readonly limitsUntilMs: number;
  left: number;
}

/**
 * Uploads a batch and finds out what became of each row. A request that is too large is halved; where Meta refuses more rows than it names, the others are
 * sent again in parts until it has named them all, which changes nothing about those already taken. What can not be named is counted.
 */
export class BatchUploader {
  readonly #options: BatchUploaderOptions;

  constructor(options: BatchUploaderOptions) {
    this.#options = options;
  }

  /** Rejects with a `GraphError` where the batch as a whole is refused. Limits are waited out until `limitsUntilMs`, by default for an hour. */
  async upload(batch: Batch, limitsUntilMs = this.#now() + LIMIT_WAIT_MS): Promise<BatchOutcome> {
    const outcome = new BatchOutcome();
    await this.#deliver(batch, { outcome, limitsUntilMs, left: MAX_SEARCHES });
    return outcome;
  }

  #now(): number {
    return this.#options.call.graph.runtime.clock.now();
  }

  async #deliver(part: Batch, search: Search): Promise<void> {
    const { sender, size, counts } = this.#options;
    let sent: SentUpload;
    try {
      counts.requests += 1;
      sent = await this.#complete(part, await sender.send(part, search.limitsUntilMs), search.limitsUntilMs);
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      await this.#deliverRefused(part, search, error);
      return;
    }
    size.noteSuccess();
    await this.#settle(part, sent, search);
  }

  async #deliverRefused(part: Batch, search: Search, error: GraphError): Promise<void> {
    const { size, counts } = this.#options;
    const { rows } = part;
    if (error.details.remedy === 'reject_rows') {
      for (const row of rows) search.outcome.refuse(row, { code: 'audience_too_small', message: TOO_SMALL, error });
      return;
    }
    if (error.failure !== 'too_much_data') throw error;
    const [first] = rows;
    if (rows.length === 1 && first !== undefined) {
      search.outcome.refuse(first, { code: 'too_large', message: 'The row alone is more than Meta takes.', error });
      return;
    }
    size.noteRefusal({ rows: rows.length, bytes: rows.reduce((sum, row) => sum + row.bytes, 0) });
    counts.splits += 1;
    for (const half of cut(rows, 2)) await this.#deliver(narrowBatch(part, half), search);
  }

  /** Meta may say that it received fewer rows than were sent: the session tells, or another try. */
  async #complete(part: Batch, sent: SentUpload, limitsUntilMs: number): Promise<SentUpload> {
    if (!isShort(sent, part)) return sent;
    const { call, sender, counts } = this.#options;
    const session = await readSession(call, sent.sessionId, limitsUntilMs);
    if (session !== undefined && !isShort({ answer: session }, part)) {
      return { ...sent, answer: { ...sent.answer, received: session.received } };
    }
    call.graph.runtime.log.warn(
      `Meta received ${sent.answer.received} of ${part.rows.length} rows of batch ${sent.batchId.slice(0, 12)}; they are sent again`,
    );
    counts.requests += 1;
    return sender.send(part, limitsUntilMs);
  }

  async #settle(part: Batch, sent: SentUpload, search: Search): Promise<void> {
    const { answer, batchId, sessionId } = sent;
    const named = matchSamples(part, answer.samples);
    for (const [row, reason] of named) search.outcome.refuse(row, { ...describe(reason), batchId, sessionId });
    const others = part.rows.filter((row) => !named.has(row));
    const missing = part.rows.length - (answer.received ?? part.rows.length);
    const unnamed = Math.min(others.length, Math.max(0, answer.invalid - named.size) + Math.max(0, missing));
    if (unnamed > 0) await this.#findUnnamed({ part: narrowBatch(part, others), unnamed, sent }, search);
  }

  async #findUnnamed(
    { part, unnamed, sent }: { readonly part: Batch; readonly unnamed: number; readonly sent: SentUpload },
    search: Search,
  ): Promise<void> {
    const { batchId, sessionId } = sent;
    const { rows } = part;
    const parts = Math.min(rows.length, search.left, Math.max(2, Math.ceil(unnamed / NAMED_INVALID_ROWS)));
    // Whether Meta replaces or adds up the values of a row that comes twice is not known.
    const isRepeatable = !this.#options.call.audience.isValueBased || part.operation === 'remove';
    const isSearched = isRepeatable && parts >= 2;
    // Meta's numbers are not exact; where it refuses a few rows it is asked again, and where it refuses all of many it is believed.
    if (unnamed === rows.length && (!isSearched || rows.length > NAMED_INVALID_ROWS)) {
      for (const row of rows) search.outcome.refuse(row, { ...describe(NO_REASON), batchId, sessionId });
      return;
    }
    if (!isSearched) {
      search.outcome.refuseSome(rows, {
        ...describe(`${UNNAMED} ${unnamed} of ${rows.length}.`),
        batchId,
        sessionId,
        count: unnamed,
      });
      return;
    }
    search.left -= parts;
    this.#options.counts.searches += parts;
    for (const piece of cut(rows, parts)) await this.#deliver(narrowBatch(part, piece), search);
  }
}

const TOO_SMALL = 'Meta refuses removals that would leave the audience too small.';
const NO_REASON = 'Meta gives no reason';
const UNNAMED = 'Meta does not say which rows it refuses, only how many:';

function describe(reason: string): Pick<Refusal, 'code' | 'message'> {
  return { code: 'refused_by_meta', message: reason };
}

function isShort({ answer }: Pick<SentUpload, 'answer'>, part: Batch): boolean {
  return answer.received !== undefined && answer.received < part.rows.length;
}

function cut(rows: readonly PersonRow[], parts: number): readonly (readonly PersonRow[])[] {
  const size = Math.ceil(rows.length / parts);
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, place) => rows.slice(place * size, (place + 1) * size));
}
