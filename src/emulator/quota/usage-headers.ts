import type { EmulatorOptions } from '../options.ts';
import type { Quota, UseCase } from './quota.ts';

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
  const shown = (percent: number) => (options.usageHeaders === 'lying' ? 0.01 : Math.round(percent * 100) / 100);
  const headers: Record<string, string> = {};
  const appPercent = quota.appPercent(nowMs);
  if (appPercent > 0 && appPercent >= options.usageThresholdPct) {
    const percent = Math.ceil(shown(appPercent));
    headers['x-app-usage'] = JSON.stringify({
      call_count: percent,
      total_time: Math.ceil(percent / 2),
      total_cputime: Math.ceil(percent / 3),
    });
  }
  if (account === undefined) return headers;
  const usages = quota.usageOf(account, useCase, nowMs);
  const own = usages[0];
  if (own === undefined || (own.percent < options.usageThresholdPct && own.regainMs === 0)) return headers;
  headers['x-ad-account-usage'] = JSON.stringify({
    acc_id_util_pct: shown(own.percent),
    reset_time_duration: Math.ceil((own.regainMs || 3_600_000) / 1000),
    ads_api_access_tier: options.tier,
  });
  headers['x-business-use-case-usage'] = JSON.stringify({
    [account]: usages
      .map(({ useCase: type, percent, regainMs }) => ({
        type,
        call_count: Math.ceil(shown(percent)),
        total_cputime: Math.ceil(shown(percent) / 2),
        total_time: Math.ceil(shown(percent) / 2),
        estimated_time_to_regain_access: Math.ceil(regainMs / 60_000),
        ads_api_access_tier: options.tier,
      }))
      // The use case called is not always the first entry of the real header, and never to be relied upon.
      .reverse(),
  });
  return headers;
}
