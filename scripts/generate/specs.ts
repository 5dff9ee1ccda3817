import type { ListName } from './vocabulary.ts';

/**
 * A connector's spec, and what is made of it. A path leads from `connectionSpecification` to a schema: keys and indices joined by dots, '' for itself.
 */
export interface SpecPlan {
  /** Path from the repository's root. */
  readonly specFile: string;
  /** The config's type, in Pascal case; the generated files and the validator are named for it. */
  readonly typeName: string;
  /** Schemas that get a list of names as their `enum`. */
  readonly enums: Readonly<Record<string, ListName>>;
  /** Schemas that become types of their own, by path. */
  readonly types: Readonly<Record<string, string>>;
  /** Objects whose defaults are exported, as a constant of this name, by path. */
  readonly defaults: Readonly<Record<string, string>>;
}

const CUSTOM_INSIGHT = 'properties.custom_insights.items';
const AUDIENCE = 'properties.audiences.items';

export const SPEC_PLANS: readonly SpecPlan[] = [
  {
    specFile: 'spec.json',
    typeName: 'SourceConfig',
    enums: {
      'properties.campaign_statuses.items': 'campaignStatuses',
      'properties.adset_statuses.items': 'adSetStatuses',
      'properties.ad_statuses.items': 'adStatuses',
      'properties.default_ads_insights_action_breakdowns.items': 'actionBreakdowns',
      [`${CUSTOM_INSIGHT}.properties.level`]: 'insightsLevels',
      [`${CUSTOM_INSIGHT}.properties.fields.items`]: 'insightsFields',
      [`${CUSTOM_INSIGHT}.properties.breakdowns.items`]: 'breakdowns',
      [`${CUSTOM_INSIGHT}.properties.action_breakdowns.items`]: 'actionBreakdowns',
      [`${CUSTOM_INSIGHT}.properties.action_attribution_windows.items`]: 'attributionWindows',
    },
    types: {
      'properties.credentials.oneOf.0': 'ClientCredentials',
      'properties.credentials.oneOf.1': 'ServiceCredentials',
      [CUSTOM_INSIGHT]: 'CustomInsight',
      [`${CUSTOM_INSIGHT}.properties.filtering.items`]: 'InsightsFilter',
    },
    defaults: { '': 'SOURCE_CONFIG_DEFAULTS', [CUSTOM_INSIGHT]: 'CUSTOM_INSIGHT_DEFAULTS' },
  },
  {
    specFile: 'spec.destination.json',
    typeName: 'DestinationConfig',
    enums: {},
    types: {
      [AUDIENCE]: 'AudienceConfig',
      [`${AUDIENCE}.properties.columns.items`]: 'ColumnConfig',
      'properties.object_storage_config.oneOf.1': 'ObjectStorageConfig',
    },
    defaults: { '': 'DESTINATION_CONFIG_DEFAULTS', 'properties.replace': 'REPLACE_DEFAULTS' },
  },
];
