import type { UploadSession } from './upload-session.ts';

/** Older uploads are forgotten. */
const MAX_UPLOADS = 10_000;

export type UploadOperation = 'add' | 'remove' | 'replace' | 'remove_everywhere';

/** An upload as it came, taken or not. */
export interface UploadSeen {
  /** Id of the audience, or of the account (`act_1`) for what concerns all its audiences. */
  readonly target: string;
  readonly operation: UploadOperation;
  /** Empty where the payload could not be read. */
  readonly schema: readonly string[];
  readonly rows: number;
  readonly invalidRows: number;
  readonly session: UploadSession | undefined;
  /** Of the request: address and body. */
  readonly bytes: number;
  /** Where the payload was. */
  readonly sentIn: 'query' | 'form' | 'json';
  readonly atMs: number;
  /** `code/subcode` or `HTTP status` of the error it answered. */
  readonly error?: string;
}

/** The last uploads, oldest first. */
export class UploadLog {
  #uploads: UploadSeen[] = [];

  add(upload: UploadSeen): void {
    this.#uploads.push(upload);
    if (this.#uploads.length >= 2 * MAX_UPLOADS) this.#uploads = this.#uploads.slice(-MAX_UPLOADS);
  }

  list(target?: string): readonly UploadSeen[] {
    return this.#uploads.slice(-MAX_UPLOADS).filter((upload) => target === undefined || upload.target === target);
  }

  clear(): void {
    this.#uploads = [];
  }
}
