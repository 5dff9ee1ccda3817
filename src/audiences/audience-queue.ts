import { GraphError } from '../graph/graph-error.ts';
import type { Clock } from '../runtime.ts';
import type { Audience } from './audience.ts';
import { LIMIT_WAIT_MS } from './audience-call.ts';
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
/** A window stands for no more records than about this many, however few persons they are of. */
const MAX_RECORDS = 50_000;

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
  /** Windows that wait or are being sent, the oldest first. */
  readonly #underWay: Window[] = [];
  /** Resolves when the windows before the last one that was lined up have been sent. */
  #ahead: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;

  constructor(options: AudienceQueueOptions) {
    this.#options = options;
  }

  /** Takes a row. A promise where there is no room for another until it resolves. Throws, or rejects, with the failure once there is one. */
  take(row: PersonRow): Promise<void> | undefined {
    this.#throwIfFailed();
    this.#sent.noteOperation(row.operation);
    const host = this.#joinEqual(row);
    if (host !== undefined) return host === 'sent' ? undefined : this.#makeRoomIn(host);
    const { limits } = this.#options;
    const { rows: waiting } = this.#window;
    const isSealed = (waiting.bytes + row.bytes > limits.bytes || waiting.conflicts(row)) && this.#seal();
    this.#open();
    const { rows } = this.#window;
    rows.add(row);
    const isFull = rows.size >= limits.rows || rows.held >= MAX_RECORDS;
    return (isFull && this.#seal()) || isSealed ? this.#waitForRoom() : undefined;
  }

  takeReject(reject: LocalReject): Promise<void> | undefined {
    this.#throwIfFailed();
    this.#open();
    this.#window.rejects.push(reject);
    return this.#window.rejects.length >= MAX_LOCAL_REJECTS && this.#seal() ? this.#waitForRoom() : undefined;
  }

  /** Sends all that was taken; resolves when it is settled. */
  async flush(): Promise<void> {
    this.#throwIfFailed();
    this.#seal();
    await this.#settle();
  }

  /** Resolves when what is under way has ended; what waits in the window is dropped. */
  async halt(): Promise<void> {
    this.#drop();
    await this.#working;
  }

  #drop(): void {
    this.#window.timer.abort();
    this.#window = new Window();
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
    // As long as another one is being sent, it would only wait in line: it can be filled as well.
    await this.#working;
    if (this.#window === window) this.#seal();
  }

  /** Lines the window up to be sent; false where there is nothing in it. */
  #seal(): boolean {
    const window = this.#window;
    if (window.isEmpty) return false;
    window.timer.abort();
    this.#window = new Window();
    this.#ahead = this.#underWay.length > 0 ? this.#working : undefined;
    this.#underWay.push(window);
    this.#working = this.#working.then(() => this.#send(window));
    return true;
  }

  /** For whoever has filled a window: a promise where another one is still on its way. */
  #waitForRoom(): Promise<void> | undefined {
    return this.#ahead?.then(() => this.#throwIfFailed());
  }

  /** A row that is joined to one of a window takes room there, too. */
  #makeRoomIn(window: Window): Promise<void> | undefined {
    if (window.rows.held < MAX_RECORDS) return undefined;
    if (window === this.#window) this.#seal();
    return this.#settle();
  }

  async #send(window: Window): Promise<void> {
    try {
      if (this.#failure === undefined) await this.#deliver(window);
    } catch (error) {
      const isMetas = error instanceof GraphError;
      this.#failure ??= { error: isMetas ? describeUploadFailure(error, this.#options.audience) : error };
      this.#drop();
    } finally {
      // They are sent one after another.
      this.#underWay.shift();
    }
  }

  async #deliver({ rows, rejects }: Window): Promise<void> {
    const { desk } = this.#options;
    await desk.rejectLocal(rejects);
    const reports = new Set([...rejects.map(({ report }) => report), ...[...rows.rows].map(({ shape }) => shape.report)]);
    // For all of the window's requests together: as long as they wait, nothing is taken in.
    const limitsUntilMs = this.#options.clock.now() + LIMIT_WAIT_MS;
    let open: Iterable<PersonRow> = rows.rows;
    for (;;) {
      const retried: PersonRow[] = [];
      for (const batch of makeBatches(open, this.#options.size.current)) {
        retried.push(...(await this.#upload(batch, { waiting: rows, limitsUntilMs })));
      }
      if (retried.length === 0) break;
      open = retried;
    }
    // The stream at fault is told when it brings more; others of the audience are not.
    for (const report of reports) report.judge();
  }

  /** Returns the rows that count again because the ones that took their places were refused. */
  async #upload(
    batch: Batch,
    { waiting, limitsUntilMs }: { readonly waiting: RowWindow; readonly limitsUntilMs: number },
  ): Promise<readonly PersonRow[]> {
    const { uploader, desk, stop } = this.#options;
    stop.throwIfAborted();
    const outcome = await uploader.upload(batch, limitsUntilMs);
    // No other row may join one that is being told of: it would miss it.
    waiting.settle([...outcome.refused.keys(), ...outcome.suspects.keys()]);
    await desk.rejectRefused(outcome);
    waiting.settle(batch.rows);
    return batch.rows.flatMap((row) => this.#settleRow(row, outcome));
  }

  #settleRow(row: PersonRow, outcome: BatchOutcome): readonly PersonRow[] {
    const { desk } = this.#options;
    if (outcome.refused.has(row)) return row.previous === undefined ? [] : [row.previous];
    // Most suspects were taken: to send what they took the place of would undo them.
    const isSuspect = outcome.suspects.has(row);
    if (!isSuspect) desk.deliver(row, row.operation === 'add' ? 'added' : 'removed');
    for (let before = row.previous; before !== undefined; before = before.previous) desk.deliver(before, 'superseded');
    if (!isSuspect) this.#sent.noteDelivered(row);
    return [];
  }

  /** Where an equal row of the same person is on its way, or there, with nothing newer behind it: that one stands for both. */
  #joinEqual(row: PersonRow): Window | 'sent' | undefined {
    for (let place = this.#underWay.length; place >= 0; place -= 1) {
      const window = this.#underWay[place] ?? this.#window;
      const encounter = window.rows.meet(row);
      if (encounter !== 'none') return encounter === 'joined' ? window : undefined;
    }
    if (!this.#sent.has(row)) return undefined;
    this.#options.desk.deliver(row, 'superseded');
    return 'sent';
  }

  #throwIfFailed(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}
