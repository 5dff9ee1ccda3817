import { createFaultError } from '../faults/fault-error.ts';
import { createParameterError } from '../graph-api-error.ts';
import type { EdgeRoute } from '../route.ts';
import type { Site } from '../site.ts';
import type { AudienceRecord } from './audience-record.ts';
import { Replacement, type ReplacementEnd } from './replacement.ts';
import { takeUpload, type Upload, type UploadTaker } from './take-upload.ts';
import type { UploadSession } from './upload-session.ts';
import { checkValueKey } from './value-rule.ts';
import { openForUpload } from './write-access.ts';

/** From this size on, an audience cannot be replaced. */
const TOO_LARGE = 100_000_000;

/** `POST /{audience}/usersreplace`: one batch of a replacement of everybody. */
export const replaceUsers: EdgeRoute = (request, item) =>
  takeUpload(request, {
    target: request.site.world.idOf(item),
    operation: 'replace',
    open: (): UploadTaker => {
      const { site } = request;
      const audience = openForUpload(request, item);
      return {
        sessions: audience.sessions,
        check: (upload) => {
          checkValueKey(site.world, item, upload.keys);
          checkBatch(site, audience, upload);
        },
        apply: (upload, valid) => {
          const session = needSession(upload);
          const run = audience.replacement ?? beginReplacement(site, audience, upload);
          const nowMs = site.clock.now();
          if (session.isLast && run.isDoomed && site.options.replaceFailure === '1870148') {
            failReplacement(audience, run, nowMs);
            audience.touch(site.world, nowMs);
            throw createFaultError('replace_incomplete_1870148');
          }
          run.members.add(upload.keys, valid);
          if (session.isLast) {
            audience.endReplacement(run.isDoomed ? 'failed' : 'finished', nowMs + site.options.replaceProcessingMs);
          }
          audience.touch(site.world, nowMs);
        },
      };
    },
  });

/** Throws where the batch does not fit: to how its session ended, to the one under way, or to the state of the audience. */
function checkBatch(site: Site, audience: AudienceRecord, upload: Upload): void {
  const session = needSession(upload);
  const past = audience.pastReplacements.get(session.id);
  if (past !== undefined) throw createFaultError(pastFaults[past]);
  const run = audience.replacement;
  if (run === undefined) {
    checkFirstBatch(site, audience, session);
    return;
  }
  // A first batch begins a replacement, also when it is sent twice, and there can be one only.
  if (run.sessionId !== session.id || session.batchSeq === 1) throw createFaultError('replace_running_1870145');
  if (run.schema !== upload.keys.join(',')) throw createFaultError('schema_mismatch_100');
}

const pastFaults = {
  finished: 'replace_finished_1870159',
  failed: 'replace_finished_1870159',
  timed_out: 'replace_timed_out_1870158',
} as const satisfies Readonly<Record<ReplacementEnd, string>>;

function checkFirstBatch({ audiences }: Site, audience: AudienceRecord, { batchSeq }: UploadSession): void {
  const status = audiences.statusOf(audience);
  if (status === 414) throw createFaultError('replace_running_1870145');
  if (batchSeq !== 1) throw createFaultError('replace_not_begun_1870147');
  // A failed replacement may be made again; anything else that is not normal must pass first.
  if (status !== 200 && status !== 415) throw createFaultError('replace_running_1870145');
  if (audiences.sizeOf(audience) >= TOO_LARGE) throw createFaultError('replace_too_large_1870144');
}

function beginReplacement({ audiences, options, clock, counters }: Site, audience: AudienceRecord, upload: Upload): Replacement {
  const ordinal = audiences.countReplacement();
  const run = new Replacement({
    sessionId: needSession(upload).id,
    schema: upload.keys.join(','),
    startedMs: clock.now(),
    isDoomed: options.replaceFailEvery > 0 && ordinal % options.replaceFailEvery === 0,
  });
  audience.replacement = run;
  audience.hasFailed = false;
  counters.audiences.replaces += 1;
  return run;
}

/** Leaves the audience with what had come before. */
function failReplacement(audience: AudienceRecord, run: Replacement, nowMs: number): void {
  audience.endReplacement('failed', nowMs);
  audience.takeMembers(run);
  audience.replacement = undefined;
  audience.hasFailed = true;
}

function needSession({ session }: Upload): UploadSession {
  if (session === undefined) throw createParameterError('Missing parameter(s): session');
  return session;
}
