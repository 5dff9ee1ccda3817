import { refuseConfig } from '../connection/describe-problem.ts';
import { dropNulls } from '../connection/drop-nulls.ts';
import { readCredentials } from '../connection/read-credentials.ts';
import { SOURCE_CONFIG_DEFAULTS, type SourceConfig } from '../generated/source-config.ts';
import { validateSourceConfig } from '../generated/validate-source-config.js';
import type { JsonObject } from '../protocol/messages.ts';
import { parseConfigDate } from '../streams/insights/parse-config-date.ts';
import type { StreamSettings } from '../streams/stream-settings.ts';
import { migrateConfig } from './migrate-config.ts';
import { parseInsightsSettings } from './parse-insights-settings.ts';
import { replaceWithdrawnNames } from './replace-withdrawn-names.ts';
import type { SourceSettings } from './settings.ts';

/** From a config as it was stored, in whatever earlier form, to settings. Throws a `ConnectorError` that names the property and the rule. */
export function parseConfig(raw: JsonObject): SourceSettings {
  const repaired = replaceWithdrawnNames(migrateConfig(dropNulls(raw)));
  const config: unknown = repaired.config;
  if (!validateSourceConfig(config)) throw refuseConfig(validateSourceConfig.errors);
  return { ...toSettings(config, raw), insights: parseInsightsSettings(config, repaired.notes) };
}

function toSettings(config: SourceConfig, raw: JsonObject): Omit<SourceSettings, 'insights'> {
  return {
    ...readCredentials(config),
    concurrency: config.concurrency ?? SOURCE_CONFIG_DEFAULTS.concurrency,
    streams: toStreamSettings(config, raw),
  };
}

function toStreamSettings(config: SourceConfig, raw: JsonObject): StreamSettings {
  const startMs = parseConfigDate('start_date', config.start_date);
  const endMs = parseConfigDate('end_date', config.end_date);
  const legacyAccountId = raw['account_id'];
  return {
    accountIds: config.account_ids,
    ...(typeof legacyAccountId === 'string' || typeof legacyAccountId === 'number'
      ? { legacyAccountId: String(legacyAccountId) }
      : {}),
    ...(startMs === undefined ? {} : { startMs }),
    ...(endMs === undefined ? {} : { endMs }),
    statuses: {
      campaign_statuses: config.campaign_statuses ?? [],
      adset_statuses: config.adset_statuses ?? [],
      ad_statuses: config.ad_statuses ?? [],
    },
    pageSize: config.page_size ?? SOURCE_CONFIG_DEFAULTS.page_size,
    fetchThumbnailImages: config.fetch_thumbnail_images ?? false,
  };
}
