import type { RecordWriter } from './audiences/record-writer.ts';
import type { ConnectorError } from './protocol/connector-error.ts';
import type {
  AirbyteCatalog,
  ConnectionStatus,
  ConnectorSpecification,
  DestinationCatalog,
  JsonObject,
} from './protocol/messages.ts';
import type { WrittenStream } from './protocol/parse-catalog.ts';
import type { Runtime } from './runtime.ts';
import type { Stream } from './streams/stream.ts';

/** What `run.ts` asks of any connector. */
export interface Connector<Config> {
  /** Its spec file, loaded when asked for. */
  spec(): Promise<ConnectorSpecification>;
  /** Validates and migrates; throws a `ConnectorError` (config_error) naming the property and the rule, never the value. */
  parseConfig(raw: JsonObject): Promise<Config>;
  /** The whole config as it should be kept from now on; undefined where it may stay as it is. Absent where configs have had one form only. */
  renewConfig?(raw: JsonObject): Promise<JsonObject | undefined>;
  check(config: Config, runtime: Runtime): Promise<ConnectionStatus>;
}

/** A source is made of the spec, the config's reader and the streams. */
export interface Source<Config> extends Connector<Config> {
  discover(config: Config, runtime: Runtime): Promise<AirbyteCatalog>;
  /** The streams of this config, ready to be read; they share one Graph client and its limits. */
  streams(config: Config, runtime: Runtime): Promise<readonly Stream[]>;
}

/** A destination is made of the spec, the config's reader and a writer for each stream. */
export interface Destination<Config> extends Connector<Config> {
  discover(config: Config, runtime: Runtime): Promise<DestinationCatalog>;
  /**
   * Ready to take records: a writer for each stream, in their order, or why the stream can not be written. Throws a `ConnectorError` (config_error) where
   * the catalog as a whole asks for what can not be.
   */
  open(request: OpenRequest<Config>): Promise<readonly (RecordWriter | ConnectorError)[]>;
}

export interface OpenRequest<Config> {
  readonly config: Config;
  readonly streams: readonly WrittenStream[];
  readonly runtime: Runtime;
  /** A limit holds the stream at this place of `streams` back until `resumeAtMs` (epoch milliseconds). */
  readonly onRateLimited: (index: number, resumeAtMs: number) => void;
}
