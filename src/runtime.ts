/** Everything impure a connector needs. It is passed in, never imported, so tests and services bring their own. */
export interface Runtime {
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  /** A number in [0, 1), used for jitter only. */
  readonly random: () => number;
  readonly log: Log;
  /** Aborts when the process is asked to stop; every wait and every request ends with it. */
  readonly signal: AbortSignal;
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
