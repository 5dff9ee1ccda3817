import { isPhoneRegion } from '../audiences/normalise/phone-plans.ts';
import { refuseConfig } from '../connection/describe-problem.ts';
import { dropNulls } from '../connection/drop-nulls.ts';
import { readCredentials } from '../connection/read-credentials.ts';
import type { AudienceConfig, DestinationConfig } from '../generated/destination-config.ts';
import { validateDestinationConfig } from '../generated/validate-destination-config.js';
import { ConnectorError } from '../protocol/connector-error.ts';
import type { JsonObject } from '../protocol/messages.ts';
import { parseRejectSettings } from './parse-reject-settings.ts';
import type { DestinationSettings } from './settings.ts';

/** From a config as it was stored to settings. Throws a `ConnectorError` (config_error) that names the property and the rule, never the value. */
export function parseConfig(raw: JsonObject): DestinationSettings {
  const config: unknown = dropNulls(raw);
  if (!validateDestinationConfig(config)) throw refuseConfig(validateDestinationConfig.errors);
  checkPhoneRegion(config);
  checkAudiences(config);
  return {
    ...readCredentials(config),
    accountId: config.account_id.replace(/^act_/, ''),
    config,
    rejects: parseRejectSettings(config),
  };
}

/** Else all numbers of that region would silently be left out. */
function checkPhoneRegion({ default_phone_region: region }: DestinationConfig): void {
  if (region === undefined || isPhoneRegion(region.toUpperCase())) return;
  throw new ConnectorError(
    'The config breaks its specification: default_phone_region is no country that phone numbers can be of. Take the two letters of ISO 3166, such as GB for the United Kingdom.',
    { failureType: 'config_error' },
  );
}

function checkAudiences({ audiences = [] }: DestinationConfig): void {
  const streams = new Set<string>();
  for (const [place, audience] of audiences.entries()) {
    const key = JSON.stringify([audience.stream_namespace ?? '', audience.stream_name]);
    if (streams.has(key)) throw refuse(place, 'stream_name', 'names a stream that another entry names');
    streams.add(key);
    checkColumns(audience, place);
  }
}

function checkColumns({ columns = [], page_id: pageId, app_ids: appIds = [] }: AudienceConfig, place: number): void {
  const names = new Set<string>();
  for (const { column, match_key: key } of columns) {
    if (names.has(column)) throw refuse(place, 'columns', 'maps a column twice');
    names.add(column);
    if (key === 'PAGEUID' && pageId === undefined) throw refuse(place, 'page_id', 'is missing: PAGEUID values belong to a page');
    if (key === 'APPUID' && appIds.length === 0) throw refuse(place, 'app_ids', 'is missing: APPUID values belong to an app');
  }
  const keys = new Set(columns.map(({ match_key: key }) => key).filter((key) => key !== 'IGNORE'));
  if ((keys.has('PAGEUID') || keys.has('APPUID')) && keys.size > 1) {
    throw refuse(place, 'columns', 'maps PAGEUID or APPUID beside another key: Meta takes such ids alone');
  }
}

function refuse(place: number, property: string, reason: string): ConnectorError {
  return new ConnectorError(`The config breaks its specification: audiences[${place}].${property} ${reason}.`, {
    failureType: 'config_error',
  });
}
