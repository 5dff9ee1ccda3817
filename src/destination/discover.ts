import { AudienceDirectory, findAudienceFault } from '../audiences/audience-directory.ts';
import { describeFailure } from '../connection/describe-failure.ts';
import type { GraphClient } from '../graph/client.ts';
import type { DestinationCatalog } from '../protocol/messages.ts';
import { listOperations, NEW_AUDIENCE, NEW_AUDIENCE_PREFIX } from './audience-object.ts';
import type { DestinationSettings } from './settings.ts';

/** The audiences that can be written to, those that the config would have made, and a new one for each stream. */
export async function discoverAudiences(
  graph: GraphClient,
  { accountId, config }: DestinationSettings,
): Promise<DestinationCatalog> {
  const directory = new AudienceDirectory(graph, accountId, { meter: { calls: 0, parts: 0, bytes: 0, retries: 0 } });
  try {
    const audiences = (await directory.list()).filter((audience) => findAudienceFault(audience, accountId) === undefined);
    const names = new Set(audiences.map(({ name }) => name));
    const missing = (config.audiences ?? []).flatMap(
      ({ audience_id: id, audience_name: name, is_value_based: isValueBased = false }) =>
        id === undefined && name !== undefined && !names.has(name) ? [{ name, isValueBased }] : [],
    );
    return {
      operations: [
        ...audiences.map(({ id, name, isValueBased }) => ({ objectName: id, title: name, isNew: false, isValueBased })),
        ...missing.map(({ name, isValueBased }) => ({
          objectName: `${NEW_AUDIENCE_PREFIX}${name}`,
          title: `${name} (new)`,
          isNew: true,
          isValueBased,
        })),
        { objectName: NEW_AUDIENCE, title: "A new audience with the stream's name", isNew: true, isValueBased: false },
      ].flatMap(listOperations),
    };
  } catch (error) {
    throw describeFailure(error, `Ad account ${accountId}`);
  }
}
