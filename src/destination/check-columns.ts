import type { AudienceConfig, DestinationConfig } from '../generated/destination-config.ts';
import { ConnectorError } from '../protocol/connector-error.ts';
import type { WrittenStream } from '../protocol/parse-catalog.ts';
import { formatStream } from '../protocol/stream-key.ts';
import { mapColumns } from './map-columns.ts';

const MAX_NAMES = 30;

/**
 * Throws a `ConnectorError` (config_error) where the stream lacks a column that its settings name, or where none of its columns could tell who a person is.
 * A catalog that names no columns says nothing.
 */
export function checkColumns(stream: WrittenStream, config: DestinationConfig, audience: AudienceConfig | undefined): void {
  const { properties } = stream;
  if (properties.length === 0) return;
  const lacks = (column: string) => !properties.includes(column);
  const name = `Stream ${formatStream(stream.descriptor)}`;
  const missing = (audience?.columns ?? []).map(({ column }) => column).filter(lacks);
  if (missing.length > 0) {
    throw refuse(
      `${name} has no column ${missing.join(', ')}, which the config maps. Correct audiences[].columns, or refresh the schema.`,
    );
  }
  const field = audience?.operation_field;
  if (field !== undefined && lacks(field)) {
    throw refuse(
      `${name} has no column ${field}, so that no row could remove anybody. Correct audiences[].operation_field, or refresh the schema.`,
    );
  }
  const columns = mapColumns(properties, { config, audience, isValueBased: false });
  if (columns.some(({ role }) => role !== 'LOOKALIKE_VALUE')) return;
  throw refuse(
    `${name}: none of its columns (${properties.slice(0, MAX_NAMES).join(', ')}) is known to say who a person is. ` +
      'Map them to match keys in audiences[].columns.',
  );
}

/** What settings for all streams do nothing for this one, because it has no such column: for a warning. */
export function listIdleSettings(
  { properties }: WrittenStream,
  config: DestinationConfig,
  audience: AudienceConfig | undefined,
): readonly string[] {
  if (properties.length === 0) return [];
  const { operation_field: field, limited_data_use: dataUse } = config;
  const named = [
    ['operation_field', audience?.operation_field ?? field],
    ['limited_data_use', dataUse?.mode === 'column' ? dataUse.column : undefined],
  ] as const;
  return named.flatMap(([setting, column]) =>
    column === undefined || properties.includes(column) ? [] : [`${setting} (${column})`],
  );
}

function refuse(message: string): ConnectorError {
  return new ConnectorError(message, { failureType: 'config_error' });
}
