/**
 * The Airbyte protocol's messages, as far as a connector writes or reads them.
 * Source: airbyte_protocol.yaml 0.18.0. Readers must ignore unknown keys and accept nulls; writers omit absent keys.
 */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };
export type JsonObject = { readonly [key: string]: unknown };
/** A draft-07 schema without `$ref`. */
export type JsonSchema = JsonObject;

export type SyncMode = 'full_refresh' | 'incremental';
export type DestinationSyncMode = 'append' | 'overwrite' | 'append_dedup' | 'update' | 'soft_delete';

export interface StreamDescriptor {
  readonly name: string;
  readonly namespace?: string;
}

export interface AirbyteStream {
  readonly name: string;
  readonly namespace?: string;
  readonly json_schema: JsonSchema;
  readonly supported_sync_modes: readonly SyncMode[];
  readonly source_defined_cursor?: boolean;
  readonly default_cursor_field?: readonly string[];
  readonly source_defined_primary_key?: readonly (readonly string[])[];
  readonly is_resumable?: boolean;
}

export interface AirbyteCatalog {
  readonly streams: readonly AirbyteStream[];
}

export interface ConfiguredAirbyteStream {
  readonly stream: AirbyteStream;
  readonly sync_mode: SyncMode;
  readonly destination_sync_mode: DestinationSyncMode;
  readonly cursor_field?: readonly string[];
  readonly primary_key?: readonly (readonly string[])[];
  readonly generation_id?: number;
  readonly minimum_generation_id?: number;
  readonly sync_id?: number;
  readonly destination_object_name?: string;
}

export interface ConfiguredAirbyteCatalog {
  readonly streams: readonly ConfiguredAirbyteStream[];
}

export interface FieldChange {
  readonly field: string;
  readonly change: 'NULLED' | 'TRUNCATED';
  readonly reason:
    | 'SOURCE_RETRIEVAL_ERROR'
    | 'SOURCE_RECORD_SIZE_LIMITATION'
    | 'SOURCE_FIELD_SIZE_LIMITATION'
    | 'SOURCE_SERIALIZATION_ERROR';
}

export interface RecordMessage {
  readonly stream: string;
  readonly namespace?: string;
  readonly data: JsonObject;
  /** Epoch milliseconds. */
  readonly emitted_at: number;
  readonly meta?: { readonly changes: readonly FieldChange[] };
}

export interface StateStats {
  readonly recordCount: number;
  readonly rejectedRecordCount?: number;
}

/** What became of the records that a state covers: the two counts together are the source's count. */
export interface DestinationStats extends Required<StateStats> {
  /** Summed up by platforms that know it (protocol 0.19). */
  readonly additionalStats?: Readonly<Record<string, number>>;
}

export interface StateMessage {
  readonly type: 'STREAM';
  readonly stream: { readonly stream_descriptor: StreamDescriptor; readonly stream_state: JsonObject };
  readonly sourceStats?: StateStats;
  readonly destinationStats?: StateStats;
}

export type LogLevel = 'FATAL' | 'ERROR' | 'WARN' | 'INFO' | 'DEBUG' | 'TRACE';
export type FailureType = 'config_error' | 'system_error' | 'transient_error';

export interface ErrorTrace {
  /** For the user. */
  readonly message: string;
  /** For the log of those who run the platform. */
  readonly internal_message?: string;
  readonly stack_trace?: string;
  readonly failure_type: FailureType;
  readonly stream_descriptor?: StreamDescriptor;
}

export type StreamStatus = 'STARTED' | 'RUNNING' | 'COMPLETE' | 'INCOMPLETE';

export interface StreamStatusTrace {
  readonly stream_descriptor: StreamDescriptor;
  readonly status: StreamStatus;
  readonly reasons?: readonly [{ readonly type: 'RATE_LIMITED'; readonly rate_limited?: { readonly quota_reset: number } }];
}

export type TraceMessage = { readonly emitted_at: number } & (
  | { readonly type: 'ERROR'; readonly error: ErrorTrace }
  | { readonly type: 'STREAM_STATUS'; readonly stream_status: StreamStatusTrace }
);

/** One thing that a destination can do to one of its objects. */
export interface DestinationOperation {
  readonly object_name: string;
  readonly sync_mode: DestinationSyncMode;
  readonly json_schema: JsonSchema;
  readonly matching_keys?: readonly (readonly string[])[];
}

export interface DestinationCatalog {
  readonly operations: readonly DestinationOperation[];
}

export interface ConnectionStatus {
  readonly status: 'SUCCEEDED' | 'FAILED';
  readonly message?: string;
}

export interface ConnectorSpecification {
  readonly connectionSpecification: JsonObject;
  readonly [key: string]: unknown;
}

export type AirbyteMessage =
  | { readonly type: 'RECORD'; readonly record: RecordMessage }
  | { readonly type: 'STATE'; readonly state: StateMessage }
  | { readonly type: 'LOG'; readonly log: { readonly level: LogLevel; readonly message: string } }
  | { readonly type: 'TRACE'; readonly trace: TraceMessage }
  | { readonly type: 'SPEC'; readonly spec: ConnectorSpecification }
  | { readonly type: 'CONNECTION_STATUS'; readonly connectionStatus: ConnectionStatus }
  | { readonly type: 'CATALOG'; readonly catalog: AirbyteCatalog }
  | { readonly type: 'DESTINATION_CATALOG'; readonly destination_catalog: DestinationCatalog }
  | {
      readonly type: 'CONTROL';
      readonly control: {
        readonly type: 'CONNECTOR_CONFIG';
        readonly emitted_at: number;
        readonly connectorConfig: { readonly config: JsonObject };
      };
    };
