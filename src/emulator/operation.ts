import type { Params } from './params.ts';
import type { JsonText } from './world/json-text.ts';

/** How the parameters of a call came. */
export interface Transfer {
  /** Those in the address. */
  readonly query: Params;
  readonly bodyType: 'form' | 'json';
  readonly urlBytes: number;
  readonly bodyBytes: number;
}

/** One call of the API: a request of its own, or one part of a batch. */
export interface Operation {
  readonly method: string;
  /** `v25.0` */
  readonly version: string;
  /** The path's segments behind the version. */
  readonly path: readonly string[];
  /** Query and body together. */
  readonly params: Params;
  readonly transfer: Transfer;
  readonly token: string | undefined;
  /** Scheme and host the caller used, for links to further pages. */
  readonly origin: string;
}

/** The answer to one operation, before anything happens to it on its way. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonText;
}
