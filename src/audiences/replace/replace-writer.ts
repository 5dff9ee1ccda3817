import { GraphError } from '../../graph/graph-error.ts';
import { ConnectorError } from '../../protocol/connector-error.ts';
import type { JsonObject } from '../../protocol/messages.ts';
import { nameAudience } from '../audience.ts';
import type { AudienceSession } from '../audience-session.ts';
import { readStatus } from '../audience-status.ts';
import { BatchOutcome, type Refusal } from '../batch-outcome.ts';
import { describeUploadFailure } from '../describe-upload-failure.ts';
import { findStrong, hasExternId, type PayloadKey, type PersonRow } from '../person-row.ts';
import type { Receipt, RecordWriter } from '../record-writer.ts';
import type { LocalReject } from '../reject-desk.ts';
import type { StreamIntake } from '../stream-intake.ts';
import { fitRow, uniteShapes } from './final-shape.ts';
import { type ReplaceAudienceOptions, type ReplacementList, replaceAudience } from './replace-audience.ts';
import { type FinalRows, ReplaceSpool } from './replace-spool.ts';

const MAX_LOCAL_REJECTS = 10_000;
/** Meta tells no smaller size than this. */
const SMALLEST_TOLD_SIZE = 1_000;

/** What keeps an audience from being replaced by mistake. */
export interface ReplaceGuards {
  readonly onEmpty: 'fail' | 'skip';
  readonly maxShrinkPercent: number;
  readonly onShrink: 'fail' | 'skip';
  readonly mixedExternIds: 'drop_key' | 'reject_rows';
}

export interface ReplaceWriterOptions extends Omit<ReplaceAudienceOptions, 'call' | 'uploader'> {
  readonly intake: StreamIntake;
  readonly session: AudienceSession;
  readonly guards: ReplaceGuards;
  /** Where the rows are kept until they are complete. */
  readonly spoolFolder: string;
}

/**
 * Writes a stream whose records take the place of all that the audience held. Nothing is sent, and nothing acknowledged, before the source has finished the
 * stream: a list that broke off must not become the audience.
 */
export class ReplaceWriter implements RecordWriter {
  readonly holdsStates = true;
  readonly #options: ReplaceWriterOptions;
  readonly #spool: ReplaceSpool;
  #rejects: LocalReject[] = [];

  constructor(options: ReplaceWriterOptions) {
    this.#options = options;
    this.#spool = new ReplaceSpool(options.spoolFolder);
  }

  write(data: JsonObject, receipt: Receipt): Promise<void> | undefined {
    const { rows, reject } = this.#options.intake.take(data, receipt);
    if (reject !== undefined) {
      this.#rejects.push(reject);
      return this.#rejects.length >= MAX_LOCAL_REJECTS ? this.#writeRejects() : undefined;
    }
    if (rows.length === 1) return this.#spool.take(rows[0] as PersonRow);
    return this.#takeAll(rows);
  }

  async complete(): Promise<void> {
    const { intake, session } = this.#options;
    const { call } = session;
    const { log } = call.graph.runtime;
    await using spool = this.#spool;
    await this.#writeRejects();
    try {
      const list = await this.#fit(await spool.finish());
      // Before anything is sent: few rows of many must not become the audience.
      this.#checkRatio();
      await this.#reject(await this.#replace(list));
      this.#settle();
      this.#checkRatio();
    } catch (error) {
      throw error instanceof GraphError ? describeUploadFailure(error, call.audience) : error;
    } finally {
      intake.report.write(log);
    }
    await session.report();
  }

  async abandon(): Promise<void> {
    const { intake, session } = this.#options;
    await this.#spool[Symbol.asyncDispose]();
    intake.report.write(session.call.graph.runtime.log);
  }

