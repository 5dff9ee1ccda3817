import { GraphError } from '../graph/graph-error.ts';
import { isFields } from '../graph/json-fields.ts';
import { redactShapes } from '../graph/redactor.ts';

/** What Meta says of an upload. */
export interface UploadAnswer {
  /** Rows of the session so far; undefined where Meta does not say. */
  readonly received: number | undefined;
  readonly invalid: number;
  /** At most 100 of the invalid rows, as Meta names them, with the reason. */
  readonly samples: readonly InvalidSample[];
}

export interface InvalidSample {
  /** The row as JSON, or one of its values. */
  readonly row: string;
  readonly reason: string;
}

const NO_REASON = 'Meta gives no reason';
const MAX_REASON_CHARS = 200;

/** What says nothing at all of an upload is no answer to one: an empty object comes from something broken on the way. */
export function isUploadAnswer(body: unknown): boolean {
  return isFields(body) && ('num_received' in body || 'session_id' in body || 'audience_id' in body);
}

/** Whether the upload came through is not known. */
export function createSilenceError(): GraphError {
  const advice = 'Meta had a passing problem; the sync can be run again later.';
  return new GraphError('Meta did not say what became of an upload', { failure: 'transient', advice });
}

/** Reads the answer to an upload, or a session, whose numbers are strings. Samples come as a map from row to reason, as a list of rows, or as nothing. */
export function readUploadAnswer(body: unknown): UploadAnswer {
  const fields = isFields(body) ? body : {};
  return {
    received: readCount(fields['num_received']),
    invalid: readCount(fields['num_invalid_entries']) ?? 0,
    samples: readSamples(fields['invalid_entry_samples']),
  };
}

function readSamples(samples: unknown): readonly InvalidSample[] {
  if (Array.isArray(samples)) return samples.flatMap((sample: unknown) => readSample(sample));
  if (!isFields(samples)) return [];
  return Object.entries(samples).map(([row, reason]) => ({ row, reason: formatReason(reason) }));
}

function readSample(sample: unknown): readonly InvalidSample[] {
  if (typeof sample === 'string') return [{ row: sample, reason: NO_REASON }];
  if (Array.isArray(sample)) return [{ row: JSON.stringify(sample), reason: NO_REASON }];
  return isFields(sample) ? Object.entries(sample).map(([row, reason]) => ({ row, reason: formatReason(reason) })) : [];
}

/** The reason could quote the row: what looks like a hash is taken out. */
function formatReason(reason: unknown): string {
  return typeof reason === 'string' && reason.trim() !== '' ? redactShapes(reason).slice(0, MAX_REASON_CHARS) : NO_REASON;
}

function readCount(value: unknown): number | undefined {
  const count = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof count === 'number' && Number.isFinite(count) && count >= 0 ? Math.floor(count) : undefined;
}
