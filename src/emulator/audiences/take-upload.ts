import { GraphApiError } from '../graph-api-error.ts';
import type { RouteRequest } from '../route.ts';
import type { JsonText } from '../world/json-text.ts';
import { type JudgedRows, judgeRows } from './judge-rows.ts';
import { createOversizeError } from './oversize-error.ts';
import type { SessionTable, SessionTally } from './session-table.ts';
import { writeUploadAnswer } from './upload-answer.ts';
import type { UploadOperation } from './upload-log.ts';
import { parsePayload, type UploadPayload } from './upload-payload.ts';
import { parseSession, type UploadSession } from './upload-session.ts';

/** An upload that is well formed. */
export interface Upload extends UploadPayload {
  readonly session: UploadSession | undefined;
}

/** Where an upload goes once it can be read. */
export interface UploadTaker {
  /** Counts the upload's session. */
  readonly sessions?: SessionTable;
  /** Throws before the rows are looked at. */
  check(upload: Upload): void;
  /** Takes the valid rows. */
  apply(upload: Upload, valid: JudgedRows['valid']): void;
}

export interface UploadPlace {
  /** Id of the audience, or of the account (`act_1`) for what concerns all its audiences. */
  readonly target: string;
  readonly operation: UploadOperation;
  /** Throws where no upload may be made. */
  open(): UploadTaker;
}

/** Reads, judges, applies and answers one upload. Taken or not, it is written down. */
export function takeUpload(request: RouteRequest, place: UploadPlace): JsonText {
  const { target, operation } = place;
  const { audiences, clock, counters } = request.site;
  const { transfer } = request.operation;
  const progress: Progress = {};
  const write = (error: string | undefined) =>
    audiences.log.add({
      target,
      operation,
      schema: progress.upload?.keys ?? [],
      rows: progress.upload?.rows.length ?? 0,
      invalidRows: progress.rows?.invalid ?? 0,
      session: progress.upload?.session,
      bytes: transfer.urlBytes + transfer.bodyBytes,
      sentIn: transfer.query.has('payload') ? 'query' : transfer.bodyType,
      atMs: clock.now(),
      ...(error === undefined ? {} : { error }),
    });
  try {
    const answer = makeProgress(request, place, progress);
    write(undefined);
    counters.audiences.uploads += 1;
    return answer;
  } catch (error) {
    if (!(error instanceof GraphApiError)) throw error;
    write(labelError(error));
    counters.audiences.uploadsRefused += 1;
    throw error;
  }
}

/** How far an upload has come. */
interface Progress {
  upload?: Upload;
  rows?: JudgedRows;
}

function makeProgress({ site, operation: call }: RouteRequest, place: UploadPlace, progress: Progress): JsonText {
  const { target, operation, open } = place;
  const { options } = site;
  const bytes = call.transfer.urlBytes + call.transfer.bodyBytes;
  const isTooLarge = options.maximumUploadBytes > 0 && bytes > options.maximumUploadBytes;
  if (isTooLarge) throw createOversizeError(options.oversizeUploadAnswer);
  const taker = open();
  const session = parseSession(call.params, { sessionIds: options.sessionIds, needsLastFlag: operation !== 'replace' });
  const upload = { ...parsePayload(call.params, options), session };
  progress.upload = upload;
  taker.check(upload);
  const rows = judgeRows(site, upload);
  progress.rows = rows;
  taker.apply(upload, rows.valid);
  const tally = session === undefined ? undefined : countSession(taker.sessions, session.id, rows, site.clock.now());
  site.counters.audiences.rowsReceived += rows.received;
  site.counters.audiences.rowsInvalid += rows.invalid;
  return writeUploadAnswer({ target, operation, keys: upload.keys, rows, tally, samplesShape: options.invalidSamplesShape });
}

function countSession(sessions: SessionTable | undefined, id: string, rows: JudgedRows, nowMs: number): SessionTally | undefined {
  const tally = sessions?.open(id, nowMs);
  if (tally === undefined) return undefined;
  tally.received += rows.received;
  tally.invalid += rows.invalid;
  return tally;
}

function labelError({ status, options: { code, subcode } }: GraphApiError): string {
  if (code === undefined) return `HTTP ${status}`;
  return subcode === undefined ? String(code) : `${code}/${subcode}`;
}
