import { mergeGenerators } from '../flow/merge-generators.ts';
import { StreamReporter } from '../protocol/stream-reporter.ts';
import type { ReadPlan, RefusedRead } from './plan-reads.ts';
import { readStream } from './read-stream.ts';
import type { RunContext } from './run-context.ts';
import { type StreamFailures, summariseFailures } from './summarise-failures.ts';

/** In effect all: what holds memory and calls back are the pages in flight and the accounts' limits, not the number of streams. */
const STREAMS_AT_ONCE = 200;

/**
 * Reads every stream of the plan, a few at a time. A stream's failure is told at once and leaves the others alone. At the end it throws a
 * `ConnectorError` that names the incomplete streams: an exit code of 0 would let a platform delete what it holds of them.
 */
export async function readStreams(plan: ReadPlan, context: RunContext): Promise<void> {
  const outcomes: StreamFailures[] = plan.refused.map((refused) => reportRefusal(refused, context));
  const readers = plan.reads.map(
    (read) =>
      async function* (): AsyncGenerator<StreamFailures> {
        yield { descriptor: read.descriptor, failures: await readStream(read, context) };
      },
  );
  const options = { concurrency: STREAMS_AT_ONCE, signal: context.runtime.signal };
  for await (const outcome of mergeGenerators(readers, options)) outcomes.push(outcome);
  const incomplete = outcomes.filter(({ failures }) => failures.length > 0);
  if (incomplete.length > 0) throw summariseFailures(incomplete, outcomes.length);
}

function reportRefusal({ descriptor, error }: RefusedRead, { messages }: RunContext): StreamFailures {
  const reporter = new StreamReporter(descriptor, messages);
  reporter.start();
  reporter.reportFailure(error);
  reporter.finish('INCOMPLETE');
  return { descriptor, failures: [error] };
}
