import { findEdgeKind } from './edges/edge-table.ts';
import type {
  InsightsTotals,
  InsightsTruth,
  InsightsTruthQuery,
  InsightsTruthRange,
  InsightsTruthRow,
} from './insights/insights-truth.ts';
import { readObject } from './world/fields/field-tables.ts';
import type { Item } from './world/kind.ts';
import type { World } from './world/world.ts';

export interface TruthQuery {
  /** Effective statuses wanted; absent: all but ARCHIVED and DELETED, which is what the API lists unasked. */
  readonly statuses?: readonly string[];
  /** Only objects changed later than this; activities by their time. Has no effect on creatives, which do not change. */
  readonly updatedAfterMs?: number;
}

/** What a complete reader must find. It asks the world object by object and shares no paging, filtering or routing with the API. */
export class Truth {
  readonly #readWorld: () => World;
  readonly #insights: InsightsTruth;

  constructor(readWorld: () => World, insights: InsightsTruth) {
    this.#readWorld = readWorld;
    this.#insights = insights;
  }

  /** Ids of the ad accounts, digits only. */
  accounts(): readonly string[] {
    return this.#readWorld().accounts.map(({ id }) => id);
  }

  /** Ids of the objects on an account's edge. Activities have none: theirs are `object_id|event_time|event_type|actor_id`. */
  ids(edge: string, accountId: string, query: TruthQuery = {}): readonly string[] {
    const world = this.#readWorld();
    const slot = world.slotOf(accountId);
    const kind = findEdgeKind('account', edge);
    if (slot === undefined || kind === undefined) throw new RangeError(`no edge ${edge} of account ${accountId}`);
    const ids: string[] = [];
    for (let index = 0; index < world.count(kind, slot); index++) {
      const item: Item = { kind, slot, index };
      if (!world.isRemoved(item) && isWanted(world, item, query)) ids.push(findKey(world, item));
    }
    return ids;
  }

  /** The creative that an ad shows; undefined where there is no such ad or its creative is gone. */
  creativeOf(adId: string): string | undefined {
    const world = this.#readWorld();
    const ad = world.find(adId);
    if (ad?.kind !== 'ad') return undefined;
    const creative = world.creativeOf(ad);
    return world.isRemoved(creative) ? undefined : world.idOf(creative);
  }

  /** The rows a report must give, as they are at an instant (epoch milliseconds, default now). */
  insights(query: InsightsTruthQuery, asOfMs?: number): Generator<InsightsTruthRow> {
    return this.#insights.rows(query, asOfMs);
  }

  /** What additive numbers must add up to, however they are broken down. */
  insightsTotals(query: InsightsTruthRange, asOfMs?: number): InsightsTotals {
    return this.#insights.totals(query, asOfMs);
  }

  /** All fields of an object, whatever its status; undefined where there is none. */
  object(id: string): Record<string, unknown> | undefined {
    const world = this.#readWorld();
    const item = world.find(id);
    return item === undefined ? undefined : readObject(world, item);
  }
}

function isWanted(world: World, item: Item, { statuses, updatedAfterMs }: TruthQuery): boolean {
  const { kind, slot, index } = item;
  if (kind === 'campaign' || kind === 'adset' || kind === 'ad') {
    const status = world.effectiveStatus({ kind, slot, index });
    if (statuses === undefined ? status === 'ARCHIVED' || status === 'DELETED' : !statuses.includes(status)) return false;
  }
  if (updatedAfterMs === undefined || kind === 'creative') return true;
  return (kind === 'activity' ? world.createdMs(item) : world.updatedMs(item)) > updatedAfterMs;
}

function findKey(world: World, item: Item): string {
  if (item.kind !== 'activity') return world.idOf(item);
  const { object_id, event_time, event_type, actor_id } = readObject(world, item);
  return [object_id, event_time, event_type, actor_id].join('|');
}
