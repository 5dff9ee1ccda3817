import type { JsonObject } from '../protocol/messages.ts';
import type { Log } from '../runtime.ts';
import type { AudienceSession } from './audience-session.ts';
import type { PersonRow } from './person-row.ts';
import type { Receipt, RecordWriter } from './record-writer.ts';
import type { StreamIntake } from './stream-intake.ts';

export interface ChangeWriterOptions {
  readonly intake: StreamIntake;
  /** The audience's; several streams may share it. */
  readonly session: AudienceSession;
  readonly log: Log;
  readonly stop: AbortSignal;
}

/** Writes a stream whose records add people to an audience and remove them. */
export class ChangeWriter implements RecordWriter {
  readonly #options: ChangeWriterOptions;

  constructor(options: ChangeWriterOptions) {
    this.#options = options;
  }

  write(data: JsonObject, receipt: Receipt): Promise<void> | undefined {
    const { intake, session } = this.#options;
    const { queue } = session;
    intake.report.throwIfJudged();
    const { rows, reject } = intake.take(data, receipt);
    if (reject !== undefined) return queue.takeReject(reject);
    return rows.length === 1 ? queue.take(rows[0] as PersonRow) : this.#takeAll(rows);
  }

  async complete(): Promise<void> {
    const { intake, session, log } = this.#options;
    try {
      await session.queue.flush();
      intake.report.judge();
      intake.report.throwIfJudged();
    } finally {
      intake.report.write(log);
    }
    await session.report();
  }

  /** What has come is true whether or not the source went on: it is sent, unless the process is being stopped. */
  async abandon(): Promise<void> {
    const { intake, session, log, stop } = this.#options;
    try {
      if (stop.aborted) await session.queue.halt();
      else await session.queue.flush();
    } finally {
      intake.report.write(log);
    }
  }

  async #takeAll(rows: readonly PersonRow[]): Promise<void> {
    for (const row of rows) await this.#options.session.queue.take(row);
  }
}
