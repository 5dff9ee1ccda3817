import { mergeGenerators } from '../flow/merge-generators.ts';
import { ConnectorError } from '../protocol/connector-error.ts';
import type { FailureType, StreamDescriptor } from '../protocol/messages.ts';
import { formatStream } from '../protocol/stream-key.ts';
import { StreamReporter } from '../protocol/stream-reporter.ts';
import type { ReadPlan, RefusedRead } from './plan-reads.ts';
import { readStream } from './read-stream.ts';
import type { RunContext } from './run-context.ts';

/** In effect all: what holds memory and calls back are the pages in flight and the accounts' limits, not the number of streams. */
const STREAMS_AT_ONCE = 200;

interface Outcome {
  readonly descriptor: StreamDescriptor;
  readonly failures: readonly unknown[];
}

/**
 * Reads every stream of the plan, a few at a time. A stream's failure is told at once and leaves the others alone. At the end it throws a
 * `ConnectorError` that names the incomplete streams: an exit code of 0 would let a platform delete what it holds of them.
 */
export async function readStreams(plan: ReadPlan, context: RunContext): Promise<void> {
  const outcomes: Outcome[] = plan.refused.map((refused) => reportRefusal(refused, context));
  const readers = plan.reads.map(
    (read) =>
      async function* (): AsyncGenerator<Outcome> {
        yield { descriptor: read.descriptor, failures: await readStream(read, context) };
      },
  );
  const options = { concurrency: STREAMS_AT_ONCE, signal: context.runtime.signal };
  for await (const outcome of mergeGenerators(readers, options)) outcomes.push(outcome);
  const incomplete = outcomes.filter(({ failures }) => failures.length > 0);
  if (incomplete.length > 0) throw summarise(incomplete, outcomes.length);
}

function reportRefusal({ descriptor, error }: RefusedRead, { messages }: RunContext): Outcome {
  const reporter = new StreamReporter(descriptor, messages);
  reporter.start();
  reporter.reportFailure(error);
  reporter.finish('INCOMPLETE');
  return { descriptor, failures: [error] };
}

function summarise(incomplete: readonly Outcome[], total: number): ConnectorError {
  const names = incomplete.map(({ descriptor }) => formatStream(descriptor)).join(', ');
  const types = incomplete.flatMap(({ failures }) => failures).map(getFailureType);
  return new ConnectorError(
    `${incomplete.length} of ${total} streams ${incomplete.length === 1 ? 'is' : 'are'} incomplete: ${names}. The errors before this one say why.`,
    { failureType: chooseFailureType(types) },
  );
}

function getFailureType(error: unknown): FailureType {
  return error instanceof ConnectorError ? error.failureType : 'system_error';
}

/** If time may mend some of it, trying again is worth it; a mistake of the user's alone calls for the user. */
function chooseFailureType(types: readonly FailureType[]): FailureType {
  if (types.includes('transient_error')) return 'transient_error';
  return types.includes('system_error') ? 'system_error' : 'config_error';
}
