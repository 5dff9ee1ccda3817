import type { EmulatorOptions } from '../options.ts';
import type { Quota, UseCase } from './quota.ts';
import { findLie } from './usage-lies.ts';

export interface UsageHeadersRequest {
  readonly quota: Quota;
  readonly options: EmulatorOptions;
  readonly account: string | undefined;
  readonly useCase: UseCase;
  readonly nowMs: number;
}

/** The usage headers of one answer. Their units differ: `x-ad-account-usage` counts in seconds, the business use cases in minutes. */
export function createUsageHeaders(request: UsageHeadersRequest): Record<string, string> {
  const { quota, options, account, useCase, nowMs } = request;
  if (options.usageHeaders === 'missing') return {};
  const lie = findLie(options.usageHeaders);
  const write = (fields: object) => lie.text ?? JSON.stringify(fields);
  const shown = (percent: number) => lie.percent ?? Math.round(percent * 100) / 100;
  const rounded = (percent: number, share = 1) => round(shown(percent), share);
  // A time that is short or long is told only where there is one.
  const isTimed = (regainMs: number) => regainMs > 0 || lie.percent !== undefined;
  const headers: Record<string, string> = {};
  const appPercent = quota.appPercent(nowMs);
  if (appPercent > 0 && appPercent >= options.usageThresholdPct) {
    headers['x-app-usage'] = write({
      call_count: rounded(appPercent),
      total_time: rounded(appPercent, 1 / 2),
      total_cputime: rounded(appPercent, 1 / 3),
    });
  }
  if (account === undefined) return headers;
  const usages = quota.usageOf(account, useCase, nowMs);
  const own = usages[0];
  if (own === undefined || (own.percent < options.usageThresholdPct && own.regainMs === 0)) return headers;
  headers['x-ad-account-usage'] = write({
    acc_id_util_pct: shown(own.percent),
    reset_time_duration: Math.ceil((own.regainMs || 3_600_000) / 1000),
    ads_api_access_tier: options.tier,
  });
  headers['x-business-use-case-usage'] = write({
    [account]: usages
      .map(({ useCase: type, percent, regainMs }) => ({
        type,
        call_count: rounded(percent),
        total_cputime: rounded(percent, 1 / 2),
        total_time: rounded(percent, 1 / 2),
        estimated_time_to_regain_access: (isTimed(regainMs) ? lie.regainMinutes : undefined) ?? Math.ceil(regainMs / 60_000),
        ads_api_access_tier: options.tier,
      }))
      // The use case called is not always the first entry of the real header, and never to be relied upon.
      .reverse(),
  });
  return headers;
}

function round(percent: number | string, share: number): number | string {
  return typeof percent === 'string' ? percent : Math.ceil(percent * share);
}
