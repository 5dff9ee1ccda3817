import { listCustomInsights } from './custom-insights.ts';
import type { InsightsDefinition } from './insights-definition.ts';
import type { InsightsSettings } from './insights-settings.ts';
import { listPresets } from './presets.ts';

/** The presets, then the user's own reports. Throws a `ConnectorError` (config_error) where a report contradicts itself. */
export function listInsightsDefinitions(settings: InsightsSettings): readonly InsightsDefinition[] {
  return [...listPresets(settings), ...listCustomInsights(settings)];
}
