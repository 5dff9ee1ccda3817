import type { Item, Kind } from './kind.ts';
import type { World } from './world.ts';

export interface WalkRequest {
  readonly kind: Kind;
  /** The account, campaign, ad set or ad whose objects are walked. */
  readonly scope: Item;
  readonly direction: 'newest_first' | 'oldest_first';
  /** Starts behind the object with this index. */
  readonly fromIndex?: number;
}

/** The objects below `scope`, removed ones left out, whatever their status. */
export function* walkItems(world: World, request: WalkRequest): Generator<Item> {
  const { kind, scope } = request;
  const backwards = request.direction === 'newest_first';
  for (const [low, high] of backwards ? findRanges(world, kind, scope) : findRanges(world, kind, scope).reverse()) {
    const first = backwards ? Math.min(high, request.fromIndex ?? high) - 1 : Math.max(low, (request.fromIndex ?? -1) + 1);
    for (let index = first; backwards ? index >= low : index < high; index += backwards ? -1 : 1) {
      const item: Item = { kind, slot: scope.slot, index };
      if (index >= world.baseCount(kind) && !isBelow(world, item, scope)) continue;
      if (!world.isRemoved(item)) yield item;
    }
  }
}

type Range = readonly [low: number, high: number];

/** Half-open index ranges, newest first: the added objects, then the computed children of the scope. */
function findRanges(world: World, kind: Kind, scope: Item): Range[] {
  const base = world.baseCount(kind);
  const total = world.count(kind, scope.slot);
  if (scope.kind === 'account') return [[0, total]];
  if (kind === 'creative') {
    const { index } = world.creativeOf(scope);
    return [[index, index + 1]];
  }
  const perScope = countPerScope(world, kind, scope);
  const low = Math.min(base, scope.index * perScope);
  return [
    [base, total],
    [low, Math.min(base, low + perScope)],
  ];
}

function countPerScope(world: World, kind: Kind, scope: Item): number {
  const { adSetsPerCampaign, adsPerAdSet } = world.options;
  if (kind === 'adset') return adSetsPerCampaign;
  return scope.kind === 'campaign' ? adSetsPerCampaign * adsPerAdSet : adsPerAdSet;
}

function isBelow(world: World, item: Item, scope: Item): boolean {
  if (scope.kind === 'adset') return world.adSetOf(item).index === scope.index;
  if (scope.kind === 'campaign') return world.campaignOf(item).index === scope.index;
  return true;
}
