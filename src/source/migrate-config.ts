import type { JsonObject } from '../protocol/messages.ts';

/** Every status, in the sense of the old `include_deleted: true`. */
export interface AllStatuses {
  readonly campaign_statuses: readonly string[];
  readonly adset_statuses: readonly string[];
  readonly ad_statuses: readonly string[];
}

type Migration = (config: JsonObject, all: AllStatuses) => JsonObject;

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
export function migrateConfig(config: JsonObject, all: AllStatuses): JsonObject {
  return MIGRATIONS.reduce((current, migrate) => migrate(current, all), config);
}

function moveAccountIdToList(config: JsonObject): JsonObject {
  const accountId = config['account_id'];
  if (config['account_ids'] !== undefined || (typeof accountId !== 'string' && typeof accountId !== 'number')) return config;
  return { ...config, account_ids: [String(accountId)] };
}

function turnIncludeDeletedIntoStatuses(config: JsonObject, all: AllStatuses): JsonObject {
  const { ad_statuses: adStatuses } = config as { readonly ad_statuses?: unknown };
  const isChosen = Array.isArray(adStatuses) && adStatuses.length > 0;
  return config['include_deleted'] === true && !isChosen ? { ...config, ...all } : config;
}

function moveSecretsToCredentials(config: JsonObject): JsonObject {
  const { access_token, client_id, client_secret, ...rest } = config;
  const credentials = asObject(config['credentials']);
  if (typeof credentials['access_token'] === 'string' || typeof access_token !== 'string') return config;
  const app = client_id !== undefined || client_secret !== undefined ? { client_id, client_secret } : {};
  const authType = credentials['auth_type'] ?? ('client_id' in app ? 'Client' : 'Service');
  return { ...rest, credentials: { auth_type: authType, ...app, ...credentials, access_token } };
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
