import { hashIntegers } from '../world/hash.ts';
import type { InsightsOptions } from './insights-options.ts';

export interface DelayedReport {
  /** Digits. */
  readonly accountId: string;
  /** Equal for equal requests. */
  readonly fingerprint: number;
}

type DelayOptions = Pick<InsightsOptions, 'reportDelayMs' | 'reportDelayOfAccounts' | 'reportDelaySpread'>;

/** How long Meta works on a report, its rows apart. It hangs on the request alone, so another run of it takes as long. */
export function readReportDelayMs(options: DelayOptions, { accountId, fingerprint }: DelayedReport): number {
  const delayMs = options.reportDelayOfAccounts[accountId] ?? options.reportDelayMs;
  const share = hashIntegers(fingerprint, 0, 0, 0) / 2 ** 32;
  return Math.round(delayMs * options.reportDelaySpread ** share);
}
