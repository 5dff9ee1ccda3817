import { randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ConnectorError } from '../../protocol/connector-error.ts';
import { readLines } from '../../text/read-lines.ts';

const BUFFER_CHARS = 64 * 1024;

/**
 * Lines on disk, written once and then read. The file has no name once it is open: whatever ends the process, nothing stays behind. Lines hold no line feed.
 */
export class SpoolFile implements AsyncDisposable {
  readonly #handle: FileHandle;
  #pending = '';

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** Throws a `ConnectorError` where the folder can not be written to. */
  static async create(folder: string): Promise<SpoolFile> {
    const path = join(folder, `audience-${randomUUID()}`);
    try {
      const handle = await open(path, 'wx+', 0o600);
      await unlink(path);
      return new SpoolFile(handle);
    } catch (error) {
      throw describeDiskError(error, folder);
    }
  }

  /** A promise where the buffer is full: the next line must wait for it. */
  append(line: string): Promise<void> | undefined {
    this.#pending += `${line}\n`;
    return this.#pending.length >= BUFFER_CHARS ? this.#write() : undefined;
  }

  /** All lines, from the first one on. */
  async *read(): AsyncGenerator<string> {
    await this.#write();
    for await (const { lines } of readLines(this.#readChunks())) yield* lines;
  }

  /** By position: whoever stops in the middle can begin anew. */
  async *#readChunks(): AsyncGenerator<Uint8Array> {
    for (let position = 0; ; ) {
      const { buffer, bytesRead } = await this.#handle.read({ buffer: Buffer.allocUnsafe(BUFFER_CHARS), position });
      if (bytesRead === 0) return;
      position += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle.close();
  }

  async #write(): Promise<void> {
    const text = this.#pending;
    this.#pending = '';
    try {
      if (text !== '') await this.#handle.appendFile(text);
    } catch (error) {
      throw describeDiskError(error, 'the temporary folder');
    }
  }
}

function describeDiskError(error: unknown, where: string): ConnectorError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return new ConnectorError(
    `The rows of a replacement can not be kept in ${where} until they are complete (${code}): make room there, or name another folder in TMPDIR.`,
    { failureType: code === 'ENOSPC' ? 'transient_error' : 'config_error', cause: { code } },
  );
}
