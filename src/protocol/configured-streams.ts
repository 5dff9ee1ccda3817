import type { JsonObject, StreamDescriptor } from './messages.ts';
import { type InputFile, isJsonObject, refuseFile } from './read-json-file.ts';
import { formatStream, getStreamKey } from './stream-key.ts';

/** One entry of a configured catalog, with what every connector needs of it. */
export interface ConfiguredStream {
  readonly descriptor: StreamDescriptor;
  /** Names of the top-level properties; empty when the catalog does not say. */
  readonly properties: readonly string[];
  readonly entry: JsonObject;
  /** What to call the entry in an error. */
  readonly place: string;
}

/** The entries of a ConfiguredAirbyteCatalog. Throws a `ConnectorError` (config_error) that names the place of what can not be understood. */
export function parseConfiguredStreams(value: unknown, file: InputFile): readonly ConfiguredStream[] {
  const entries = isJsonObject(value) ? value['streams'] : undefined;
  if (!Array.isArray(entries)) throw refuseFile(file, 'it must hold an object with a list "streams"');
  const streams = entries.map((entry: unknown, index) => parseEntry(entry, `streams[${index}]`, file));
  const seen = new Set<string>();
  for (const { descriptor } of streams) {
    const key = getStreamKey(descriptor);
    if (seen.has(key)) throw refuseFile(file, `the stream "${formatStream(descriptor)}" is in it twice`);
    seen.add(key);
  }
  return streams;
}

function parseEntry(entry: unknown, place: string, file: InputFile): ConfiguredStream {
  if (!isJsonObject(entry)) throw refuseFile(file, `${place} must be an object`);
  const { stream } = entry;
  if (!isJsonObject(stream)) throw refuseFile(file, `${place}.stream must be an object`);
  const { name, namespace, json_schema: schema } = stream;
  if (typeof name !== 'string' || name === '') throw refuseFile(file, `${place}.stream.name must be a text`);
  if (!isAbsent(namespace) && typeof namespace !== 'string') throw refuseFile(file, `${place}.stream.namespace must be a text`);
  if (!isAbsent(schema) && !isJsonObject(schema)) throw refuseFile(file, `${place}.stream.json_schema must be an object`);
  const properties = schema?.['properties'];
  if (!isAbsent(properties) && !isJsonObject(properties)) {
    throw refuseFile(file, `${place}.stream.json_schema.properties must be an object`);
  }
  const descriptor = { name, ...(typeof namespace === 'string' ? { namespace } : {}) };
  return { descriptor, properties: Object.keys(properties ?? {}), entry, place };
}

export function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}
