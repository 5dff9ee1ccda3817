import type { GraphClient } from './client.ts';
import { GraphError, type GraphFailure } from './graph-error.ts';
import type { GraphRequest } from './send.ts';

const FIELD_FAILURES: ReadonlySet<GraphFailure> = new Set<GraphFailure>(['invalid', 'forbidden']);

export interface FieldSearch {
  readonly request: GraphRequest;
  /** The fields with which `request` fails. */
  readonly fields: readonly string[];
  /** Fields known to need a permission of their own: asked for one by one, the others together. */
  readonly suspects?: readonly string[];
}

export interface FieldSearchResult {
  /** Each field that the request fails with when it asks for nothing else, with Meta's reason. */
  readonly refused: ReadonlyMap<string, GraphError>;
  /** The request fails even with `id` alone: the fields are not to blame. */
  readonly isIdRefused: boolean;
}

/** The refused fields of `searchRefusedFields`; empty when the fields are not to blame. */
export async function findRefusedFields(graph: GraphClient, search: FieldSearch): Promise<ReadonlyMap<string, GraphError>> {
  return (await searchRefusedFields(graph, search)).refused;
}

/** Finds which of the fields make the request fail, by halving. Costs one call for each half: about 2·log2(n) for one bad field of n. */
export async function searchRefusedFields(graph: GraphClient, search: FieldSearch): Promise<FieldSearchResult> {
  const { request } = search;
  const refused = new Map<string, GraphError>();
  if ((await probe(graph, request, ['id'])) !== undefined) return { refused, isIdRefused: true };
  const open = firstParts(search);
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const error = await probe(graph, request, part);
    if (error === undefined) continue;
    if (part.length === 1) refused.set(part[0] as string, error);
    else open.push(...halves(part));
  }
  return { refused, isIdRefused: false };
}

function firstParts({ fields, suspects = [] }: FieldSearch): (readonly string[])[] {
  const suspected = fields.filter((field) => suspects.includes(field));
  if (suspected.length === 0) return halves(fields);
  const others = fields.filter((field) => !suspects.includes(field));
  return [others, ...suspected.map((field) => [field])].filter((part) => part.length > 0);
}

function halves(fields: readonly string[]): (readonly string[])[] {
  if (fields.length <= 1) return [fields];
  const middle = Math.ceil(fields.length / 2);
  return [fields.slice(0, middle), fields.slice(middle)];
}

/** The error that asking for `fields` gives, if it is one that fields can cause; any other, one object's fault included, is thrown. */
async function probe(graph: GraphClient, request: GraphRequest, fields: readonly string[]): Promise<GraphError | undefined> {
  try {
    await graph.send({ ...request, params: { ...request.params, fields: fields.join(',') } });
    return undefined;
  } catch (error) {
    if (error instanceof GraphError && FIELD_FAILURES.has(error.failure) && error.details.remedy === undefined) return error;
    throw error;
  }
}
