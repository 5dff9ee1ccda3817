import type { GraphClient } from './client.ts';
import { readDetails } from './details.ts';
import { GraphError } from './graph-error.ts';
import { createPageRequest, type EdgeBody, listReadableFields, type PagePosition, type PageWalk, quotaOf } from './page-walk.ts';
import { type FieldSearchResult, searchRefusedFields } from './refused-fields.ts';

/** Two different objects tell whether a field is refused for all of them, or for one. */
const SAMPLE_SIZE = 2;

/**
 * Finds out why Meta refuses a page: 'fields' where some are refused for every object (they are remembered, and said), 'objects' where single ones are
 * to blame, 'unknown' where not even the ids can be had. Fields that have been answered before are never given up.
 */
export async function judgeFields(
  graph: GraphClient,
  walk: PageWalk,
  position: PagePosition,
): Promise<'fields' | 'objects' | 'unknown'> {
  const fields = listReadableFields(walk);
  // Whether the ids can be had shows when the objects are listed.
  if (walk.hasNodes && fields.every((field) => walk.memory.isPresent(field))) return 'objects';
  const result = await searchFields(graph, walk, position);
  if (result === undefined) return 'objects';
  if (result.isIdRefused) return 'unknown';
  const candidates = [...result.refused].filter(([field]) => !walk.memory.isPresent(field));
  if (!walk.hasNodes) {
    for (const [field, error] of candidates) refuseField(graph, walk, { field, error });
    return candidates.length > 0 ? 'fields' : 'unknown';
  }
  const refusedBefore = walk.memory.refused.size;
  if (candidates.length > 0) {
    for (const [field] of candidates) walk.memory.suspect(field);
    await trySample(graph, walk, position);
  }
  return walk.memory.refused.size > refusedBefore ? 'fields' : 'objects';
}

/** Searches where the page failed, since it may be an object far down that refuses a field. Undefined where an object gets into the way of the search. */
async function searchFields(graph: GraphClient, walk: PageWalk, position: PagePosition): Promise<FieldSearchResult | undefined> {
  const fields = listReadableFields(walk);
  try {
    return await searchRefusedFields(graph, { request: createPageRequest(walk, fields, position), fields });
  } catch (error) {
    const isObject = error instanceof GraphError && (error.failure === 'too_much_data' || error.details.remedy === 'isolate');
    if (!isObject || !walk.hasNodes) throw error;
    return undefined;
  }
}

/** Reads the first objects of the page one by one: what they have in common, the memory refuses. */
async function trySample(graph: GraphClient, walk: PageWalk, position: PagePosition): Promise<void> {
  const request = createPageRequest(walk, ['id'], position);
  const { body } = await graph.send<EdgeBody>({ ...request, params: { ...request.params, limit: SAMPLE_SIZE } });
  const ids = (body.data ?? []).slice(0, SAMPLE_SIZE).map((row) => String(row['id']));
  await readDetails(graph, { ids, fields: walk.fields, memory: walk.memory, slot: position.slot, ...quotaOf(walk) });
}

function refuseField(graph: GraphClient, walk: PageWalk, refusal: { readonly field: string; readonly error: GraphError }): void {
  const { field, error } = refusal;
  walk.memory.refuse(field, error);
  graph.runtime.log.warn(`Meta refuses the field ${field} on ${walk.path} (${error.label}: ${error.message}); it is left empty`);
}
