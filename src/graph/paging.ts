import type { GraphClient } from './client.ts';
import { type GraphObject, readDetails } from './details.ts';
import type { FieldMemory } from './field-memory.ts';
import { GraphError } from './graph-error.ts';
import { type PageCursor, type RawPaging, readNextCursor } from './page-cursor.ts';
import type { PageSize } from './page-size.ts';
import { findRefusedFields } from './refused-fields.ts';
import type { CallContext, GraphParam, GraphRequest, GraphResponse, UseCase } from './send.ts';

/** A walk whose cursors die this often without any new row between is given up. */
const MAX_RESTARTS = 5;
/** Empty pages that all promise a next one: Meta sends a few after filtering; this many is a loop. */
const MAX_EMPTY_PAGES = 500;

export interface PageWalk {
  /** The edge: `act_1/ads`. */
  readonly path: string;
  /** Everything but `fields`, `limit` and the cursor. */
  readonly params?: Readonly<Record<string, GraphParam | undefined>>;
  readonly fields: readonly string[];
  readonly account?: string;
  readonly useCase?: UseCase;
  readonly context?: CallContext;
  readonly pageSize: PageSize;
  readonly memory: FieldMemory;
  /** The identity of a row within the walk, so that none comes twice. */
  readonly identify: (row: GraphObject) => string;
  /** The rows are nodes with an `id`: a page that can not be read whole is read object by object. */
  readonly hasNodes: boolean;
  /** Asks for the number of objects with the first page. */
  readonly counted?: boolean;
}

export interface Page {
  /** Possibly empty. */
  readonly rows: readonly GraphObject[];
  /** Fields of single rows that could not be read. */
  readonly flaws: ReadonlyMap<GraphObject, readonly string[]>;
  /** On the first page of a `counted` walk, where Meta tells. */
  readonly total?: number;
  readonly isLast: boolean;
}

interface EdgeBody {
  readonly data?: readonly GraphObject[];
  readonly paging?: RawPaging;
  readonly summary?: { readonly total_count?: number };
}

interface Answer {
  readonly body: EdgeBody;
  readonly bytes: number;
  readonly flaws: ReadonlyMap<GraphObject, readonly string[]>;
}

const NO_FLAWS: ReadonlyMap<GraphObject, readonly string[]> = new Map();

/**
 * Walks an edge to its end: the page without `paging.next`, or a cursor that repeats. Cursors are taken out of the answer and the request is built
 * anew, since the `next` URL carries the token. Empty pages with a next one go on. A page too large for Meta is halved, down to one object, which is then
 * read by its parts; a dead cursor starts the walk again without giving any row twice.
 * https://developers.facebook.com/docs/graph-api/results
 */
export async function* readPages(graph: GraphClient, walk: PageWalk): AsyncGenerator<Page> {
  const given = new Set<string>();
  for (let restarts = 0, reached = 0; ; restarts += 1) {
    try {
      return yield* walkOnce(graph, walk, given);
    } catch (error) {
      if (given.size > reached) restarts = 0;
      reached = given.size;
      if (!isDeadCursor(error) || restarts >= MAX_RESTARTS) throw error;
      graph.runtime.log.info(`The paging cursor of ${walk.path} is no longer valid; reading the edge again from its first page`);
    }
  }
}

async function* walkOnce(graph: GraphClient, walk: PageWalk, given: Set<string>): AsyncGenerator<Page> {
  const cursors = new Set<string>();
  let cursor: PageCursor | undefined;
  let emptyPages = 0;
  for (;;) {
    using _slot = await graph.pageSlots.acquire();
    const answer = await readPage(graph, walk, cursor);
    const next = readNextCursor(answer.body.paging);
    const isLast = next === undefined || cursors.has(next.key);
    const rows = takeNew(answer.body.data ?? [], walk, given);
    const total = cursor === undefined ? answer.body.summary?.total_count : undefined;
    yield { rows, flaws: answer.flaws, isLast, ...(total === undefined ? {} : { total }) };
    if (isLast) return;
    emptyPages = rows.length === 0 ? emptyPages + 1 : 0;
    if (emptyPages > MAX_EMPTY_PAGES) {
      throw new GraphError(`${emptyPages} empty pages in a row, each with a link to a next one`, { failure: 'transient' });
    }
    cursors.add(next.key);
    cursor = next;
  }
}

function takeNew(rows: readonly GraphObject[], walk: PageWalk, given: Set<string>): GraphObject[] {
  return rows.filter((row) => {
    const identity = walk.identify(row);
    if (given.has(identity)) return false;
    given.add(identity);
    return true;
  });
}

