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
}

export function findCallTarget(
  { world, reports }: Pick<Site, 'world' | 'reports'>,
  { path }: Pick<Operation, 'path'>,
): CallTarget {
  const [first, second] = path;
  if (first === undefined) return { edge: 'ids', account: undefined, useCase: 'ads_management' };
  if (first === 'me' || first === 'debug_token') return { edge: second ?? first, account: undefined, useCase: 'ads_management' };
  const run = reports.find(first);
  if (run !== undefined) return { edge: second ?? 'report', account: world.account(run.slot).id, useCase: 'ads_insights' };
  const item = world.find(first);
  const edge = second ?? 'node';
  const isAudience = edge === 'customaudiences' || item?.kind === 'audience';
  const useCase = edge === 'insights' ? 'ads_insights' : isAudience ? 'custom_audience' : 'ads_management';
  return { edge, account: item === undefined ? undefined : world.account(item.slot).id, useCase };
}
