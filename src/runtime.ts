/** Everything impure a connector needs. It is passed in, never imported, so tests and services bring their own. */
export interface Runtime {
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** A number in [0, 1), used for jitter only. */
  readonly random: () => number;
  readonly log: Log;
  /** Aborts when the process is asked to stop; every wait and every request ends with it. */
  readonly signal: AbortSignal;
}

/** The global `fetch` is one, and so is `createFetch`: only what connectors need of it is asked for. */
export type Fetch = (url: string, init?: FetchInit) => Promise<FetchResponse>;

export interface FetchInit {
  /** Default GET. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** `manual` gives redirects back as they are; the default follows those of a GET. */
  readonly redirect?: 'manual';
  readonly signal?: AbortSignal;
}

export interface FetchResponse {
  readonly status: number;
  readonly headers: FetchHeaders;
  /**
   * Unpacked where it came as was asked for. Its chunks are the reader's, to change as well. It is to be read to its end, left in the middle, or aborted by
   * the signal: one that nobody begins to read keeps its connection.
   */
  readonly body: AsyncIterable<Uint8Array> | null;
}

export interface FetchHeaders extends Iterable<[name: string, value: string]> {
  /** By its name in any case; several of one name are joined. Null where there is none. */
  get(name: string): string | null;
}

export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason as soon as `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export type LogFields = Readonly<Record<string, unknown>>;

/** One method a level, as pino has them, but message first. Fields are for machines, the message for people. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}
