import type { Item } from '../world/kind.ts';
import type { World } from '../world/world.ts';

/** Walks under way at the same time; the oldest is forgotten. */
const MAX_ENTRIES = 16;

interface Entry {
  readonly world: World;
  readonly version: number;
  readonly items: readonly Item[];
}

/**
 * What a filter lets through, newest first, kept between the pages of a walk: an index, without which each page of a filtered walk would look at every
 * object of the account again. A change to the world makes it worthless.
 */
export class MatchCache {
  readonly #entries = new Map<string, Entry>();

  find(world: World, key: string, list: () => readonly Item[]): readonly Item[] {
    const known = this.#entries.get(key);
    if (known?.world === world && known.version === world.overlay.version) return known.items;
    const items = list();
    this.#entries.delete(key);
    this.#entries.set(key, { world, version: world.overlay.version, items });
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > MAX_ENTRIES && oldest !== undefined) this.#entries.delete(oldest);
    return items;
  }
}

/** The items behind `fromIndex` in the direction walked; `items` descend by index. */
export function* walkMatches(
  items: readonly Item[],
  direction: 'newest_first' | 'oldest_first',
  fromIndex?: number,
): Generator<Item> {
  if (direction === 'newest_first') {
    for (let at = fromIndex === undefined ? 0 : countAbove(items, fromIndex - 1); at < items.length; at += 1)
      yield items[at] as Item;
    return;
  }
  for (let at = (fromIndex === undefined ? items.length : countAbove(items, fromIndex)) - 1; at >= 0; at -= 1)
    yield items[at] as Item;
}

/** How many items have an index above `index`. */
function countAbove(items: readonly Item[], index: number): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((items[middle] as Item).index > index) low = middle + 1;
    else high = middle;
  }
  return low;
}
