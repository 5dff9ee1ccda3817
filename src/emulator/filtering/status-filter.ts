import { createParameterError, GraphApiError } from '../graph-api-error.ts';
import type { Params } from '../params.ts';
import type { Item } from '../world/kind.ts';
import type { StatusKind } from '../world/status.ts';
import type { World } from '../world/world.ts';
import { parseLaxJson } from './lax-json.ts';

const campaignStatuses = ['ACTIVE', 'PAUSED', 'DELETED', 'ARCHIVED', 'IN_PROCESS', 'WITH_ISSUES'];
const adSetStatuses = [...campaignStatuses, 'CAMPAIGN_PAUSED'];

export const effectiveStatuses: Readonly<Record<StatusKind, readonly string[]>> = {
  campaign: campaignStatuses,
  adset: adSetStatuses,
  ad: [...adSetStatuses, 'ADSET_PAUSED', 'DISAPPROVED', 'PENDING_BILLING_INFO', 'PENDING_REVIEW', 'PREAPPROVED'],
};

const hidden: ReadonlySet<string> = new Set(['ARCHIVED', 'DELETED']);

export interface StatusFilterOptions {
  readonly kind: StatusKind;
  readonly params: Params;
  /** `filtering` names statuses already. */
  readonly namedElsewhere: boolean;
  /** Answer 1815001 when the parameter asks for deleted objects. */
  readonly rejectDeleted: boolean;
}

/** What the `effective_status` parameter lets through; without it and without another status filter, archived and deleted objects stay hidden. */
export function compileStatusFilter(world: World, options: StatusFilterOptions): (item: Item) => boolean {
  const { kind, params } = options;
  const statusOf = ({ slot, index }: Item) => world.effectiveStatus({ kind, slot, index });
  const text = params.get('effective_status');
  if (text === undefined) return options.namedElsewhere ? () => true : (item) => !hidden.has(statusOf(item));
  const wanted = new Set(parseStatuses(text, kind));
  if (options.rejectDeleted && wanted.has('DELETED')) {
    throw new GraphApiError('Invalid parameter', {
      code: 100,
      subcode: 1815001,
      isTransient: false,
      userTitle: 'Cannot Request Deleted Objects',
      userMessage: 'Deleted objects cannot be requested this way.',
    });
  }
  return (item) => wanted.has(statusOf(item));
}

function parseStatuses(text: string, kind: StatusKind): readonly string[] {
  let list: unknown;
  try {
    list = text.trimStart().startsWith('[') ? parseLaxJson(text) : text.split(',');
  } catch {
    list = undefined;
  }
  if (!Array.isArray(list)) throw createParameterError('param effective_status must be an array.');
  const known = effectiveStatuses[kind];
  const wrong = list.findIndex((status) => !known.includes(String(status)));
  if (wrong >= 0)
    throw createParameterError(`effective_status[${wrong}] must be one of the following values: ${known.join(', ')}`);
  return list.map(String);
}
