import type { FormDraft } from '../graph/form-draft.ts';
import { GraphError } from '../graph/graph-error.ts';
import { isFields } from '../graph/json-fields.ts';
import { RetryBudget } from '../graph/retry-budget.ts';
import type { GraphParam } from '../graph/send.ts';
import { AsciiBuffer } from '../text/ascii-buffer.ts';
import type { AudienceCall } from './audience-call.ts';
import { awaitQuiet, createBusyError, isBusy } from './audience-status.ts';
import type { Batch } from './batch.ts';
import { encodePayload } from './encode-payload.ts';
import { Hiccups, LARGE_FROM_ROWS } from './hiccups.ts';
import { createBatchId, createSessionId } from './session-id.ts';
import { createSilenceError, isUploadAnswer, readUploadAnswer, type UploadAnswer } from './upload-answer.ts';

/** A new audience is known everywhere after this long. */
const CREATION_LAG_MS = 2 * 60_000;
const CREATION_PAUSE_MS = 5_000;
/** A replacement under way ends by itself within 90 minutes. */
const BUSY_WAIT_MS = 95 * 60_000;
/** What the audience's status tells can be late: between two tries there is a pause that grows, whatever it says. */
const BUSY_PAUSE_MS = 30_000;
const MAX_BUSY_PAUSE_MS = 5 * 60_000;
/** A request that is too large is at times answered by a page of HTML, or by nothing that tells: after so many of them, large ones are cut. */
const MAX_BLIND_TRIES = 3;

/** An upload that was made, and under which names. */
export interface SentUpload {
  readonly answer: UploadAnswer;
  readonly batchId: string;
  readonly sessionId: number;
}

/**
 * Makes one upload for a batch, as often as it takes: additions and removals can be repeated, because a set does not change by what is in it, or not in it,
 * already. Each request is a session of its own, so that Meta can be asked whether it came through when the answer got lost. Rejects with a `GraphError` for
 * what repeating does not mend.
 */
export class UploadSender {
  readonly #call: AudienceCall;
  readonly #runId: string;
  /** There is only one upload at a time. */
  readonly #buffer = new AsciiBuffer();
  #sequence = 0;

  constructor(call: AudienceCall, runId: string) {
    this.#call = call;
    this.#runId = runId;
  }

