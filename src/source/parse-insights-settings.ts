import { SOURCE_CONFIG_DEFAULTS as DEFAULTS, type SourceConfig } from '../generated/source-config.ts';
import type { InsightsSettings } from '../streams/insights/insights-settings.ts';
import { toJobTimeoutMs } from '../streams/insights/job-timeout.ts';
import { keepLastReports } from './keep-last-reports.ts';

/** The part of the config that the reports need. `notes` tell what was changed in it before. */
export function parseInsightsSettings(config: SourceConfig, notes: readonly string[]): InsightsSettings {
  const kept = keepLastReports(config.custom_insights ?? []);
  return {
    actionBreakdowns: config.default_ads_insights_action_breakdowns ?? DEFAULTS.default_ads_insights_action_breakdowns,
    // The default of the specification is for forms; a config that lacks the key does not allow it.
    allowsEmptyActionBreakdowns: config.action_breakdowns_allow_empty ?? false,
    includesIncrementality: config.include_incrementality ?? DEFAULTS.include_incrementality,
    includesEngagedView: config.include_engaged_view ?? DEFAULTS.include_engaged_view,
    lookbackDays: config.insights_lookback_window ?? DEFAULTS.insights_lookback_window,
    jobTimeoutMs: toJobTimeoutMs(config.insights_job_timeout ?? DEFAULTS.insights_job_timeout),
    order: config.insights_order ?? DEFAULTS.insights_order,
    customInsights: kept.reports,
    notes: [...notes, ...kept.notes],
  };
}
