import type { LoggedCall } from '../../../src/emulator/call-log.ts';
import type { UseCase } from '../../../src/emulator/quota/quota.ts';

export const HOUR_MS = 3_600_000;

/**
 * Calls that left while their quota was blocked and the caller could know it. A quota is of a rolling hour: after an hour it may be tried, however long the
 * block is said to last. A call takes `latencyMs` from its leaving to its answer.
 */
export function listBlockedCalls(calls: readonly LoggedCall[], latencyMs: number): LoggedCall[] {
  const blocks = new Map<string, { readonly knownAtMs: number; readonly untilMs: number }>();
  return calls.filter((call) => {
    const key = `${call.account} ${call.useCase}`;
    const block = blocks.get(key);
    const leftAtMs = call.atMs - latencyMs;
    const isBlocked =
      block !== undefined && leftAtMs > block.knownAtMs && call.atMs < Math.min(block.untilMs, block.knownAtMs + HOUR_MS);
    if (call.blockedUntilMs !== undefined)
      blocks.set(key, {
        knownAtMs: block !== undefined && isBlocked ? block.knownAtMs : call.atMs,
        untilMs: call.blockedUntilMs,
      });
    return isBlocked;
  });
}

export interface HourReport {
  /** Calls of the first hour that were let through. */
  readonly passed: number;
  readonly refused: number;
  /** From the first call to the last one. */
  readonly minutes: number;
}

export function reportHour(calls: readonly LoggedCall[], account: string, useCase: UseCase): HourReport {
  const own = calls.filter((call) => call.account === account && call.useCase === useCase);
  const startMs = own[0]?.atMs ?? 0;
  const isRefused = (call: LoggedCall) => call.blockedUntilMs !== undefined;
  return {
    passed: own.filter((call) => call.atMs < startMs + HOUR_MS && !isRefused(call)).length,
    refused: own.filter(isRefused).length,
    minutes: ((own.at(-1)?.atMs ?? startMs) - startMs) / 60_000,
  };
}
