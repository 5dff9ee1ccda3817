import { ConnectorError } from '../../protocol/connector-error.ts';
import { listCustomInsights } from './custom-insights.ts';
import type { InsightsDefinition } from './insights-definition.ts';
import type { InsightsSettings } from './insights-settings.ts';
import { listPresets } from './presets.ts';

/** The presets, then the user's own reports. Throws a `ConnectorError` (config_error) where two of them would be one stream, or one contradicts itself. */
export function listInsightsDefinitions(settings: InsightsSettings): readonly InsightsDefinition[] {
  const definitions = [...listPresets(settings), ...listCustomInsights(settings)];
  const names = definitions.map(({ name }) => name);
  const double = names.find((name, index) => names.indexOf(name) !== index);
  if (double === undefined) return definitions;
  throw new ConnectorError(`Two custom reports make a stream of the same name, ${double}: rename one of them.`, {
    failureType: 'config_error',
  });
}
