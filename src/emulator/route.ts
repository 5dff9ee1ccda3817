import type { Operation } from './operation.ts';
import type { Site } from './site.ts';
import type { TokenSpec } from './token-spec.ts';
import type { JsonText } from './world/json-text.ts';
import type { Item } from './world/kind.ts';

export interface RouteRequest {
  readonly site: Site;
  readonly operation: Operation;
  readonly token: TokenSpec;
}

/** Answers a call with a body, or throws a `GraphApiError`. */
export type Route = (request: RouteRequest) => JsonText;

/** Answers a call below one object, or a write to it. */
export type EdgeRoute = (request: RouteRequest, parent: Item) => JsonText;