  /** Limits are waited out until `limitsUntilMs` (epoch milliseconds). */
  async send(batch: Batch, limitsUntilMs: number): Promise<SentUpload> {
    const form = encodePayload(batch, this.#buffer);
    const upload = { batch, form, batchId: createBatchId(batch.operation, form), sequence: this.#sequence };
    this.#sequence += 1;
    const trial = new Trial(this.#call, { rows: batch.rows.length, limitsUntilMs });
    for (let attempt = 1; ; attempt += 1) {
      const sessionId = this.#createSession(upload, attempt);
      try {
        const request = createRequest(this.#call.audience.id, upload, sessionId);
        const { body } = await this.#call.send({ ...request, limitsUntilMs });
        if (!isUploadAnswer(body)) throw createSilenceError();
        return { answer: readUploadAnswer(body), batchId: upload.batchId, sessionId };
      } catch (error) {
        if (!(error instanceof GraphError)) throw error;
        const answer = await trial.recover(error, sessionId);
        if (answer !== undefined) return { answer, batchId: upload.batchId, sessionId };
      }
    }
  }

  #createSession({ batchId, sequence }: { readonly batchId: string; readonly sequence: number }, attempt: number): number {
    const { accountId, id: audienceId } = this.#call.audience;
    return createSessionId({ accountId, audienceId, runId: this.#runId, sequence, batchId, attempt });
  }
}

/** What is left of the patience with one upload. */
class Trial {
  readonly #call: AudienceCall;
  readonly #rows: number;
  readonly #limitsUntilMs: number;
  readonly #budget: RetryBudget;
  readonly #startedAtMs: number;
  readonly #hiccups: Hiccups;
  #busyTries = 0;
  #blindTries = 0;

  constructor(call: AudienceCall, { rows, limitsUntilMs }: { readonly rows: number; readonly limitsUntilMs: number }) {
    const { runtime, patience } = call.graph;
    this.#call = call;
    this.#rows = rows;
    this.#limitsUntilMs = limitsUntilMs;
    this.#hiccups = new Hiccups(rows);
    this.#budget = new RetryBudget(runtime, patience);
    this.#startedAtMs = runtime.clock.now();
  }

  /** Resolves with an answer where the upload came through after all, with nothing where it is to be made again, after the wait. Throws otherwise. */
  async recover(error: GraphError, sessionId: number): Promise<UploadAnswer | undefined> {
    const { clock, signal } = this.#call.graph.runtime;
    const { remedy, retryAfterMs } = error.details;
    if (remedy === 'await_audience') {
      await this.#awaitAudience(error);
      return undefined;
    }
    if (remedy === 'await_creation') {
      if (!this.#call.audience.isNew || clock.now() - this.#startedAtMs >= CREATION_LAG_MS) throw error;
      await clock.sleep(CREATION_PAUSE_MS, signal);
      return undefined;
    }
    if (!this.#hiccups.isPassing(error)) throw error;
    const waitMs = this.#budget.planWaitMs('transient', retryAfterMs);
    if (waitMs === undefined) throw this.#hiccups.conclude(error);
    await clock.sleep(waitMs, signal);
    const answer = await readSession(this.#call, sessionId, this.#limitsUntilMs);
    if (answer?.received !== undefined && answer.received >= this.#rows) return answer;
    if (this.#mayBeTooLarge(error)) throw new GraphError(error.message, { ...error.details, failure: 'too_much_data' });
    return undefined;
  }

  async #awaitAudience(error: GraphError): Promise<void> {
    const { clock, signal } = this.#call.graph.runtime;
    const untilMs = this.#startedAtMs + BUSY_WAIT_MS;
    this.#busyTries += 1;
    const pauseMs = Math.min(MAX_BUSY_PAUSE_MS, BUSY_PAUSE_MS * this.#busyTries);
    if (clock.now() + pauseMs > untilMs) throw error;
    await clock.sleep(pauseMs, signal);
    const status = await awaitQuiet(this.#call, untilMs);
    if (isBusy(status)) throw createBusyError(status);
  }

  #mayBeTooLarge({ details }: GraphError): boolean {
    if (details.code !== undefined || details.status === undefined) return false;
    this.#blindTries += 1;
    return this.#blindTries >= MAX_BLIND_TRIES && this.#rows > LARGE_FROM_ROWS;
  }
}

/** What Meta has received under a session; undefined where it does not know it or does not say. */
export async function readSession(
  call: AudienceCall,
  sessionId: number,
  limitsUntilMs?: number,
): Promise<UploadAnswer | undefined> {
  const request = { path: `${call.audience.id}/sessions`, params: { session_id: String(sessionId) } };
  try {
    const { body } = await call.send(limitsUntilMs === undefined ? request : { ...request, limitsUntilMs });
    const sessions = isFields(body) && Array.isArray(body['data']) ? (body['data'] as unknown[]) : [];
    const session = sessions.find((entry) => isFields(entry) && String(entry['session_id']) === String(sessionId));
    return session === undefined ? undefined : readUploadAnswer(session);
  } catch (error) {
    if (error instanceof GraphError && error.failure !== 'expired_token') return undefined;
    throw error;
  }
}

interface Upload {
  readonly batch: Batch;
  readonly form: FormDraft;
}

/** Everything in the body: a removal as a DELETE has its payload in the address, which breaks from a thousand rows on. */
function createRequest(audienceId: string, { batch, form }: Upload, sessionId: number) {
  const session: GraphParam = {
    session_id: sessionId,
    batch_seq: 1,
    last_batch_flag: true,
    estimated_num_total: batch.rows.length,
  };
  return {
    method: 'POST',
    path: `${audienceId}/users`,
    form,
    params: { ...(batch.operation === 'remove' ? { method: 'DELETE' } : {}), session },
    idempotent: false,
  } as const;
}
