import { Semaphore } from '../../src/flow/semaphore.ts';
import type { GraphClient } from '../../src/graph/client.ts';
import { GraphError, type GraphErrorDetails } from '../../src/graph/graph-error.ts';
import { Limits } from '../../src/graph/limits.ts';
import type { Patience } from '../../src/graph/retry-policy.ts';
import type { GraphRequest, GraphResponse } from '../../src/graph/send.ts';
import { ServerClock } from '../../src/graph/server-clock.ts';
import { FakeClock } from './fake-clock.ts';
import { createTestRuntime, type TestRuntime } from './test-runtime.ts';

export interface ScriptedGraph extends GraphClient {
  readonly runtime: TestRuntime;
  readonly requests: GraphRequest[];
}

/** A client whose answers are the bodies that `answer` returns, or the `GraphError` it throws. Its clock jumps over every wait. */
export function createScriptedGraph(
  answer: (request: GraphRequest, count: number) => unknown,
  options: { readonly patience?: Patience } = {},
): ScriptedGraph {
  const requests: GraphRequest[] = [];
  const runtime = createTestRuntime({ clock: new FakeClock({ auto: true }) });
  return {
    version: 'v25.0',
    runtime,
    limits: new Limits(runtime.clock),
    serverClock: new ServerClock(runtime.clock),
    patience: options.patience ?? 'wait',
    pageSlots: new Semaphore(8),
    requests,
    send: async <B>(request: GraphRequest): Promise<GraphResponse<B>> => {
      requests.push(request);
      await request.slot?.acquire(runtime.signal);
      const body = (await answerOrRelease(request, () => answer(request, requests.length))) as B;
      return { status: 200, headers: new Headers(), body, bytes: JSON.stringify(body).length };
    },
  };
}

/** As the limiter does: a call that fails keeps no slot. */
async function answerOrRelease(request: GraphRequest, answer: () => unknown): Promise<unknown> {
  try {
    return await answer();
  } catch (error) {
    request.slot?.release();
    throw error;
  }
}

export function graphError(failure: GraphErrorDetails['failure'], details: Partial<GraphErrorDetails> = {}): GraphError {
  return new GraphError(`scripted: ${failure}`, { failure, ...details });
}

/** The parts of a batch request, as its receiver reads them. */
export function partsOf(request: GraphRequest): readonly { readonly method: string; readonly relative_url: string }[] {
  return (request.params?.['batch'] ?? []) as readonly { readonly method: string; readonly relative_url: string }[];
}
