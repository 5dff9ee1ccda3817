import type { FailureType } from './messages.ts';

export interface ConnectorErrorOptions {
  /** Who can mend it: the user (`config_error`), time (`transient_error`) or us (`system_error`). */
  readonly failureType: FailureType;
  /** For those who run the platform; codes and ids belong here. */
  readonly internalMessage?: string;
  readonly cause?: unknown;
}

/** A failure with a message written for the user: what is wrong and what to do about it. Never holds a secret or a config value. */
export class ConnectorError extends Error {
  override readonly name = 'ConnectorError';
  readonly failureType: FailureType;
  readonly internalMessage: string | undefined;

  constructor(message: string, options: ConnectorErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.failureType = options.failureType;
    this.internalMessage = options.internalMessage;
  }
}
