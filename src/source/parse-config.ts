import { SOURCE_CONFIG_DEFAULTS, type SourceConfig } from '../generated/source-config.ts';
import { validateSourceConfig } from '../generated/validate-source-config.js';
import { AD_SET_STATUSES, AD_STATUSES, CAMPAIGN_STATUSES } from '../generated/vocabulary.ts';
import { ConnectorError } from '../protocol/connector-error.ts';
import type { JsonObject } from '../protocol/messages.ts';
import { parseConfigDate } from '../streams/insights/parse-config-date.ts';
import type { StreamSettings } from '../streams/stream-settings.ts';
import { describeProblem } from './describe-problem.ts';
import { dropNulls } from './drop-nulls.ts';
import { migrateConfig } from './migrate-config.ts';
import { parseInsightsSettings } from './parse-insights-settings.ts';
import { replaceWithdrawnNames } from './replace-withdrawn-names.ts';
import type { SourceSettings } from './settings.ts';

const ALL_STATUSES = { campaign_statuses: CAMPAIGN_STATUSES, adset_statuses: AD_SET_STATUSES, ad_statuses: AD_STATUSES };
const MAX_PROBLEMS = 5;

/** From a config as it was stored, in whatever earlier form, to settings. Throws a `ConnectorError` that names the property and the rule. */
export function parseConfig(raw: JsonObject): SourceSettings {
  const repaired = replaceWithdrawnNames(migrateConfig(dropNulls(raw), ALL_STATUSES));
  const config: unknown = repaired.config;
  if (!validateSourceConfig(config)) {
    const problems = [...new Set((validateSourceConfig.errors ?? []).map(describeProblem))];
    const shown = problems.slice(0, MAX_PROBLEMS).join('; ');
    throw new ConnectorError(`The config breaks its specification: ${shown}.`, { failureType: 'config_error' });
  }
  return { ...toSettings(config, raw), insights: parseInsightsSettings(config, repaired.notes) };
}

function toSettings(config: SourceConfig, raw: JsonObject): Omit<SourceSettings, 'insights'> {
  const { credentials, app_secret: appSecret } = config;
  const accessToken = credentials.access_token?.trim();
  if (accessToken === undefined || accessToken === '') {
    throw new ConnectorError('credentials.access_token is missing: authenticate again, or enter a token.', {
      failureType: 'config_error',
    });
  }
  const appToken = nameApp(config);
  return {
    accessToken,
    ...(appSecret === undefined || appSecret === '' ? {} : { appSecret }),
    ...(appToken === undefined ? {} : { appToken }),
    concurrency: config.concurrency ?? SOURCE_CONFIG_DEFAULTS.concurrency,
    streams: toStreamSettings(config, raw),
  };
}

function nameApp(config: SourceConfig): string | undefined {
  const { credentials } = config;
  if (credentials.auth_type !== 'Client' || credentials.client_id === '') return undefined;
  const secret = config.app_secret ?? credentials.client_secret;
  return secret === '' ? undefined : `${credentials.client_id}|${secret}`;
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
