import { GraphError, type GraphErrorDetails } from '../../src/graph/graph-error.ts';
import type { CallMeter, GraphRequest, GraphResponse, Send } from '../../src/graph/send.ts';

export function createMeter(): CallMeter {
  return { calls: 0, parts: 0, bytes: 0, retries: 0 };
}

export function createAnswer(body: unknown = { id: '1' }): GraphResponse {
  return { status: 200, headers: new Headers(), body, bytes: 0 };
}

export function createFailure(details: Partial<GraphErrorDetails> = {}): GraphError {
  return new GraphError('It failed', { failure: 'transient', ...details });
}

/** A `Send` whose answers come from `answer`; what it throws rejects. */
export function createSend(answer: (request: GraphRequest) => unknown): Send {
  return async <B>(request: GraphRequest) => createAnswer(await answer(request)) as GraphResponse<B>;
}

/** A `Send` that fails with each of `failures` in turn, and succeeds from then on. */
export function createFailingSend(failures: readonly unknown[]): Send {
  const open = [...failures];
  return createSend(() => {
    if (open.length > 0) throw open.shift();
    return { id: '1' };
  });
}
