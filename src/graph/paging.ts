import type { GraphClient } from './client.ts';
import type { GraphObject } from './detail-draft.ts';
import { GivenRows } from './given-rows.ts';
import { GraphError } from './graph-error.ts';
import { type PageCursor, readNextCursor } from './page-cursor.ts';
import { SemaphoreSlot } from './page-slot.ts';
import type { PageWalk } from './page-walk.ts';
import { type Flaws, isDeadCursor, readPage } from './read-page.ts';

/** A walk whose cursors die this often without any new row between is given up. */
const MAX_RESTARTS = 5;
/** Empty pages that all promise a next one: Meta sends a few after filtering; this many is a loop. */
const MAX_EMPTY_PAGES = 500;

export interface Page {
  /** Possibly empty. */
  readonly rows: readonly GraphObject[];
  /** Fields of single rows that could not be read, or are refused for every row. */
  readonly flaws: Flaws;
  /** On the first page of a `counted` walk, where Meta tells. */
  readonly total?: number;
  readonly isLast: boolean;
}

/**
 * Walks an edge to its end: the page without `paging.next`, or a cursor that repeats. Cursors are taken out of the answer and the request is built
 * anew, since the `next` URL carries the token. Empty pages with a next one go on. A page too large for Meta is halved, down to one object, which is then
 * read by its parts; a dead cursor starts the walk again without giving any row twice. A page counts among those in flight from when its request is sent
 * until the next one is asked for; to walk another edge from within holds two places.
 * https://developers.facebook.com/docs/graph-api/results
 */
export async function* readPages(graph: GraphClient, walk: PageWalk): AsyncGenerator<Page> {
  const given = walk.given ?? new GivenRows({ identify: (row) => String(row['id']), equals: 'same' });
  for (let restarts = 0, reached = 0; ; restarts += 1) {
    try {
      return yield* walkOnce(graph, walk, given);
    } catch (error) {
      if (given.count > reached) restarts = 0;
      reached = given.count;
      if (!isDeadCursor(error) || restarts >= MAX_RESTARTS) throw error;
      given.restart();
      graph.runtime.log.info(`The paging cursor of ${walk.path} is no longer valid; reading the edge again from its first page`);
    }
  }
}

async function* walkOnce(graph: GraphClient, walk: PageWalk, given: GivenRows): AsyncGenerator<Page> {
  const cursors = new Set<string>();
  let cursor: PageCursor | undefined;
  let emptyPages = 0;
  for (;;) {
    using slot = new SemaphoreSlot(graph.pageSlots);
    const answer = await readPage(graph, walk, { cursor, slot });
    const next = readNextCursor(answer.body.paging);
    const isLast = next === undefined || cursors.has(next.key);
    const rows = given.take(answer.body.data ?? []);
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
