import { GraphError } from '../../graph/graph-error.ts';
import { FLAGGED_STATUS, REPLACE_FAILED_STATUS, REPLACING_STATUS } from '../audience.ts';
import type { AudienceCall } from '../audience-call.ts';
import { awaitQuiet, createBusyError } from '../audience-status.ts';
import { type Batch, type BatchLimits, makeBatches, narrowBatch } from '../batch.ts';
import { BatchOutcome } from '../batch-outcome.ts';
import type { BatchUploader } from '../batch-uploader.ts';
import { matchSamples } from '../match-samples.ts';
import type { PersonRow } from '../person-row.ts';
import type { UploadAnswer } from '../upload-answer.ts';
import { halveBatch, ReplaceSession, SESSION_FINISHED } from './replace-session.ts';

/** Another replacement, ours of an earlier run perhaps, ends by itself within 90 minutes. */
const QUIET_WAIT_MS = 95 * 60_000;
/** How long a replacement that Meta has all of is watched. */
const COMPLETION_WAIT_MS = 10 * 60_000;
const MAX_ATTEMPTS = 3;
/** Runs of one sync that were killed have used up as many ids, at most. */
const MAX_SESSIONS = 20;
/** So many rows that are to be searched for invalid ones are kept in memory. */
const MAX_SEARCHED_ROWS = 50_000;

export interface ReplaceAudienceOptions {
  readonly call: AudienceCall;
  /** Adds what came too late for the session, and finds invalid rows that Meta does not name. */
  readonly uploader: BatchUploader;
  readonly limits: BatchLimits;
  readonly runId: string;
  readonly stop: AbortSignal;
}

export interface ReplacementList {
  readonly total: number;
  /** The rows, from the first one on, each time it is called. */
  read(): AsyncIterable<PersonRow>;
}

type SessionEnd =
  | { readonly type: 'complete' }
  /** Rows that the session had no time for begin at this place of the list. */
  | { readonly type: 'cut_off'; readonly sentRows: number }
  /** It was over before it began: an earlier run that was killed has used its id. */
  | { readonly type: 'spent' };

/**
 * Puts a list of people in the place of all that the audience holds. Resolves with what became of the rows; those that are not refused are members. Where a
 * session breaks off it is begun anew; where its time runs out, Meta replaces the audience by what it has, and the rest is added. Rejects with a `GraphError`.
 */
export async function replaceAudience(list: ReplacementList, options: ReplaceAudienceOptions): Promise<BatchOutcome> {
  const { call, stop } = options;
  let failures = 0;
  for (let attempt = 1; ; attempt += 1) {
    stop.throwIfAborted();
    const status = await awaitQuiet(call, call.graph.runtime.clock.now() + QUIET_WAIT_MS);
    if (status.code === REPLACING_STATUS) throw createBusyError(status);
    if (status.code === FLAGGED_STATUS) throw createFlaggedError();
    try {
      const outcome = await tryReplace(list, options, attempt);
      if (outcome !== undefined) return outcome;
      if (attempt >= MAX_SESSIONS) throw createBusyError(status);
    } catch (error) {
      failures += 1;
      if (failures >= MAX_ATTEMPTS || !(error instanceof GraphError) || !isWorthAnotherSession(error)) throw error;
      call.graph.runtime.log.warn(`audience ${call.audience.id}: the replacement broke off (${error.label}) and is begun anew`);
    }
  }
}

/** Resolves with nothing where the session can not be begun. */
async function tryReplace(
  list: ReplacementList,
  options: ReplaceAudienceOptions,
  attempt: number,
): Promise<BatchOutcome | undefined> {
  const { call, runId } = options;
  const session = new ReplaceSession({ call, runId, attempt, total: list.total });
  const replacement = new Replacement(session, options);
  const end = await replacement.send(list);
  if (end.type === 'spent') return undefined;
  const { clock } = call.graph.runtime;
  const waitMs = end.type === 'complete' ? COMPLETION_WAIT_MS : QUIET_WAIT_MS;
  const status = await awaitQuiet(call, clock.now() + waitMs);
  if (status.code === REPLACE_FAILED_STATUS) {
    throw new GraphError('Meta could not complete the replacement', {
      failure: 'transient',
      remedy: 'restart_replace',
      advice: FAILED,
    });
  }
  if (end.type === 'cut_off') await replacement.addRest(list, end.sentRows);
  await replacement.search();
  return replacement.outcome;
}

const FAILED = 'Meta could not complete the replacement of the audience; the sync can be run again later.';

/** The work of one session. */
class Replacement {
  readonly outcome = new BatchOutcome();
  readonly #session: ReplaceSession;
  readonly #options: ReplaceAudienceOptions;
  readonly #searched: { readonly batch: Batch; readonly unnamed: number }[] = [];
  #searchedRows = 0;
  #sentRows = 0;

