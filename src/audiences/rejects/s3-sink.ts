import { randomUUID } from 'node:crypto';
import { ConnectorError } from '../../protocol/connector-error.ts';
import type { Runtime } from '../../runtime.ts';
import { type CallOptions, callStorage } from './call-storage.ts';
import { contentTypeOf, encodeRejects, extensionOf } from './encode-rejects.ts';
import { groupByStream, type StreamRejects } from './group-by-stream.ts';
import { formatObjectKey, joinKey } from './object-key.ts';
import type { Reject } from './reject.ts';
import type { RejectSink } from './reject-sink.ts';
import { type ObjectStore, openObjectStore } from './s3-client.ts';
import type { S3Settings } from './s3-settings.ts';

/** An object has a window's rejects, some megabytes at most. */
const WRITING: CallOptions = { patience: 'wait', limitMs: 120_000 };
/** `check` has a minute for all it does. */
const PROBING: CallOptions = { patience: 'give_up', limitMs: 10_000 };
/** Always the same: where objects may be put but not deleted, they do not pile up. */
const PROBE_NAME = 'rejects-probe';

/** Throws a `ConnectorError` (config_error) for settings that can not work. Whether they do, `probe` tells. */
export async function openS3Sink(settings: S3Settings, runtime: Runtime): Promise<RejectSink> {
  return new S3Sink(await openObjectStore(settings, runtime), settings, runtime);
}

/**
 * Keeps rejects in a bucket: one object for each stream and call of `write`. Rejects that were handed over together may be partly kept when `write`
 * fails; they are then handed over again by the next sync.
 */
class S3Sink implements RejectSink {
  readonly #store: ObjectStore;
  readonly #settings: S3Settings;
  readonly #runtime: Runtime;
  readonly #startedAtMs: number;
  /** The part of a UUID that is all chance. */
  readonly #processTag = randomUUID().slice(-12);
  #partCount = 0;

  constructor(store: ObjectStore, settings: S3Settings, runtime: Runtime) {
    this.#store = store;
    this.#settings = settings;
    this.#runtime = runtime;
    this.#startedAtMs = runtime.clock.now();
  }

  async write(rejects: readonly Reject[]): Promise<void> {
    for (const group of groupByStream(rejects)) await this.#put(group);
  }

  async probe(): Promise<void> {
    const key = joinKey(this.#settings.bucketPath, PROBE_NAME);
    const object = { key, body: Buffer.from('probe\n'), contentType: 'text/plain' };
    await callStorage(this.#runtime, PROBING, (signal) => this.#store.put(object, signal));
    try {
      await callStorage(this.#runtime, PROBING, (signal) => this.#store.delete(key, signal));
    } catch (error) {
      // Rejects are only ever put. That more is not allowed is good practice.
      if (!(error instanceof ConnectorError)) throw error;
      this.#runtime.log.warn(
        `The object ${PROBE_NAME} could not be deleted from the bucket for rejected rows; it does no harm there.`,
      );
    }
  }

  async close(): Promise<void> {
    this.#store.close();
  }

  async #put({ stream, rejects }: StreamRejects): Promise<void> {
    const { format, syncId } = this.#settings;
    const key = formatObjectKey(this.#settings, {
      stream,
      syncId,
      startedAtMs: this.#startedAtMs,
      nowMs: this.#runtime.clock.now(),
      partNumber: this.#partCount++,
      processTag: this.#processTag,
      uuid: randomUUID(),
      extension: extensionOf(format),
    });
    const object = { key, body: await encodeRejects(rejects, { format, syncId }), contentType: contentTypeOf(format) };
    // A try that was taken for failed may have put the object: the same key makes the next one write over it.
    await callStorage(this.#runtime, WRITING, (signal) => this.#store.put(object, signal));
  }
}
