import type { Item, Kind } from '../world/kind.ts';
import type { World } from '../world/world.ts';

/** Edges that list objects: below an account, and those below the other kinds. */
export const edgeKinds: Readonly<Partial<Record<Kind, Readonly<Record<string, Kind>>>>> = {
  account: {
    campaigns: 'campaign',
    adsets: 'adset',
    ads: 'ad',
    adcreatives: 'creative',
    adimages: 'image',
    advideos: 'video',
    activities: 'activity',
    customaudiences: 'audience',
    customconversions: 'conversion',
  },
  campaign: { adsets: 'adset', ads: 'ad' },
  adset: { ads: 'ad' },
  ad: { adcreatives: 'creative' },
};

export function findEdgeKind(parent: Kind, edge: string): Kind | undefined {
  const edges = edgeKinds[parent];
  return edges !== undefined && Object.hasOwn(edges, edge) ? edges[edge] : undefined;
}

/** Fields that hold another object, which can be expanded in braces. */
export function findRelation(
  kind: Kind,
  field: string,
): { readonly kind: Kind; readonly follow: (item: Item, world: World) => Item } | undefined {
  if (kind === 'ad' && field === 'creative') return { kind: 'creative', follow: (item, world) => world.creativeOf(item) };
  if (kind === 'ad' && field === 'adset') return { kind: 'adset', follow: (item, world) => world.adSetOf(item) };
  if ((kind === 'ad' || kind === 'adset') && field === 'campaign') {
    return { kind: 'campaign', follow: (item, world) => world.campaignOf(item) };
  }
  return undefined;
}