  constructor(session: ReplaceSession, options: ReplaceAudienceOptions) {
    this.#session = session;
    this.#options = options;
  }

  async send(list: ReplacementList): Promise<SessionEnd> {
    const { stop } = this.#options;
    let before: Batch | undefined;
    for await (const batch of readBatches(list.read(), this.#options.limits)) {
      stop.throwIfAborted();
      if (before !== undefined) {
        const { isLate } = this.#session;
        if (!(await this.#sendBatch(before, isLate)) || isLate) return this.#cutOff();
      }
      before = batch;
    }
    return before === undefined || (await this.#sendBatch(before, true)) ? { type: 'complete' } : this.#cutOff();
  }

  /** Where nothing was sent, nothing was replaced, and nothing can be added to it. */
  #cutOff(): SessionEnd {
    return this.#sentRows === 0 ? { type: 'spent' } : { type: 'cut_off', sentRows: this.#sentRows };
  }

  /** Adds the rows from that place of the list on. */
  async addRest(list: ReplacementList, from: number): Promise<void> {
    const { uploader, limits, call, stop } = this.#options;
    call.graph.runtime.log.warn(
      `audience ${call.audience.id}: the session ended after ${from} of ${list.total} rows; the others are added`,
    );
    let place = 0;
    for await (const batch of readBatches(list.read(), limits)) {
      const rest = batch.rows.slice(Math.max(0, from - place));
      place += batch.rows.length;
      if (rest.length === 0) continue;
      stop.throwIfAborted();
      this.outcome.include(await uploader.upload(narrowBatch(batch, rest)));
    }
  }

  /** Finds the invalid rows that Meta has only counted: adding a row that is there already changes nothing. */
  async search(): Promise<void> {
    const { uploader, call, stop } = this.#options;
    for (const { batch, unnamed } of this.#searched) {
      stop.throwIfAborted();
      if (call.audience.isValueBased) this.#countUnnamed(batch, unnamed);
      else this.outcome.include(await uploader.upload(batch));
    }
  }

  /** False where the session was over before. */
  async #sendBatch(batch: Batch, isLast: boolean): Promise<boolean> {
    try {
      const answer = await this.#session.send(batch, isLast);
      this.#sentRows += batch.rows.length;
      this.#note(batch, answer);
      return true;
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      const { subcode } = error.details;
      if (subcode === SESSION_TIMED_OUT || (subcode === SESSION_FINISHED && this.#sentRows === 0)) return false;
      if (error.failure !== 'too_much_data' || batch.rows.length < 2) throw error;
    }
    const [first, second] = halveBatch(batch) as [Batch, Batch];
    return (await this.#sendBatch(first, false)) && this.#sendBatch(second, isLast);
  }

  #note(batch: Batch, answer: UploadAnswer): void {
    const named = matchSamples(batch, answer.samples);
    for (const [row, message] of named) {
      this.outcome.refuse(row, { code: 'refused_by_meta', message, sessionId: this.#session.id });
    }
    const missing = batch.rows.length - (answer.received ?? batch.rows.length);
    const unnamed = Math.max(0, answer.invalid - named.size) + Math.max(0, missing);
    if (unnamed === 0) return;
    const rest = narrowBatch(
      batch,
      batch.rows.filter((row) => !named.has(row)),
    );
    if (this.#searchedRows + rest.rows.length > MAX_SEARCHED_ROWS) {
      this.#countUnnamed(rest, unnamed);
      return;
    }
    this.#searchedRows += rest.rows.length;
    this.#searched.push({ batch: rest, unnamed });
  }

  #countUnnamed({ rows }: Batch, unnamed: number): void {
    const count = Math.min(rows.length, unnamed);
    const message = `Meta does not say which rows it refuses, only how many: ${count} of ${rows.length}.`;
    this.outcome.refuseSome(rows, { code: 'refused_by_meta', message, sessionId: this.#session.id, count });
  }
}

/** "Session timed out". */
const SESSION_TIMED_OUT = 1870158;

async function* readBatches(rows: AsyncIterable<PersonRow>, limits: BatchLimits): AsyncGenerator<Batch> {
  let open: PersonRow[] = [];
  let bytes = 0;
  for await (const row of rows) {
    if (open.length > 0 && (open.length >= limits.rows || bytes + row.bytes > limits.bytes)) {
      yield* makeBatches(open, limits);
      open = [];
      bytes = 0;
    }
    open.push(row);
    bytes += row.bytes;
  }
  if (open.length > 0) yield* makeBatches(open, limits);
}

function isWorthAnotherSession({ details }: GraphError): boolean {
  return details.remedy === 'restart_replace' || details.remedy === 'await_audience';
}

function createFlaggedError(): GraphError {
  const advice = "Meta has flagged the audience's name, description or rule and takes no changes; edit it in Ads Manager.";
  return new GraphError('The audience is flagged', { failure: 'forbidden', advice });
}
