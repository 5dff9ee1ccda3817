import { GraphError } from '../../graph/graph-error.ts';
import { RetryBudget } from '../../graph/retry-budget.ts';
import { AsciiBuffer } from '../../text/ascii-buffer.ts';
import { REPLACING_STATUS } from '../audience.ts';
import type { AudienceCall } from '../audience-call.ts';
import { readStatus } from '../audience-status.ts';
import { type Batch, narrowBatch } from '../batch.ts';
import { encodePayload } from '../encode-payload.ts';
import { Hiccups } from '../hiccups.ts';
import { createSessionId } from '../session-id.ts';
import { createSilenceError, isUploadAnswer, readUploadAnswer, type UploadAnswer } from '../upload-answer.ts';
import { readSession } from '../upload-sender.ts';

/** Meta ends a session 90 minutes after its first batch, with whatever has come by then. */
const SESSION_BUDGET_MS = 80 * 60_000;

/** "Session finished". */
export const SESSION_FINISHED = 1870159;
/** The answer that got lost, as far as it is known. */
const ALL_TAKEN: UploadAnswer = { received: undefined, invalid: 0, samples: [] };

export interface ReplaceSessionOptions {
  readonly call: AudienceCall;
  /** What the replacement is about: the same for each try of it. */
  readonly runId: string;
  /** Counts the tries; each is a session of its own. */
  readonly attempt: number;
  /** Rows of the whole list. */
  readonly total: number;
}

/**
 * One session of `usersreplace`: batches numbered from 1, one after another, the last one marked. Meta begins with the first and takes the others in any order
 * and more than once. https://developers.facebook.com/docs/marketing-api/reference/custom-audience/usersreplace
 */
export class ReplaceSession {
  readonly id: number;
  readonly #options: ReplaceSessionOptions;
  readonly #startedAtMs: number;
  readonly #buffer = new AsciiBuffer();
  #sequence = 0;
  #sentRows = 0;
  /** By Meta's count. */
  #receivedRows = 0;
  #invalidRows = 0;

  constructor(options: ReplaceSessionOptions) {
    this.#options = options;
    const { call, runId, attempt } = options;
    const { accountId, id: audienceId } = call.audience;
    this.id = createSessionId({ accountId, audienceId, runId, sequence: 0, batchId: 'replace', attempt });
    this.#startedAtMs = call.graph.runtime.clock.now();
  }

  /** There may not be the time for another batch after this one. */
  get isLate(): boolean {
    return this.#options.call.graph.runtime.clock.now() - this.#startedAtMs >= SESSION_BUDGET_MS;
  }

  /**
   * Sends the next batch; resolves when Meta has it. A `GraphError` (too_much_data) leaves the session as it was: the batch can be sent in parts. Any other
   * one ends it.
   */
  async send(batch: Batch, isLast: boolean): Promise<UploadAnswer> {
    const { call, total } = this.#options;
    const { runtime, patience } = call.graph;
    const budget = new RetryBudget(runtime, patience);
    const hiccups = new Hiccups(batch.rows.length);
    const sequence = this.#sequence + 1;
    const form = encodePayload(batch, this.#buffer);
    let isRepeated = false;
    for (;;) {
      try {
        const { body } = await call.send({
          method: 'POST',
          path: `${call.audience.id}/usersreplace`,
          form,
          params: {
            session: { session_id: this.id, batch_seq: sequence, last_batch_flag: isLast, estimated_num_total: total },
          },
          idempotent: false,
        });
        if (!isUploadAnswer(body)) throw createSilenceError();
        return this.#advance(batch, readUploadAnswer(body));
      } catch (error) {
        if (!(error instanceof GraphError)) throw error;
        // The last batch came through the first time, and its answer got lost.
        if (isLast && isRepeated && error.details.subcode === SESSION_FINISHED) return this.#advance(batch, ALL_TAKEN);
        if (error.details.remedy !== undefined || !hiccups.isPassing(error)) throw error;
        const waitMs = budget.planWaitMs('transient', error.details.retryAfterMs);
        if (waitMs === undefined) throw hiccups.conclude(error);
        await runtime.clock.sleep(waitMs, runtime.signal);
        isRepeated = true;
        const answer = await this.#findReceived(batch, { isFirst: sequence === 1, isLast });
        if (answer !== undefined) return this.#advance(batch, answer);
      }
    }
  }

  /**
   * Whether a batch whose answer got lost came through; undefined where it is to be sent again. Meta takes batches twice, the first one apart: whether
   * that came is told by the audience, which is being replaced from then on.
   */
  async #findReceived(
    batch: Batch,
    { isFirst, isLast }: { readonly isFirst: boolean; readonly isLast: boolean },
  ): Promise<UploadAnswer | undefined> {
    const { call } = this.#options;
    const session = await readSession(call, this.id);
    if (session?.received !== undefined && session.received >= this.#sentRows + batch.rows.length) {
      return { ...session, invalid: Math.max(0, session.invalid - this.#invalidRows) };
    }
    if (isFirst === isLast) return undefined;
    const { code } = await readStatus(call);
    return (code === REPLACING_STATUS) === isFirst ? ALL_TAKEN : undefined;
  }

  #advance(batch: Batch, answer: UploadAnswer): UploadAnswer {
    this.#sequence += 1;
    this.#sentRows += batch.rows.length;
    this.#invalidRows += answer.invalid;
    const before = this.#receivedRows;
    if (answer.received === undefined) {
      this.#receivedRows += batch.rows.length;
      return answer;
    }
    this.#receivedRows = answer.received;
    // The session's count goes up from batch to batch; one that does not is the batch's own.
    return { ...answer, received: answer.received > before ? answer.received - before : answer.received };
  }
}

/** A batch as parts that are half as large. */
export function halveBatch(batch: Batch): readonly Batch[] {
  const middle = Math.ceil(batch.rows.length / 2);
  return [batch.rows.slice(0, middle), batch.rows.slice(middle)].map((rows) => narrowBatch(batch, rows));
}