function isDeadCursor(error: unknown): boolean {
  return error instanceof GraphError && error.details.remedy === 'restart_walk';
}

/** One page, by whatever way it can be had. */
async function readPage(graph: GraphClient, walk: PageWalk, cursor: PageCursor | undefined): Promise<Answer> {
  let mayRepeat = true;
  for (;;) {
    const fields = walk.fields.filter((field) => !walk.memory.isRefused(field));
    try {
      const response = await graph.send<EdgeBody>(pageRequest(walk, { fields, cursor }));
      noteSuccess(walk, response, fields);
      return { body: response.body, bytes: response.bytes, flaws: NO_FLAWS };
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      // A walk from the first page is dear: the cursor is tried once more before it is believed dead.
      if (isDeadCursor(error) && mayRepeat) {
        mayRepeat = false;
        continue;
      }
      if (error.failure === 'too_much_data' && walk.pageSize.shrink()) continue;
      if (error.failure === 'too_much_data' || error.details.remedy === 'isolate') {
        if (!walk.hasNodes) throw error;
        return await readPageInTwoSteps(graph, walk, cursor);
      }
      if (!(await refuseFields(graph, walk, error))) throw error;
    }
  }
}

function noteSuccess(walk: PageWalk, response: GraphResponse<EdgeBody>, fields: readonly string[]): void {
  const count = response.body.data?.length ?? 0;
  if (count >= walk.pageSize.current) walk.pageSize.succeed(response.bytes);
  if (count > 0) walk.memory.notePresent(fields);
}

interface PagePosition {
  readonly fields: readonly string[];
  readonly cursor: PageCursor | undefined;
}

function pageRequest(walk: PageWalk, position: PagePosition): GraphRequest {
  return {
    path: walk.path,
    params: {
      ...walk.params,
      ...(walk.counted && position.cursor === undefined ? { summary: 'total_count' } : {}),
      fields: position.fields.join(','),
      limit: walk.pageSize.current,
      ...position.cursor?.params,
    },
    ...quotaOf(walk),
  };
}

function quotaOf(walk: PageWalk): Pick<GraphRequest, 'account' | 'useCase' | 'context'> {
  return {
    ...(walk.account === undefined ? {} : { account: walk.account }),
    ...(walk.useCase === undefined ? {} : { useCase: walk.useCase }),
    ...(walk.context === undefined ? {} : { context: walk.context }),
  };
}

/** First the ids of the page, then the objects one by one, so that an object or field that fails costs itself alone. */
async function readPageInTwoSteps(graph: GraphClient, walk: PageWalk, cursor: PageCursor | undefined): Promise<Answer> {
  const response = await graph.send<EdgeBody>(pageRequest(walk, { fields: ['id'], cursor }));
  const ids = (response.body.data ?? []).map((row) => String(row['id']));
  const refusedBefore = walk.memory.refused.size;
  const details = await readDetails(graph, { ids, fields: walk.fields, memory: walk.memory, ...quotaOf(walk) });
  if (walk.memory.refused.size > refusedBefore) walk.pageSize.reset();
  else walk.pageSize.recover();
  const flaws = new Map<GraphObject, readonly string[]>();
  for (const { id, object, flaws: fields, error } of details) {
    if (fields.length === 0) continue;
    flaws.set(object, fields);
    const reason = error === undefined ? '' : ` (${error.label}: ${error.message})`;
    graph.runtime.log.warn(`${id} of ${walk.path} could not be read whole: ${fields.join(', ')} left empty${reason}`);
  }
  return { body: { ...response.body, data: details.map((detail) => detail.object) }, bytes: response.bytes, flaws };
}

/** Finds the fields that Meta refuses for the whole edge and remembers them. False when the fields are not to blame. */
async function refuseFields(graph: GraphClient, walk: PageWalk, error: GraphError): Promise<boolean> {
  const fields = walk.fields.filter((field) => !walk.memory.isRefused(field));
  const canBeFields = (error.failure === 'invalid' || error.failure === 'forbidden') && error.details.remedy === undefined;
  if (!canBeFields || fields.length <= 1) return false;
  const request = pageRequest(walk, { fields, cursor: undefined });
  const refused = await findRefusedFields(graph, { request: { ...request, params: { ...request.params, limit: 1 } }, fields });
  for (const [field, reason] of refused) {
    walk.memory.refuse(field, reason);
    graph.runtime.log.warn(
      `Meta refuses the field ${field} on ${walk.path} (${reason.label}: ${reason.message}); it is left empty`,
    );
  }
  return refused.size > 0;
}
