import { parseConfig } from '../../../src/source/parse-config.ts';
import type { InsightsDefinition } from '../../../src/streams/insights/insights-definition.ts';
import type { InsightsSettings } from '../../../src/streams/insights/insights-settings.ts';
import { listInsightsDefinitions } from '../../../src/streams/insights/list-insights-definitions.ts';

/** The settings that a config with these properties gives. */
export function settingsFor(config: object = {}): InsightsSettings {
  return parseConfig({ account_ids: ['1'], credentials: { auth_type: 'Service', access_token: 'x' }, ...config }).insights;
}

/** The only custom report of a config. */
export function customReport(item: object, config: object = {}): InsightsDefinition {
  const report = listInsightsDefinitions(settingsFor({ ...config, custom_insights: [{ name: 'One', ...item }] })).at(-1);
  if (report?.name.startsWith('custom') !== true) throw new Error('no custom report');
  return report;
}

export function presetNamed(name: string, config: object = {}): InsightsDefinition {
  const found = listInsightsDefinitions(settingsFor(config)).find((definition) => definition.name === name);
  if (found === undefined) throw new Error(`no preset ${name}`);
  return found;
}
