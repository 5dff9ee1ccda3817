import { hashIntegers } from '../world/hash.ts';
import type { World } from '../world/world.ts';
import { activityOn, readAdLife } from './ad-life.ts';
import { parseDay } from './calendar.ts';
import type { InsightsOptions, PoisonCell } from './insights-options.ts';
import type { InsightsRequest } from './insights-request.ts';

/** Fields that are sometimes too dear to compute for one ad and day. */
export const poisonableFields: readonly string[] = [
  'unique_actions',
  'cost_per_unique_action_type',
  'video_p100_watched_actions',
  'website_purchase_roas',
  'estimated_ad_recallers',
];

const SALT_POISON = 0x60d5;

/** Whether a report about these ads contains something that can not be computed. */
export function isPoisoned(
  { poisonCells, poisonCellEvery }: InsightsOptions,
  { world, request, ads }: { readonly world: World; readonly request: InsightsRequest; readonly ads: Int32Array },
): boolean {
  if (poisonCells.length > 0) {
    const indexes = new Set(ads);
    if (poisonCells.some((cell) => contains(cell, { world, request, indexes }))) return true;
  }
  return poisonCellEvery > 0 && containsDrawn(poisonCellEvery, { world, request, ads });
}

function contains(
  cell: PoisonCell,
  {
    world,
    request,
    indexes,
  }: { readonly world: World; readonly request: InsightsRequest; readonly indexes: ReadonlySet<number> },
): boolean {
  if (cell.level !== undefined && cell.level !== request.level) return false;
  if (cell.field !== undefined && !request.fields.includes(cell.field)) return false;
  if (cell.breakdown !== undefined && !request.breakdowns.includes(cell.breakdown)) return false;
  if (cell.window !== undefined && !request.windows.includes(cell.window)) return false;
  if (cell.day !== undefined) {
    const day = parseDay(cell.day);
    if (day === undefined) throw new RangeError(`the day of a poison cell is YYYY-MM-DD, not ${cell.day}`);
    if (!request.buckets.some(({ since, until }) => since <= day && day <= until)) return false;
  }
  if (cell.adId === undefined) return indexes.size > 0;
  const ad = world.find(cell.adId);
  return ad?.kind === 'ad' && ad.slot === request.node.slot && indexes.has(ad.index);
}

/** Every ad and day with delivery has its chance, and one field that it can hit. */
function containsDrawn(
  every: number,
  { world, request, ads }: { readonly world: World; readonly request: InsightsRequest; readonly ads: Int32Array },
): boolean {
  const asked = poisonableFields.map((name) => request.fields.includes(name));
  if (!asked.includes(true)) return false;
  for (const index of ads) {
    const life = readAdLife(world, { kind: 'ad', slot: request.node.slot, index });
    for (const { since, until } of request.buckets) {
      for (let day = Math.max(since, life.firstDay); day <= Math.min(until, life.lastDay); day++) {
        const dice = hashIntegers(life.dice, day, 5, SALT_POISON);
        const field = (dice >>> 16) % poisonableFields.length;
        if (dice % every === 0 && asked[field] === true && activityOn(life, day) === 'delivers') return true;
      }
    }
  }
  return false;
}
