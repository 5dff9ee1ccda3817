import type { RecordWriter } from '../audiences/record-writer.ts';
import type { Destination } from '../connector.ts';
import { untilAborted } from '../flow/until-aborted.ts';
import { ConnectorError } from '../protocol/connector-error.ts';
import type { StreamDescriptor } from '../protocol/messages.ts';
import type { WrittenStream } from '../protocol/parse-catalog.ts';
import { formatStream } from '../protocol/stream-key.ts';
import { readLines } from '../text/read-lines.ts';
import { IncomingRouter } from './incoming-router.ts';
import type { RunContext } from './run-context.ts';
import { StreamOutcomes } from './stream-outcomes.ts';

export interface WriteStreamsOptions<Config> {
  readonly destination: Destination<Config>;
  readonly config: Config;
  readonly streams: readonly WrittenStream[];
  /** What comes on stdin. */
  readonly input: AsyncIterable<Uint8Array>;
}

/**
 * Takes in all that comes, a line at a time, and hands each record to its stream's writer; the next chunk is read when there is room. A stream's failure is
 * told at once and leaves the others alone. At the end it throws a `ConnectorError` that names the incomplete streams.
 */
export async function writeStreams<Config>(options: WriteStreamsOptions<Config>, context: RunContext): Promise<void> {
  const { streams, input } = options;
  const { runtime, messages } = context;
  const outcomes = new StreamOutcomes(streams, context);
  const writers = await openWriters(options, context, outcomes);
  const router = new IncomingRouter({ streams, writers, outcomes, context });
  await readInput();
  router.reportOddities();
  await Promise.all(streams.map(({ descriptor }, index) => finish(index, descriptor)));
  runtime.signal.throwIfAborted();
  outcomes.throwIfIncomplete();

  async function readInput(): Promise<void> {
    try {
      if (outcomes.haveAllFailed) return;
      for await (const chunk of untilAborted(readLines(input), runtime.signal)) {
        for (const line of chunk.lines) {
          const room = router.take(line);
          if (room !== undefined) await room;
          // Whoever sends is told by the end of the process; hours of input would change nothing.
          if (runtime.signal.aborted || outcomes.haveAllFailed) return;
        }
        // Nothing more is taken in while nobody reads the states.
        await messages.ready();
        if (chunk.isTooLong) router.noteTooLong();
        if (chunk.isCutOff) router.noteCutOff();
      }
    } catch (error) {
      // As if it had ended there: what has come is written, and no stream is complete that was not before.
      runtime.log.error(`the input broke off: ${error instanceof Error ? error.message : 'it can not be read'}`);
    }
  }

  async function finish(index: number, descriptor: StreamDescriptor): Promise<void> {
    const writer = writers[index];
    if (writer === undefined) return;
    try {
      // Of a stream that has failed something is missing: it must not be taken for the whole of it.
      if (!runtime.signal.aborted && !outcomes.hasFailed(index) && router.isComplete(index)) {
        await writer.complete();
        router.releaseStates(index);
      } else {
        await writer.abandon();
        if (!runtime.signal.aborted && !outcomes.hasFailed(index)) outcomes.fail(index, createUnfinishedError(descriptor));
      }
    } catch (error) {
      outcomes.fail(index, error);
    }
  }
}

async function openWriters<Config>(
  { destination, config, streams }: WriteStreamsOptions<Config>,
  { runtime, messages }: RunContext,
  outcomes: StreamOutcomes,
): Promise<readonly (RecordWriter | undefined)[]> {
  const opened = await destination.open({
    config,
    streams,
    runtime,
    onRateLimited: (index, resumeAtMs) => {
      const descriptor = streams[index]?.descriptor;
      if (descriptor === undefined || outcomes.hasFailed(index)) return;
      messages.writeStatus({
        stream_descriptor: descriptor,
        status: 'RUNNING',
        reasons: [{ type: 'RATE_LIMITED', rate_limited: { quota_reset: Math.ceil(resumeAtMs) } }],
      });
    },
  });
  return opened.map((writer, index) => {
    if (!(writer instanceof ConnectorError)) return writer;
    outcomes.fail(index, writer);
    return undefined;
  });
}

function createUnfinishedError(descriptor: StreamDescriptor): ConnectorError {
  return new ConnectorError(
    `Stream ${formatStream(descriptor)}: the input ended before the source had finished the stream. What can be written without its end has been written; run the sync again.`,
    { failureType: 'transient_error' },
  );
}
