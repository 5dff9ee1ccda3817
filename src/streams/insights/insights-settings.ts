import type { CustomInsight } from '../../generated/source-config.ts';
import type { WindowOrder } from '../../insights/window-plan.ts';

/** What the insights streams need to know of the config, in its final form. */
export interface InsightsSettings {
  /** Of the stream `ads_insights`; may be empty. */
  readonly actionBreakdowns: readonly string[];
  /** Whether a custom report may have no action breakdowns; absent where the config does not say. */
  readonly allowsEmptyActionBreakdowns?: boolean;
  readonly includesIncrementality: boolean;
  readonly includesEngagedView: boolean;
  /** Of the presets; so is the timeout. */
  readonly lookbackDays: number;
  readonly jobTimeoutMs: number;
  readonly order: WindowOrder;
  /** As configured; absent keys have their defaults still to come. */
  readonly customInsights: readonly CustomInsight[];
  /** Names of the config that Meta has withdrawn and that were replaced or left out, in sentences for the user. */
  readonly notes: readonly string[];
}
