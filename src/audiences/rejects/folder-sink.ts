import { hash, randomUUID } from 'node:crypto';
import { mkdir, open, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Semaphore } from '../../flow/semaphore.ts';
import type { StreamDescriptor } from '../../protocol/messages.ts';
import type { Clock } from '../../runtime.ts';
import { toFolderError } from './folder-error.ts';
import { formatReject, toJsonLines } from './format-reject.ts';
import { groupByStream, keyOfStream } from './group-by-stream.ts';
import type { Reject } from './reject.ts';
import type { RejectSink } from './reject-sink.ts';

/** For the connector's user alone: rejected rows are about persons, redacted or not. */
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;
const MAX_LABEL_CHARS = 60;

/**
 * Keeps rejects in a folder: for each stream one file of JSON Lines that is this process's own. Rejects that were handed over together may be partly
 * kept when `write` fails; they are then handed over again by the next sync.
 */
export class FolderSink implements RejectSink {
  readonly #folder: string;
  readonly #tag: string;
  /** The files that are there, by stream. */
  readonly #names = new Map<string, string>();
  /** One write at a time, or lines of two would mix. */
  readonly #turn = new Semaphore(1);
  #fileCount = 0;

  constructor(folder: string, clock: Clock) {
    this.#folder = folder;
    // When, for those who look; and which process, since the moment and the process number can be those of another container.
    this.#tag = `${new Date(clock.now()).toISOString().replace(/\.\d+|[-:]/g, '')}-${randomUUID().slice(0, 8)}`;
  }

  async write(rejects: readonly Reject[]): Promise<void> {
    if (rejects.length === 0) return;
    using _turn = await this.#turn.acquire();
    try {
      await makeFolder(this.#folder);
      for (const group of groupByStream(rejects)) await this.#append(group.stream, toJsonLines(group.rejects.map(formatReject)));
    } catch (error) {
      throw toFolderError(error);
    }
  }

  async probe(): Promise<void> {
    const path = join(this.#folder, `rejects-probe-${this.#tag}`);
    try {
      const isNew = await makeFolder(this.#folder);
      try {
        await appendToFile(path, { text: 'probe\n', isNew: true });
      } finally {
        await rm(path, { force: true });
        // Another process may have begun to use it.
        if (isNew) await rmdir(this.#folder).catch(() => undefined);
      }
    } catch (error) {
      throw toFolderError(error);
    }
  }

  async close(): Promise<void> {}

  async #append(stream: StreamDescriptor, text: string): Promise<void> {
    const key = keyOfStream(stream);
    const known = this.#names.get(key);
    const name = known ?? `rejects-${labelOf(stream)}-${this.#tag}-${this.#fileCount++}.jsonl`;
    try {
      await appendToFile(join(this.#folder, name), { text, isNew: known === undefined });
      if (known === undefined) await syncFolder(this.#folder);
      this.#names.set(key, name);
    } catch (error) {
      // What a failed write has left in a file is not known for sure: nothing is added to it.
      this.#names.delete(key);
      throw error;
    }
  }
}

/** Resolves when the text is on the disk; what a failure has written of it is cut off again, where the disk lets it. */
async function appendToFile(path: string, { text, isNew }: { readonly text: string; readonly isNew: boolean }): Promise<void> {
  // A new file is made by this process or not at all: no link that someone has put there is followed.
  const file = await open(path, isNew ? 'ax' : 'a', FILE_MODE);
  try {
    const { size } = await file.stat();
    try {
      await file.appendFile(text);
      await file.sync();
    } catch (error) {
      await file.truncate(size).catch(() => undefined);
      throw error;
    }
  } finally {
    await file.close();
  }
}

/** Whether it had to be made. The folder above it must be there: a whole path that is missing is most likely a volume that is not mounted. */
async function makeFolder(path: string): Promise<boolean> {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  if (isThere) return false;
  try {
    await mkdir(path, { mode: FOLDER_MODE });
    return true;
  } catch (error) {
    // Another process was faster.
    if (hasCode(error, ['EEXIST'])) return false;
    throw error;
  }
}

/** A new file's name is on the disk only when its folder is. Some file systems have no such call, and need none. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } catch (error) {
    if (!hasCode(error, ['EINVAL', 'ENOTSUP', 'EPERM', 'EISDIR'])) throw error;
  } finally {
    await folder.close();
  }
}

function hasCode(error: unknown, codes: readonly unknown[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(error.code);
}

/** Of any stream a name that any file system takes, and that no other stream has: what is lost of the name is in the hash. */
function labelOf(stream: StreamDescriptor): string {
  const name = [stream.namespace, stream.name].filter((part) => part !== undefined).join('.');
  const safe = name.replace(/[^A-Za-z0-9_.]+/g, '_').slice(0, MAX_LABEL_CHARS);
  return `${safe}-${hash('sha256', keyOfStream(stream)).slice(0, 8)}`;
}
