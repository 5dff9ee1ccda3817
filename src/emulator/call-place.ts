import type { CallPlace } from './faults/fault-injector.ts';
import type { Operation } from './operation.ts';
import type { UseCase } from './quota/quota.ts';
import type { Site } from './site.ts';

/** What a call is about: whose quota it uses, and the name it is counted under. */
export interface CallTarget {
  /** The edge's name, or `node`, `report` (the run itself), `me`, `ids`, `debug_token`. */
  readonly edge: string;
  /** Digits of the ad account. */
  readonly account: string | undefined;
  readonly useCase: UseCase;
  /** Whether it would change something. A report is asked for by POST, and changes nothing. */
  readonly isWrite: boolean;
}

/** Edges of an account whose calls are those of its custom audiences. */
const audienceEdges: readonly string[] = ['customaudiences', 'usersofanyaudience'];

export function findCallTarget(
  site: Pick<Site, 'world' | 'reports'>,
  { path, method }: Pick<Operation, 'path' | 'method'>,
): CallTarget {
  const place = findPlace(site, path);
  return { ...place, isWrite: method !== 'GET' && place.edge !== 'insights' };
}

/** What of a call a fault can be aimed at. */
export function findCallPlace(
  site: Pick<Site, 'world' | 'reports'>,
  operation: Pick<Operation, 'path' | 'method' | 'params'>,
): Omit<CallPlace, 'inBatch'> {
  const { edge, account, isWrite } = findCallTarget(site, operation);
  const { path, method, params } = operation;
  return { edge, account, isWrite, method, page: params.has('after') ? 'later' : 'first', object: path[0]?.replace(/^act_/, '') };
}

function findPlace({ world, reports }: Pick<Site, 'world' | 'reports'>, path: readonly string[]): Omit<CallTarget, 'isWrite'> {
  const [first, second] = path;
  if (first === undefined) return { edge: 'ids', account: undefined, useCase: 'ads_management' };
  if (first === 'me' || first === 'debug_token') return { edge: second ?? first, account: undefined, useCase: 'ads_management' };
  const run = reports.find(first);
  if (run !== undefined) return { edge: second ?? 'report', account: world.account(run.slot).id, useCase: 'ads_insights' };
  const item = world.find(first);
  const edge = second ?? 'node';
  const isAudience = audienceEdges.includes(edge) || item?.kind === 'audience';
  const useCase = edge === 'insights' ? 'ads_insights' : isAudience ? 'custom_audience' : 'ads_management';
  return { edge, account: item === undefined ? undefined : world.account(item.slot).id, useCase };
}
