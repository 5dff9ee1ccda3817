import type { GraphClient } from '../graph/client.ts';
import { GraphError } from '../graph/graph-error.ts';
import type { CallMeter } from '../graph/send.ts';
import { type Audience, nameAudience } from './audience.ts';
import { AudienceCall } from './audience-call.ts';
import { AudienceQueue } from './audience-queue.ts';
import { readStatus } from './audience-status.ts';
import type { BatchLimits } from './batch.ts';
import { BatchUploader, type UploadCounts } from './batch-uploader.ts';
import { RejectDesk } from './reject-desk.ts';
import type { RejectSink } from './rejects/reject-sink.ts';
import { UploadSender } from './upload-sender.ts';
import { UploadSize } from './upload-size.ts';

/** Below this, Meta says: an audience that can not be used yet, has matched few people, or took many invalid rows. */
const WARNING_STATUS = 400;

export interface AudienceSessionOptions {
  readonly graph: GraphClient;
  readonly audience: Audience;
  readonly sink: RejectSink;
  readonly runId: string;
  readonly limits: BatchLimits;
  readonly flushAfterMs: number;
  readonly stop: AbortSignal;
  readonly onRateLimited: (resumeAtMs: number) => void;
}

/** Everything that one audience is written with, however many streams write to it. */
export class AudienceSession {
  readonly call: AudienceCall;
  readonly uploader: BatchUploader;
  readonly desk: RejectDesk;
  readonly queue: AudienceQueue;
  readonly #meter: CallMeter = { calls: 0, parts: 0, bytes: 0, retries: 0 };
  readonly #counts: UploadCounts = { requests: 0, splits: 0, searches: 0 };
  #isReported = false;

  constructor(options: AudienceSessionOptions) {
    const { graph, audience, sink, runId, limits, flushAfterMs, stop, onRateLimited } = options;
    const { clock } = graph.runtime;
    const size = new UploadSize(limits);
    this.call = new AudienceCall(graph, audience, { meter: this.#meter, onRateLimited });
    this.uploader = new BatchUploader({
      call: this.call,
      sender: new UploadSender(this.call, runId),
      size,
      counts: this.#counts,
    });
    this.desk = new RejectDesk({ sink, clock, audience });
    this.queue = new AudienceQueue({
      audience,
      uploader: this.uploader,
      size,
      desk: this.desk,
      clock,
      stop,
      limits,
      flushAfterMs,
    });
  }

  /** Logs what the audience cost and how it stands, once. */
  async report(): Promise<void> {
    if (this.#isReported) return;
    this.#isReported = true;
    const { audience, graph } = this.call;
    const { log, clock } = graph.runtime;
    const { splits, searches } = this.#counts;
    const { calls, retries } = this.#meter;
    log.info(
      `${nameAudience(audience)}: ${calls} calls, ${retries} retries, ${splits} splits, ${searches} searches for invalid rows`,
    );
    if (calls === 0) return;
    try {
      // Nothing is worth a wait here.
      const { code, description, sizeLowerBound } = await readStatus(this.call, clock.now());
      const size = sizeLowerBound === undefined ? '' : `, at least ${sizeLowerBound} people`;
      const text = `${nameAudience(audience)}: status ${code}${description === '' ? '' : ` (${description})`}${size}; changes take up to a day to show`;
      if (code >= WARNING_STATUS) log.warn(text);
      else log.info(text);
    } catch (error) {
      // Nothing depends on it: all rows are settled.
      if (!(error instanceof GraphError)) throw error;
    }
  }
}
