import { findLie } from '../quota/usage-lies.ts';
import type { Site } from '../site.ts';

/** `x-fb-ads-insights-throttle`, on every answer of `/insights`: how full the account and the app are, in percent, by calls and by reports under way. */
export function createThrottleHeader(site: Site, account: string | undefined, nowMs: number): Record<string, string> {
  const { options, quota, reports, world } = site;
  if (options.usageHeaders === 'missing') return {};
  const slot = account === undefined ? undefined : world.slotOf(account);
  const calls = account === undefined ? 0 : (quota.usageOf(account, 'ads_insights', nowMs)[0]?.percent ?? 0);
  const ofAccount = slot === undefined ? 0 : fill(reports.countUnderWay(nowMs, slot), options.maxRunningReports);
  const ofApp = fill(reports.countUnderWay(nowMs), options.maxRunningReportsOfApp);
  const { percent: lie, text } = findLie(options.usageHeaders);
  const shown = (percent: number) => lie ?? Math.round(percent * 100) / 100;
  const fields = {
    app_id_util_pct: shown(Math.max(ofApp, quota.appPercent(nowMs))),
    acc_id_util_pct: shown(Math.max(ofAccount, calls)),
    ads_api_access_tier: options.tier,
  };
  return { 'x-fb-ads-insights-throttle': text ?? JSON.stringify(fields) };
}

function fill(count: number, maximum: number): number {
  return maximum > 0 ? (100 * count) / maximum : 0;
}
