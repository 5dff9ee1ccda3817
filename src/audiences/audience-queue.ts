import { GraphError } from '../graph/graph-error.ts';
import type { Clock } from '../runtime.ts';
import type { Audience } from './audience.ts';
import { type Batch, type BatchLimits, makeBatches } from './batch.ts';
import type { BatchOutcome } from './batch-outcome.ts';
import type { BatchUploader } from './batch-uploader.ts';
import { describeUploadFailure } from './describe-upload-failure.ts';
import type { PersonRow } from './person-row.ts';
import type { LocalReject, RejectDesk } from './reject-desk.ts';
import { RowWindow } from './row-window.ts';
import { SentRows } from './sent-rows.ts';
import type { UploadSize } from './upload-size.ts';

/** Rejects are written no later than this many. */
const MAX_LOCAL_REJECTS = 10_000;

export interface AudienceQueueOptions {
  readonly audience: Audience;
  readonly uploader: BatchUploader;
  readonly size: UploadSize;
  readonly desk: RejectDesk;
  readonly clock: Clock;
  /** No further request is begun once it has aborted; one under way may still end. */
  readonly stop: AbortSignal;
  readonly limits: BatchLimits;
  /** A row is sent after this time, however few there are. */
  readonly flushAfterMs: number;
}

class Window {
  readonly rows = new RowWindow();
  readonly rejects: LocalReject[] = [];
  readonly timer = new AbortController();

  get isEmpty(): boolean {
    return this.rows.size === 0 && this.rejects.length === 0;
  }
}

/**
 * The rows of one audience on their way to Meta: one window is filled while another is sent, and only one is sent at a time, so that no row overtakes an
 * earlier one of the same person. Once a window has failed, nothing more is sent.
 */
export class AudienceQueue {
  readonly #options: AudienceQueueOptions;
  readonly #sent = new SentRows();
  #window = new Window();
  #working: Promise<void> = Promise.resolve();
  /** Windows that wait or are being sent. */
  readonly #underWay = new Set<Window>();
  #failure: { readonly error: unknown } | undefined;

  constructor(options: AudienceQueueOptions) {
    this.#options = options;
  }

  /** Takes a row. A promise where there is no room for another until it resolves. Throws, or rejects, with the failure once there is one. */
  take(row: PersonRow): Promise<void> | undefined {
    this.#throwIfFailed();
    this.#sent.noteOperation(row.operation);
    if (this.#joinEqual(row)) return undefined;
    const { limits } = this.#options;
    const { rows: waiting } = this.#window;
    const isTooMuch = waiting.bytes + row.bytes > limits.bytes;
    const room = isTooMuch || waiting.conflicts(row) ? this.#seal() : undefined;
    this.#open();
    const { rows } = this.#window;
    rows.add(row);
    return rows.size >= limits.rows ? this.#seal() : room;
  }

  takeReject(reject: LocalReject): Promise<void> | undefined {
    this.#throwIfFailed();
    this.#open();
    this.#window.rejects.push(reject);
    return this.#window.rejects.length >= MAX_LOCAL_REJECTS ? this.#seal() : undefined;
  }

  /** Sends all that was taken; resolves when it is settled. */
  async flush(): Promise<void> {
    this.#throwIfFailed();
    void this.#seal();
    await this.#settle();
  }

  /** Resolves when what is under way has ended; what waits in the window is dropped. */
  async halt(): Promise<void> {
    this.#window.timer.abort();
    this.#window = new Window();
    await this.#working;
  }

  async #settle(): Promise<void> {
    await this.#working;
    this.#throwIfFailed();
  }

  #open(): void {
    if (this.#window.isEmpty) void this.#sealLater(this.#window);
  }

  async #sealLater(window: Window): Promise<void> {
    const { clock, flushAfterMs } = this.#options;
    try {
      await clock.sleep(flushAfterMs, window.timer.signal);
    } catch {
      return;
    }
    if (this.#window === window) void this.#seal();
  }

  /** Lines the window up to be sent. A promise where another is still on its way. */
  #seal(): Promise<void> | undefined {
    const window = this.#window;
    if (window.isEmpty) return undefined;
    window.timer.abort();
    this.#window = new Window();
    const before = this.#underWay.size > 0 ? this.#working : undefined;
    this.#underWay.add(window);
    this.#working = this.#working.then(() => this.#send(window));
    return before?.then(() => this.#throwIfFailed());
  }

  async #send(window: Window): Promise<void> {
    try {
      if (this.#failure === undefined) await this.#deliver(window);
    } catch (error) {
      const isMetas = error instanceof GraphError;
      this.#failure ??= { error: isMetas ? describeUploadFailure(error, this.#options.audience) : error };
    } finally {
      this.#underWay.delete(window);
    }
  }

  async #deliver({ rows, rejects }: Window): Promise<void> {
    const { desk } = this.#options;
    await desk.rejectLocal(rejects);
    const reports = new Set([...rejects.map(({ report }) => report), ...[...rows.rows].map(({ shape }) => shape.report)]);
    let open: Iterable<PersonRow> = rows.rows;
    for (;;) {
      const retried: PersonRow[] = [];
      for (const batch of makeBatches(open, this.#options.size.current)) {
        retried.push(...(await this.#upload(batch)));
        rows.settle(batch.rows);
      }
      if (retried.length === 0) break;
      open = retried;
    }
    for (const report of reports) report.checkRatio();
  }

  /** Returns the rows that count again because the ones that took their places were refused. */
  async #upload(batch: Batch): Promise<readonly PersonRow[]> {
    const { uploader, desk, stop } = this.#options;
    stop.throwIfAborted();
    const outcome = await uploader.upload(batch);
    await desk.rejectRefused(outcome);
    return batch.rows.flatMap((row) => this.#settleRow(row, outcome));
  }

  #settleRow(row: PersonRow, outcome: BatchOutcome): readonly PersonRow[] {
    const { desk } = this.#options;
    if (outcome.suspects.has(row) || outcome.refused.has(row)) return row.previous === undefined ? [] : [row.previous];
    desk.deliver(row, row.operation === 'add' ? 'added' : 'removed');
    for (let before = row.previous; before !== undefined; before = before.previous) desk.deliver(before, 'superseded');
    this.#sent.noteDelivered(row);
    return [];
  }

  /** Whether an equal row of the same person is on its way, or there, with nothing newer behind it: then that one stands for both. */
  #joinEqual(row: PersonRow): boolean {
    for (const { rows } of [this.#window, ...[...this.#underWay].reverse()]) {
      const encounter = rows.meet(row);
      if (encounter !== 'none') return encounter === 'joined';
    }
    if (!this.#sent.has(row)) return false;
    this.#options.desk.deliver(row, 'superseded');
    return true;
  }

  #throwIfFailed(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}