  #checkRatio(): void {
    const { report } = this.#options.intake;
    report.judge();
    report.throwIfJudged();
  }

  async #takeAll(rows: readonly PersonRow[]): Promise<void> {
    for (const row of rows) await this.#spool.take(row);
  }

  async #writeRejects(): Promise<void> {
    const rejects = this.#rejects;
    this.#rejects = [];
    await this.#options.session.desk.rejectLocal(rejects);
  }

  /** Resolves with what Meta has refused of it. */
  async #replace(list: ReplacementList): Promise<BatchOutcome> {
    const { session, guards } = this.#options;
    const { call, uploader } = session;
    const { log } = call.graph.runtime;
    const name = nameAudience(call.audience);
    if (list.total === 0) {
      if (guards.onEmpty === 'fail')
        throw createGuardError(`${name}: the stream has no rows to replace the audience by`, 'on_empty');
      log.warn(`${name} is left as it is: the stream has no rows to replace it by`);
      return new BatchOutcome();
    }
    const { sizeLowerBound = 0 } = await readStatus(call);
    if (sizeLowerBound > SMALLEST_TOLD_SIZE && list.total < sizeLowerBound * (1 - guards.maxShrinkPercent / 100)) {
      const text = `${name} has at least ${sizeLowerBound} people, and the stream has ${list.total}: more than max_shrink_percent allows to go`;
      if (guards.onShrink === 'fail') throw createGuardError(text, 'on_shrink');
      log.warn(`${text}; the audience is left as it is`);
      await this.#rejectAll(list.read(), {
        code: 'replace_guard',
        message: 'The audience would have shrunk by more than max_shrink_percent allows.',
      });
      return new BatchOutcome();
    }
    const outcome = await replaceAudience(list, { ...this.#options, call, uploader });
    log.info(`${name} was replaced by ${list.total} rows`);
    return outcome;
  }

  /** External ids for all rows or for none, and the same keys in all rows; those that do not fit are rejected. */
  async #fit({ total, withExternId, shapes, read }: FinalRows): Promise<ReplacementList> {
    const { guards, intake } = this.#options;
    const isMixed = withExternId > 0 && withExternId < total;
    const dropsKey = withExternId === 0 || (isMixed && guards.mixedExternIds === 'drop_key');
    const without: ReadonlySet<PayloadKey> = new Set(dropsKey ? ['EXTERN_ID'] : []);
    if (shapes.length === 0) return { total, read };
    const shape = uniteShapes(shapes, without);
    const fits = (row: PersonRow) => !isMixed || (dropsKey ? hasAnyCell(row) : hasExternId(row));
    const select = async function* (isWanted: (row: PersonRow) => boolean): AsyncGenerator<PersonRow> {
      for await (const row of read()) {
        const fitted = fitRow(row, shape);
        if (isWanted(fitted)) yield fitted;
      }
    };
    let unfit = 0;
    if (isMixed) {
      intake.warnOfMixedExternIds({ withExternId, total, policy: guards.mixedExternIds });
      unfit = await this.#rejectAll(
        select((row) => !fits(row)),
        { code: 'mixed_extern_ids', message: MIXED },
      );
    }
    return { total: total - unfit, read: () => select(fits) };
  }

  /** Rejects the rows a part at a time, since they can be as many as there are. Resolves with their number. */
  async #rejectAll(rows: AsyncIterable<PersonRow>, refusal: Refusal): Promise<number> {
    let count = 0;
    let part = new BatchOutcome();
    for await (const row of rows) {
      part.refuse(row, refusal);
      count += 1;
      if (part.refused.size < MAX_LOCAL_REJECTS) continue;
      await this.#reject(part);
      part = new BatchOutcome();
    }
    await this.#reject(part);
    return count;
  }

  async #reject(outcome: BatchOutcome): Promise<void> {
    await this.#options.session.desk.rejectRefused(outcome, true);
    const { receipts } = this.#spool;
    for (const row of [...outcome.refused.keys(), ...outcome.suspects.keys()]) {
      for (const receipt of row.receipts) receipts.count(receipts.numberOf(receipt), 'added', -1);
    }
  }

  /** Tells of all rows that were not rejected. */
  #settle(): void {
    const { session, intake } = this.#options;
    for (const [receipt, how, records] of this.#spool.receipts.entries())
      session.desk.deliverRecords({ receipt, report: intake.report }, how, records);
  }
}

const MIXED = 'A replacement can hold external ids for all rows or for none, and this row has only one, or none.';

function hasAnyCell({ shape, cells }: PersonRow): boolean {
  return findStrong(shape, cells) >= 0 || cells.some((cell) => typeof cell === 'string' && cell !== '');
}

function createGuardError(text: string, setting: string): ConnectorError {
  return new ConnectorError(`${text}. The audience is left as it is. If that is what you want, change replace.${setting}.`, {
    failureType: 'config_error',
  });
}
