import type { StreamDescriptor } from './messages.ts';
import { type InputFile, isJsonObject, refuseFile } from './read-json-file.ts';
import { formatStream, getStreamKey } from './stream-key.ts';

/** One stream of a configured catalog, as far as a source obeys it. */
export interface RequestedStream {
  readonly descriptor: StreamDescriptor;
  /** As it stands there; a platform may ask for what no source knows. */
  readonly syncMode: string;
  /** Names of the selected top-level properties; empty when the catalog does not say. */
  readonly properties: readonly string[];
}

/**
 * Reads a ConfiguredAirbyteCatalog. Nulls stand for absent keys, unknown keys are ignored.
 * Throws a `ConnectorError` (config_error) that names the place when the catalog cannot be understood as a whole.
 */
export function parseCatalog(value: unknown, file: InputFile): readonly RequestedStream[] {
  const entries = isJsonObject(value) ? value['streams'] : undefined;
  if (!Array.isArray(entries)) throw refuseFile(file, 'it must hold an object with a list "streams"');
  const requested = entries.map((entry: unknown, index) => parseEntry(entry, `streams[${index}]`, file));
  const seen = new Set<string>();
  for (const { descriptor } of requested) {
    const key = getStreamKey(descriptor);
    if (seen.has(key)) throw refuseFile(file, `the stream "${formatStream(descriptor)}" is in it twice`);
    seen.add(key);
  }
  return requested;
}

function parseEntry(entry: unknown, place: string, file: InputFile): RequestedStream {
  if (!isJsonObject(entry)) throw refuseFile(file, `${place} must be an object`);
  const { stream, sync_mode: syncMode } = entry;
  if (!isJsonObject(stream)) throw refuseFile(file, `${place}.stream must be an object`);
  const { name, namespace, json_schema: schema } = stream;
  if (typeof name !== 'string' || name === '') throw refuseFile(file, `${place}.stream.name must be a text`);
  if (!isAbsent(namespace) && typeof namespace !== 'string') throw refuseFile(file, `${place}.stream.namespace must be a text`);
  if (typeof syncMode !== 'string') throw refuseFile(file, `${place}.sync_mode must be a text`);
  if (!isAbsent(schema) && !isJsonObject(schema)) throw refuseFile(file, `${place}.stream.json_schema must be an object`);
  const properties = schema?.['properties'];
  if (!isAbsent(properties) && !isJsonObject(properties)) {
    throw refuseFile(file, `${place}.stream.json_schema.properties must be an object`);
  }
  return {
    descriptor: { name, ...(typeof namespace === 'string' ? { namespace } : {}) },
    syncMode,
    properties: Object.keys(properties ?? {}),
  };
}

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}
