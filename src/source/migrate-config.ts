import { dropNulls } from '../connection/drop-nulls.ts';
import { SOURCE_CONFIG_DEFAULTS } from '../generated/source-config.ts';
import { AD_SET_STATUSES, AD_STATUSES, CAMPAIGN_STATUSES } from '../generated/vocabulary.ts';
import type { JsonObject } from '../protocol/messages.ts';

/** What the old `include_deleted: true` means. */
const ALL_STATUSES = { campaign_statuses: CAMPAIGN_STATUSES, adset_statuses: AD_SET_STATUSES, ad_statuses: AD_STATUSES };

type Migration = (config: JsonObject) => JsonObject;

/** In the order in which the config's form changed. Each returns its argument where it has nothing to do. */
const MIGRATIONS: readonly Migration[] = [
  moveAccountIdToList,
  turnIncludeDeletedIntoStatuses,
  moveSecretsToCredentials,
  dropActionReportTime,
];

/**
 * Brings a config of any earlier form into today's. Pure: the file it came from is never written.
 * The forms are those that Airbyte's own connector of this name has had since version 1.3.
 */
export function migrateConfig(config: JsonObject): JsonObject {
  return MIGRATIONS.reduce((current, migrate) => migrate(current), config);
}

/**
 * The whole config as a platform should keep it, where it is of an earlier form; undefined where it may stay as it is. It is then what Airbyte's own connector
 * would have made of it, its default action breakdowns included; a default alone is no reason to store a config anew.
 */
export function renewConfig(raw: JsonObject): JsonObject | undefined {
  const config = dropNulls(raw);
  const migrated = migrateConfig(config);
  if (migrated === config) return undefined;
  const { default_ads_insights_action_breakdowns: usual } = SOURCE_CONFIG_DEFAULTS;
  return { default_ads_insights_action_breakdowns: usual, ...migrated };
}

function moveAccountIdToList(config: JsonObject): JsonObject {
  const accountId = config['account_id'];
  if (config['account_ids'] !== undefined || (typeof accountId !== 'string' && typeof accountId !== 'number')) return config;
  return { ...config, account_ids: [String(accountId)] };
}

function turnIncludeDeletedIntoStatuses(config: JsonObject): JsonObject {
  const { ad_statuses: adStatuses } = config as { readonly ad_statuses?: unknown };
  const isChosen = Array.isArray(adStatuses) && adStatuses.length > 0;
  return config['include_deleted'] === true && !isChosen ? { ...config, ...ALL_STATUSES } : config;
}

function moveSecretsToCredentials(config: JsonObject): JsonObject {
  const { access_token, client_id, client_secret, ...rest } = config;
  const credentials = asObject(config['credentials']);
  // A token inside the credentials is the one to trust: browsers fill passwords into the old field.
  const movesToken = typeof access_token === 'string' && typeof credentials['access_token'] !== 'string';
  const app = { client_id: client_id ?? credentials['client_id'], client_secret: client_secret ?? credentials['client_secret'] };
  const hasOldApp = client_id !== undefined || client_secret !== undefined;
  // Half an app is of no use, and credentials that name it break the specification.
  const movesApp = hasOldApp && typeof app.client_id === 'string' && typeof app.client_secret === 'string';
  if (!movesToken && !movesApp) return config;
  return {
    ...rest,
    ...(movesToken || access_token === undefined ? {} : { access_token }),
    ...(movesApp || !hasOldApp ? {} : pickDefined({ client_id, client_secret })),
    credentials: {
      auth_type: 'Service',
      ...credentials,
      ...(movesToken ? { access_token } : {}),
      ...(movesApp ? { ...app, auth_type: 'Client' } : {}),
    },
  };
}

function dropActionReportTime(config: JsonObject): JsonObject {
  const insights = config['custom_insights'];
  if (!Array.isArray(insights) || !insights.some((item) => 'action_report_time' in asObject(item))) return config;
  return {
    ...config,
    custom_insights: insights.map((item: unknown) => {
      const { action_report_time: _, ...rest } = asObject(item);
      return rest;
    }),
  };
}

function asObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

function pickDefined(values: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
