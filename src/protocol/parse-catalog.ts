import { type ConfiguredStream, isAbsent, parseConfiguredStreams } from './configured-streams.ts';
import type { StreamDescriptor } from './messages.ts';
import { type InputFile, refuseFile } from './read-json-file.ts';

/** One stream of a configured catalog, as far as a source obeys it. */
export interface RequestedStream {
  readonly descriptor: StreamDescriptor;
  /** As it stands there; a platform may ask for what no source knows. */
  readonly syncMode: string;
  /** Names of the selected top-level properties; empty when the catalog does not say. */
  readonly properties: readonly string[];
}

/** One stream of a configured catalog, as far as a destination obeys it. */
export interface WrittenStream {
  readonly descriptor: StreamDescriptor;
  /** As it stands there. */
  readonly syncMode: string;
  /** Names of the top-level properties; empty when the catalog does not say. */
  readonly properties: readonly string[];
  /** Top-level names of the primary key, or of the matching keys of the chosen object. */
  readonly primaryKey: readonly string[];
  /** The object of the destination's catalog that the records go to. */
  readonly objectName?: string;
  readonly generationId?: number;
  /** Records of earlier generations are to go. */
  readonly minimumGenerationId?: number;
  readonly syncId?: number;
}

/**
 * Reads a ConfiguredAirbyteCatalog for a source. Nulls stand for absent keys, unknown keys are ignored.
 * Throws a `ConnectorError` (config_error) that names the place when the catalog cannot be understood as a whole.
 */
export function parseCatalog(value: unknown, file: InputFile): readonly RequestedStream[] {
  return parseConfiguredStreams(value, file).map(({ descriptor, properties, entry, place }) => {
    const syncMode = entry['sync_mode'];
    if (typeof syncMode !== 'string') throw refuseFile(file, `${place}.sync_mode must be a text`);
    return { descriptor, syncMode, properties };
  });
}

/** The same for a destination. */
export function parseWrittenCatalog(value: unknown, file: InputFile): readonly WrittenStream[] {
  return parseConfiguredStreams(value, file).map((stream) => {
    const { descriptor, properties, entry, place } = stream;
    const { destination_sync_mode: syncMode, destination_object_name: objectName } = entry;
    if (typeof syncMode !== 'string') throw refuseFile(file, `${place}.destination_sync_mode must be a text`);
    if (!isAbsent(objectName) && typeof objectName !== 'string') {
      throw refuseFile(file, `${place}.destination_object_name must be a text`);
    }
    const primaryKey = parseKey(stream, file);
    return {
      descriptor,
      syncMode,
      properties,
      primaryKey,
      ...(typeof objectName === 'string' && objectName !== '' ? { objectName } : {}),
      ...parseInteger(stream, 'generation_id', 'generationId', file),
      ...parseInteger(stream, 'minimum_generation_id', 'minimumGenerationId', file),
      ...parseInteger(stream, 'sync_id', 'syncId', file),
    };
  });
}

function parseKey({ entry, place }: ConfiguredStream, file: InputFile): readonly string[] {
  const key = entry['primary_key'];
  if (isAbsent(key)) return [];
  const isPath = (path: unknown): path is string[] => Array.isArray(path) && path.every((part) => typeof part === 'string');
  if (!Array.isArray(key) || !key.every(isPath)) throw refuseFile(file, `${place}.primary_key must be a list of lists of texts`);
  return key.flatMap((path) => path.slice(0, 1));
}

function parseInteger<Name extends string>(
  { entry, place }: ConfiguredStream,
  property: string,
  name: Name,
  file: InputFile,
): Partial<Record<Name, number>> {
  const value = entry[property];
  if (isAbsent(value)) return {};
  if (!Number.isSafeInteger(value)) throw refuseFile(file, `${place}.${property} must be a whole number`);
  return { [name]: value } as Partial<Record<Name, number>>;
}
