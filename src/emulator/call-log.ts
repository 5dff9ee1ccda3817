import type { UseCase } from './quota/quota.ts';

/** One operation, be it a call of its own or a part of a batch. */
export interface LoggedCall {
  /** Epoch milliseconds at which it was answered. */
  readonly atMs: number;
  readonly edge: string;
  /** Digits of the ad account. */
  readonly account: string | undefined;
  readonly useCase: UseCase;
  /** Epoch milliseconds until which the quota that the call met is blocked; absent where it was let through. */
  readonly blockedUntilMs?: number;
}
