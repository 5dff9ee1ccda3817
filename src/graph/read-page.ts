import type { GraphClient } from './client.ts';
import type { GraphObject } from './detail-draft.ts';
import { readDetails } from './details.ts';
import { GraphError } from './graph-error.ts';
import { judgeFields } from './judge-fields.ts';
import {
  createPageRequest,
  type EdgeBody,
  listReadableFields,
  listRefusedFields,
  type PagePosition,
  type PageWalk,
  quotaOf,
} from './page-walk.ts';
import type { GraphResponse } from './send.ts';

/** So many ids are named in a log line. */
const NAMED_IDS = 10;
/** Tries at the ids of a page of one object. */
const MAX_TWO_STEP_TRIES = 3;

export type Flaws = ReadonlyMap<GraphObject, readonly string[]>;

export interface PageAnswer {
  readonly body: EdgeBody;
  /** Fields of single rows that could not be read. */
  readonly flaws: Flaws;
}

/** One page, by whatever way it can be had: smaller, without a field that Meta refuses, or object by object. */
export async function readPage(graph: GraphClient, walk: PageWalk, position: PagePosition): Promise<PageAnswer> {
  let mayRepeat = true;
  let twoStepTries = 0;
  for (;;) {
    const fields = listReadableFields(walk);
    try {
      const response = await graph.send<EdgeBody>(createPageRequest(walk, fields, position));
      noteSuccess(walk, response, fields);
      return { body: response.body, flaws: flawAll(response.body.data ?? [], listRefusedFields(walk)) };
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      // A walk from the first page is dear: the cursor is tried once more before it is believed dead.
      if (isDeadCursor(error) && mayRepeat) {
        mayRepeat = false;
        continue;
      }
      if (error.failure === 'too_much_data' && walk.pageSize.shrink()) continue;
      const verdict = await judgeFailure(graph, walk, { position, error });
      if (verdict === 'unknown' || (verdict === 'objects' && !walk.hasNodes)) throw error;
      if (verdict !== 'objects') continue;
      try {
        return await readPageInTwoSteps(graph, walk, position);
      } catch (idError) {
        twoStepTries += 1;
        // Even a page of ids can be too much for a moment: the page is tried again from the start, smaller where it can be.
        if (!isTooMuch(idError) || (!walk.pageSize.shrink() && twoStepTries > MAX_TWO_STEP_TRIES)) throw idError;
      }
    }
  }
}

function isTooMuch(error: unknown): boolean {
  return error instanceof GraphError && error.failure === 'too_much_data';
}

export function isDeadCursor(error: unknown): boolean {
  return error instanceof GraphError && error.details.remedy === 'restart_walk';
}

/** What keeps a page from being read: single objects of it, fields that are given up now, or something else. */
async function judgeFailure(
  graph: GraphClient,
  walk: PageWalk,
  failure: { readonly position: PagePosition; readonly error: GraphError },
): Promise<'objects' | 'fields' | 'unknown'> {
  const { error, position } = failure;
  if (error.failure === 'too_much_data' || error.details.remedy === 'isolate') return 'objects';
  const canBeFields = (error.failure === 'invalid' || error.failure === 'forbidden') && error.details.remedy === undefined;
  return canBeFields && listReadableFields(walk).length > 1 ? await judgeFields(graph, walk, position) : 'unknown';
}

function noteSuccess(walk: PageWalk, response: GraphResponse<EdgeBody>, fields: readonly string[]): void {
  const count = response.body.data?.length ?? 0;
  walk.pageSize.succeed({ bytes: response.bytes, objects: count });
  if (count > 0) walk.memory.notePresent(fields);
}

function flawAll(rows: readonly GraphObject[], refused: readonly string[]): Flaws {
  return new Map(refused.length === 0 ? [] : rows.map((row) => [row, refused]));
}

/** First the ids of the page, then the objects one by one, so that an object or field that fails costs itself alone. */
async function readPageInTwoSteps(graph: GraphClient, walk: PageWalk, position: PagePosition): Promise<PageAnswer> {
  const { body } = await graph.send<EdgeBody>(createPageRequest(walk, ['id'], position));
  const ids = (body.data ?? []).map((row) => String(row['id']));
  const { fields, memory } = walk;
  const refusedBefore = memory.refused.size;
  const details = await readDetails(graph, { ids, fields, memory, slot: position.slot, ...quotaOf(walk) });
  if (memory.refused.size > refusedBefore) walk.pageSize.reset();
  else walk.pageSize.recover();
  const flaws = new Map<GraphObject, readonly string[]>();
  const present = details.filter(({ isGone }) => !isGone);
  const gone = details.filter(({ isGone }) => isGone).map(({ id }) => id);
  for (const detail of present) {
    if (detail.flaws.length > 0) flaws.set(detail.object, detail.flaws);
    // What is refused for every object was said when that came out.
    const own = detail.flaws.filter((field) => !memory.isRefused(field));
    if (own.length === 0) continue;
    const reason = detail.error === undefined ? '' : ` (${detail.error.label}: ${detail.error.message})`;
    graph.runtime.log.warn(`${detail.id} of ${walk.path} could not be read whole: ${own.join(', ')} left empty${reason}`);
  }
  reportGone(graph, walk, gone);
  return { body: { ...body, data: present.map((detail) => detail.object) }, flaws };
}

function reportGone(graph: GraphClient, walk: PageWalk, ids: readonly string[]): void {
  if (ids.length === 0) return;
  const named = `${ids.slice(0, NAMED_IDS).join(', ')}${ids.length > NAMED_IDS ? ', …' : ''}`;
  const text = `${ids.length} objects of ${walk.path} were listed but are gone, or not for this token to see: ${named}`;
  graph.runtime.log.warn(text, { count: ids.length });
}
