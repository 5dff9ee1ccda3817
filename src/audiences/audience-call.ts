import type { GraphClient } from '../graph/client.ts';
import type { CallContext, GraphRequest, GraphResponse } from '../graph/send.ts';
import type { Audience } from './audience.ts';

/** Waits for limits end here: a platform gives up a destination that takes nothing for two hours. */
export const LIMIT_WAIT_MS = 60 * 60_000;

/** Calls about one audience, on its account's quota for audiences. */
export class AudienceCall {
  readonly graph: GraphClient;
  readonly audience: Audience;
  readonly #context: CallContext;

  constructor(graph: GraphClient, audience: Audience, context: CallContext) {
    this.graph = graph;
    this.audience = audience;
    this.#context = context;
  }

  /** Limits are waited out for an hour, unless the request says otherwise. */
  send<B>(request: GraphRequest): Promise<GraphResponse<B>> {
    return this.graph.send<B>({
      account: this.audience.accountId,
      useCase: 'custom_audience',
      context: this.#context,
      limitsUntilMs: this.graph.runtime.clock.now() + LIMIT_WAIT_MS,
      ...request,
    });
  }
}
