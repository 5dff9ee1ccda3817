import type { BatchOutcome } from './batch.ts';
import { GraphError } from './graph-error.ts';
import { findNestedEdges, findNextPage, findOpenEdges, isEdge, type OpenEdge } from './open-edges.ts';
import type { GraphRequest } from './send.ts';

/** An answer with more further pages than this is none to hold in memory. */
const MAX_FURTHER_PAGES = 1_000;

/** An edge being followed. */
interface Trail extends OpenEdge {
  /** The number of the part whose answer it is in. */
  readonly part: number;
  /** Keys of the cursors followed so far: one that repeats ends the edge. */
  readonly cursors: Set<string>;
}

/** Adds the further pages of every edge in the outcomes' bodies, all edges a page at a time. An outcome with an edge that can not be read to its end fails. */
export async function followEdges<B>(
  requests: readonly GraphRequest[],
  outcomes: readonly BatchOutcome<B>[],
  ask: (requests: readonly GraphRequest[]) => Promise<readonly BatchOutcome[]>,
): Promise<BatchOutcome<B>[]> {
  const followed = [...outcomes];
  const pages = outcomes.map(() => 0);
  const fail = (part: number, error: GraphError) => {
    followed[part] = { ok: false, error };
  };
  let trails = outcomes.flatMap((outcome, part) => (outcome.ok ? startTrails(outcome.body, part, requests) : []));
  while (trails.length > 0) {
    const answers = await askForPages(trails, ask);
    const next: Trail[] = [];
    for (const [index, trail] of trails.entries()) {
      const { part } = trail;
      const answer = answers[index] as BatchOutcome;
      const count = (pages[part] ?? 0) + 1;
      pages[part] = count;
      const further = answer.ok ? addPage(trail, answer.body) : answer.error;
      if (further instanceof GraphError) fail(part, further);
      else if (further.length > 0 && count >= MAX_FURTHER_PAGES) fail(part, createLengthError());
      else next.push(...further);
    }
    trails = next.filter(({ part }) => followed[part]?.ok);
  }
  return followed;
}

function startTrails(body: unknown, part: number, requests: readonly GraphRequest[]): Trail[] {
  const request = requests[part];
  if (request === undefined || (request.method ?? 'GET') !== 'GET') return [];
  return findOpenEdges(body, request).map((edge) => startTrail(edge, part));
}

function startTrail(edge: OpenEdge, part: number): Trail {
  return { ...edge, part, cursors: new Set([edge.cursor.key]) };
}

/** Where none of the pages could be asked for, the edges fail, and the answers without edges are kept. */
async function askForPages(
  trails: readonly Trail[],
  ask: (requests: readonly GraphRequest[]) => Promise<readonly BatchOutcome[]>,
): Promise<readonly BatchOutcome[]> {
  try {
    return await ask(trails.map(({ request }) => request));
  } catch (error) {
    if (!(error instanceof GraphError) || error.failure === 'expired_token') throw error;
    return trails.map(() => ({ ok: false, error }));
  }
}

/** Adds a page to its edge. Returns what is to be followed because of it: the page after it, and edges in its rows. */
function addPage(trail: Trail, page: unknown): Trail[] | GraphError {
  if (!isEdge(page)) return new GraphError('A further page of an edge has no rows', { failure: 'transient' });
  for (const row of page.data) trail.edge.data.push(row);
  const nested = findNestedEdges(page.data).map((edge) => startTrail(edge, trail.part));
  const next = findNextPage(page, trail.request, trail.edge);
  if (next === undefined || trail.cursors.has(next.cursor.key)) {
    delete trail.edge.paging;
    return nested;
  }
  trail.cursors.add(next.cursor.key);
  return [{ ...trail, ...next }, ...nested];
}

function createLengthError(): GraphError {
  return new GraphError(`An answer of more than ${MAX_FURTHER_PAGES} pages`, { failure: 'too_much_data' });
}
