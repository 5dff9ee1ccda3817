import type { Audience } from '../audiences/audience.ts';
import { type AudienceDirectory, type AudienceInfo, findAudienceFault } from '../audiences/audience-directory.ts';
import { type AudienceConfig, DESTINATION_CONFIG_DEFAULTS, type DestinationConfig } from '../generated/destination-config.ts';
import { ConnectorError } from '../protocol/connector-error.ts';
import type { StreamDescriptor } from '../protocol/messages.ts';
import type { WrittenStream } from '../protocol/parse-catalog.ts';
import { formatStream } from '../protocol/stream-key.ts';
import { NEW_AUDIENCE, NEW_AUDIENCE_PREFIX } from './audience-object.ts';
import type { WriteMode } from './resolve-mode.ts';

/** What a stream writes to: an audience of that id, or the one of that name. */
export type AudienceChoice = { readonly id: string } | { readonly name: string };

/** The config's entry for a stream: the one of its namespace, else the one that names none. */
export function findAudienceConfig({ audiences = [] }: DestinationConfig, stream: StreamDescriptor): AudienceConfig | undefined {
  const named = audiences.filter(({ stream_name: name }) => name === stream.name);
  const { namespace: wanted } = stream;
  return (
    named.find(({ stream_namespace: namespace = '' }) => namespace !== '' && namespace === wanted) ??
    named.find(({ stream_namespace: namespace = '' }) => namespace === '')
  );
}

/** Entries of the config that no stream of the catalog is meant by, as they are to be called in a warning. */
export function listUnusedAudiences(config: DestinationConfig, streams: readonly WrittenStream[]): readonly string[] {
  const used = new Set(streams.map(({ descriptor }) => findAudienceConfig(config, descriptor)));
  return (config.audiences ?? []).flatMap((audience, place) => {
    const { stream_name: name, stream_namespace: namespace } = audience;
    return used.has(audience) ? [] : [`audiences[${place}] (${namespace ? `${namespace}.` : ''}${name})`];
  });
}

/** The connection's own choice of an object counts, then the config's, then the stream's name. Throws a `ConnectorError` (config_error). */
export function chooseAudience(stream: WrittenStream, config: DestinationConfig, isChosenByObjects: boolean): AudienceChoice {
  const { descriptor, objectName } = stream;
  const audience = findAudienceConfig(config, descriptor);
  const name = audience?.audience_name ?? descriptor.name;
  if (objectName === NEW_AUDIENCE) return { name };
  if (objectName?.startsWith(NEW_AUDIENCE_PREFIX)) return { name: objectName.slice(NEW_AUDIENCE_PREFIX.length) };
  if (objectName !== undefined && /^\d+$/.test(objectName)) return { id: objectName };
  if (objectName !== undefined)
    throw refuse(descriptor, `"${objectName}" is no audience: refresh the schema and choose one again`);
  if (audience?.audience_id !== undefined) return { id: audience.audience_id };
  if (isChosenByObjects && audience === undefined) {
    throw refuse(descriptor, 'no audience (destination_object_name) is chosen for it, as is for other streams');
  }
  return { name };
}

export interface OpenAudienceOptions {
  readonly directory: AudienceDirectory;
  readonly config: DestinationConfig;
  readonly accountId: string;
  readonly stream: StreamDescriptor;
  readonly mode: WriteMode;
}

/** The audience, made where there is none of the name. Rejects with a `ConnectorError` where it can not be written to, or with Meta's `GraphError`. */
export async function openAudience(choice: AudienceChoice, options: OpenAudienceOptions): Promise<Audience> {
  const { directory, accountId, stream, mode } = options;
  const info = 'id' in choice ? await directory.read(choice.id) : await directory.find(choice.name);
  if (info !== undefined) return checkAudience(info, accountId);
  const { name } = choice as { readonly name: string };
  if (mode === 'remove') throw refuse(stream, `there is no audience named "${name}" to remove people from`);
  return directory.create(draftAudience(name, options));
}

function checkAudience(info: AudienceInfo, accountId: string): Audience {
  const fault = findAudienceFault(info, accountId);
  if (fault !== undefined) throw new ConnectorError(fault, { failureType: 'config_error' });
  return { id: info.id, name: info.name, accountId, isValueBased: info.isValueBased, isNew: false };
}

function draftAudience(name: string, { config, stream }: OpenAudienceOptions) {
  const audience = findAudienceConfig(config, stream);
  const retentionDays = audience?.retention_days ?? config.retention_days;
  const { description, opt_out_link: optOutLink } = audience ?? {};
  return {
    name,
    customerFileSource:
      audience?.customer_file_source ?? config.customer_file_source ?? DESTINATION_CONFIG_DEFAULTS.customer_file_source,
    isValueBased: audience?.is_value_based ?? false,
    ...(description === undefined ? {} : { description }),
    ...(retentionDays === undefined ? {} : { retentionDays }),
    ...(optOutLink === undefined ? {} : { optOutLink }),
  };
}

function refuse(stream: StreamDescriptor, reason: string): ConnectorError {
  return new ConnectorError(`Stream ${formatStream(stream)}: ${reason}.`, { failureType: 'config_error' });
}
