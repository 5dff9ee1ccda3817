import { formatStream } from '../protocol/stream-key.ts';
import { StreamReporter } from '../protocol/stream-reporter.ts';
import type { ReadRequest, StreamCost, StreamEvent } from '../streams/stream.ts';
import type { PlannedRead } from './plan-reads.ts';
import type { RunContext } from './run-context.ts';

/**
 * Reads one stream and writes all that belongs to it. The next event is asked for only when the last one is written and the reader keeps up.
 * Resolves with the failures, none for a complete stream; rejects only when the whole run is being stopped.
 */
export async function readStream(read: PlannedRead, { messages, runtime }: RunContext): Promise<readonly unknown[]> {
  const reporter = new StreamReporter(read.descriptor, messages);
  const startedMs = runtime.clock.now();
  const failures: unknown[] = [];
  const fail = (error: unknown) => {
    failures.push(error);
    reporter.reportFailure(error);
  };
  let cost: StreamCost | undefined;
  reporter.start();
  try {
    cost = await pump();
    reporter.writeFinalState();
  } catch (error) {
    // What fails while the run is being stopped failed because of that; and nothing of a stream cut short may look finished.
    runtime.signal.throwIfAborted();
    fail(error);
  }
  const seconds = (runtime.clock.now() - startedMs) / 1000;
  runtime.log.info(
    `stream ${formatStream(read.descriptor)}: ${reporter.records} records, ${describeCost(cost)}, ${seconds.toFixed(1)} s`,
  );
  reporter.finish(failures.length === 0 ? 'COMPLETE' : 'INCOMPLETE');
  await messages.ready();
  return failures;

  async function pump(): Promise<StreamCost> {
    await using events = read.stream.read(makeRequest());
    for (;;) {
      runtime.signal.throwIfAborted();
      const next = await events.next();
      if (next.done) return next.value;
      await write(next.value);
      await messages.ready();
    }
  }

  async function write(event: StreamEvent): Promise<void> {
    if (event.type === 'rows') await reporter.writeRows(event.rows, event.changes);
    else if (event.type === 'checkpoint') reporter.writeState(event.state);
    else fail(event.error);
  }

  function makeRequest(): ReadRequest {
    return {
      syncMode: read.syncMode,
      fields: read.fields,
      ...(read.state === undefined ? {} : { state: read.state }),
      onRateLimited: (resumeAtMs) => reporter.reportRateLimit(resumeAtMs),
    };
  }
}

/** A stream that broke off cannot tell its cost. */
function describeCost(cost: StreamCost | undefined): string {
  if (cost === undefined) return 'broke off';
  const { calls, parts, retries, bytes } = cost;
  return `${calls} calls, ${parts} parts, ${retries} retries, ${(bytes / 1e6).toFixed(1)} MB`;
}
