import type { AirbyteCatalog, ConnectionStatus, ConnectorSpecification, JsonObject } from './protocol/messages.ts';
import type { Runtime } from './runtime.ts';
import type { Stream } from './streams/stream.ts';

/** What `run.ts` asks of a source; made of the spec, the config's reader and the streams. */
export interface Source<Config> {
  /** `spec.json`, loaded when asked for. */
  spec(): Promise<ConnectorSpecification>;
  /** Validates and migrates; throws a `ConnectorError` (config_error) naming the property and the rule, never the value. */
  parseConfig(raw: JsonObject): Promise<Config>;
  check(config: Config, runtime: Runtime): Promise<ConnectionStatus>;
  discover(config: Config, runtime: Runtime): Promise<AirbyteCatalog>;
  /** The streams of this config, ready to be read; they share one Graph client and its limits. */
  streams(config: Config, runtime: Runtime): Promise<readonly Stream[]>;
}
