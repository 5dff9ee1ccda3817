import type { Operation } from './operation.ts';
import type { Site } from './site.ts';
import type { TokenSpec } from './token-spec.ts';
import type { JsonText } from './world/json-text.ts';

export interface RouteRequest {
  readonly site: Site;
  readonly operation: Operation;
  readonly token: TokenSpec;
}

/** Answers a call with a body, or throws a `GraphApiError`. */
export type Route = (request: RouteRequest) => JsonText;
