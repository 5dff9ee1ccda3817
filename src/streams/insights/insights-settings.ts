import type { CustomInsight } from '../../generated/source-config.ts';
import type { WindowOrder } from '../../insights/window-plan.ts';

/** What the insights streams need to know of the config, in its final form. */
export interface InsightsSettings {
  /** Of the stream `ads_insights`; may be empty. */
  readonly actionBreakdowns: readonly string[];
  /** Whether a custom report without action breakdowns has none at all. */
  readonly allowsEmptyActionBreakdowns: boolean;
  readonly includesIncrementality: boolean;
  readonly includesEngagedView: boolean;
  /** Of the presets; so is the timeout. */
  readonly lookbackDays: number;
  readonly jobTimeoutMs: number;
  readonly order: WindowOrder;
  /** As configured, one for each stream; absent keys have their defaults still to come. */
  readonly customInsights: readonly CustomInsight[];
  /** What of the config is read otherwise than it stands there, in sentences for the user: names that Meta has withdrawn, reports of one name. */
  readonly notes: readonly string[];
}
