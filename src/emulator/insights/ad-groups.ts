import type { Item } from '../world/kind.ts';
import { walkItems } from '../world/walk.ts';
import type { World } from '../world/world.ts';
import type { InsightsFilter } from './insights-filter.ts';
import type { InsightsLevel } from './insights-request.ts';

/** The ads that a report is about, gathered by the entity each row is for; some integers an ad. */
export interface AdGroups {
  readonly slot: number;
  /** Index of each entity, newest first. */
  readonly entities: Int32Array;
  /** The ads of entity `n` are `ads[starts[n]]` to below `ads[starts[n + 1]]`. */
  readonly starts: Int32Array;
  readonly ads: Int32Array;
}

export interface AdSelection {
  readonly node: Item;
  readonly level: InsightsLevel;
  readonly filter: InsightsFilter;
}

/** Archived ads take part unasked. Deleted ones only where a condition names statuses, or where the object called is itself deleted. */
export function gatherAds(world: World, { node, level, filter }: AdSelection): AdGroups {
  const showsDeleted = filter.namesStatus || isDeleted(world, node);
  const entityOf = findEntity(world, level);
  const byEntity = new Map<number, number[]>();
  for (const ad of node.kind === 'ad' ? [node] : walkItems(world, { kind: 'ad', scope: node, direction: 'newest_first' })) {
    if (!filter.accepts(ad) || (!showsDeleted && isDeleted(world, ad))) continue;
    const entity = entityOf(ad);
    const known = byEntity.get(entity);
    if (known === undefined) byEntity.set(entity, [ad.index]);
    else known.push(ad.index);
  }
  return flatten(node.slot, byEntity);
}

function isDeleted(world: World, { kind, slot, index }: Item): boolean {
  return (kind === 'campaign' || kind === 'adset' || kind === 'ad') && world.effectiveStatus({ kind, slot, index }) === 'DELETED';
}

function findEntity(world: World, level: InsightsLevel): (ad: Item) => number {
  if (level === 'ad') return ({ index }) => index;
  if (level === 'adset') return (ad) => world.adSetOf(ad).index;
  if (level === 'campaign') return (ad) => world.campaignOf(ad).index;
  return () => 0;
}

function flatten(slot: number, byEntity: ReadonlyMap<number, readonly number[]>): AdGroups {
  const entities = new Int32Array(byEntity.size);
  const starts = new Int32Array(byEntity.size + 1);
  const ads = new Int32Array([...byEntity.values()].reduce((sum, list) => sum + list.length, 0));
  let at = 0;
  for (const [entity, list] of byEntity) {
    entities[at] = entity;
    ads.set(list, starts[at] ?? 0);
    starts[at + 1] = (starts[at] ?? 0) + list.length;
    at += 1;
  }
  return { slot, entities, starts, ads };
}
