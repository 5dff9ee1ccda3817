/** What was done to custom audiences. */
export interface AudienceCounters {
  created: number;
  deleted: number;
  /** Uploads that were taken, batches of replacements included. */
  uploads: number;
  /** Uploads that answered an error. */
  uploadsRefused: number;
  /** Rows that answers said were received. */
  rowsReceived: number;
  rowsInvalid: number;
  /** Replacements begun. */
  replaces: number;
  replacesFinished: number;
  replacesTimedOut: number;
  replacesFailed: number;
}

export function createAudienceCounters(): AudienceCounters {
  return {
    created: 0,
    deleted: 0,
    uploads: 0,
    uploadsRefused: 0,
    rowsReceived: 0,
    rowsInvalid: 0,
    replaces: 0,
    replacesFinished: 0,
    replacesTimedOut: 0,
    replacesFailed: 0,
  };
}
