import type { Audience } from '../audiences/audience.ts';
import type { BatchLimits } from '../audiences/batch.ts';
import { guessRole } from '../audiences/keys/guess-key.ts';
import type { ColumnRole } from '../audiences/keys/match-key.ts';
import type { ColumnPlan } from '../audiences/normalise/normalised-person.ts';
import { OPERATION_COLUMNS } from '../audiences/operation.ts';
import type { RecordPlan } from '../audiences/record-reader.ts';
import { type AudienceConfig, DESTINATION_CONFIG_DEFAULTS, type DestinationConfig } from '../generated/destination-config.ts';
import type { WrittenStream } from '../protocol/parse-catalog.ts';
import { mapColumns } from './map-columns.ts';
import type { WriteMode } from './resolve-mode.ts';

export interface StreamPlanRequest {
  readonly stream: WrittenStream;
  readonly mode: WriteMode;
  readonly audience: Audience;
  readonly config: DestinationConfig;
  readonly audienceConfig: AudienceConfig | undefined;
  readonly nowMs: number;
}

export interface StreamPlan {
  readonly plan: Omit<RecordPlan, 'columns'>;
  readonly mapColumns: (names: readonly string[]) => readonly ColumnPlan[];
  /** What the catalog's columns are taken for. */
  readonly roles: ReadonlySet<ColumnRole>;
  /** The catalog names no columns: they are learned from the records. */
  readonly isLearning: boolean;
  readonly limits: BatchLimits;
}

/** How a stream's records are to be understood. */
export function planStream(request: StreamPlanRequest): StreamPlan {
  const { stream, audience, config, audienceConfig } = request;
  const map = (names: readonly string[]) =>
    mapColumns(names, { config, audience: audienceConfig, isValueBased: audience.isValueBased });
  const columns = map(stream.properties);
  const isLearning = stream.properties.length === 0;
  const limits = {
    rows: config.batch_rows ?? DESTINATION_CONFIG_DEFAULTS.batch_rows,
    bytes: config.batch_bytes ?? DESTINATION_CONFIG_DEFAULTS.batch_bytes,
  };
  return {
    plan: planRecords(request, map, limits),
    mapColumns: map,
    roles: new Set(columns.map(({ role }) => role)),
    isLearning,
    limits,
  };
}

function planRecords(
  request: StreamPlanRequest,
  map: StreamPlan['mapColumns'],
  limits: BatchLimits,
): Omit<RecordPlan, 'columns'> {
  const { stream, mode, config, audienceConfig, nowMs } = request;
  const { page_id: pageId, app_ids: appIds, operation_field: ownField } = audienceConfig ?? {};
  const field = ownField ?? config.operation_field;
  const operationColumns = field === undefined ? OPERATION_COLUMNS : [field];
  const region = config.default_phone_region;
  const columns = map([...new Set([...stream.properties, ...stream.primaryKey, ...operationColumns])]);
  const roles = new Map(columns.map(({ column, role }) => [column, role]));
  // A column can hold something personal that the catalog does not name, or that is not sent.
  const isPersonal = (column: string) => ![undefined, 'EXTERN_ID'].includes(roles.get(column) ?? guessRole(column));
  const externIds = columns.filter(({ role }) => role === 'EXTERN_ID').map(({ column }) => column);
  return {
    stream: stream.descriptor,
    normalising: {
      currentYear: new Date(nowMs).getUTCFullYear(),
      assumeInternational: config.assume_international_phones ?? false,
      ...(region === undefined ? {} : { defaultRegion: region.toUpperCase() }),
    },
    operation: { removesAll: mode === 'remove', columns: operationColumns },
    dataUse: config.limited_data_use ?? { mode: 'off' },
    takesListsApart: config.flatten_lists ?? false,
    allowsWeakRemovals: config.weak_removals ?? false,
    redaction: config.rejects_redaction ?? DESTINATION_CONFIG_DEFAULTS.rejects_redaction,
    keptColumns: new Set([...stream.primaryKey, ...externIds, ...operationColumns].filter((column) => !isPersonal(column))),
    maxRowBytes: limits.bytes,
    ...(pageId === undefined ? {} : { pageId }),
    ...(appIds === undefined ? {} : { appIds }),
  };
}
