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
/** Pages without a new row that all promise a next one: Meta sends a few empty ones after filtering; this many are a loop. */
const MAX_FRUITLESS_PAGES = 500;

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
  const progress = { rows: 0 };
  const given = walk.given ?? new GivenRows({ identify: (row) => String(row['id']), equals: 'same' });
  for (let restarts = 0, reached = 0; ; restarts += 1) {
    try {
      return yield* walkOnce(graph, walk, { given, progress });
    } catch (error) {
      if (progress.rows > reached) restarts = 0;
      reached = progress.rows;
      if (!isDeadCursor(error) || restarts >= MAX_RESTARTS) throw error;
      given.restart();
      graph.runtime.log.info(`The paging cursor of ${walk.path} is no longer valid; reading the edge again from its first page`);
    }
  }
}

interface WalkMemory {
  readonly given: GivenRows;
  /** New rows of this walk: others may share what is given. */
  readonly progress: { rows: number };
}

async function* walkOnce(graph: GraphClient, walk: PageWalk, { given, progress }: WalkMemory): AsyncGenerator<Page> {
  const cursors = new Set<string>();
  let cursor: PageCursor | undefined;
  let fruitless = { pages: 0, rows: 0 };
  for (;;) {
    using slot = new SemaphoreSlot(graph.pageSlots);
    const answer = await readPage(graph, walk, { cursor, slot });
    const next = readNextCursor(answer.body.paging);
    const isLast = next === undefined || cursors.has(next.key);
    const sent = answer.body.data ?? [];
    const rows = given.take(sent);
    progress.rows += rows.length;
    const total = cursor === undefined ? answer.body.summary?.total_count : undefined;
    yield { rows, flaws: answer.flaws, isLast, ...(total === undefined ? {} : { total }) };
    if (isLast) return;
    fruitless = rows.length > 0 ? { pages: 0, rows: 0 } : { pages: fruitless.pages + 1, rows: fruitless.rows + sent.length };
    // Another walk may have given all that this one has come by so far, but no more than it has given.
    const isRepeat = fruitless.rows > 0 && fruitless.rows <= given.count;
    if (fruitless.pages > MAX_FRUITLESS_PAGES && !isRepeat) {
      throw new GraphError(`${fruitless.pages} pages in a row without a new row, each with a link to a next one`, {
        failure: 'transient',
      });
    }
    cursors.add(next.key);
    cursor = next;
  }
}
