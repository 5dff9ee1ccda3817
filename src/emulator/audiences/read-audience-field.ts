import { findFieldWriter, writeField } from '../world/fields/field-tables.ts';
import type { Item } from '../world/kind.ts';
import type { World } from '../world/world.ts';

/** One field of an audience as a call would show it now; undefined where it has no value. */
export function readAudienceField(world: World, item: Item, name: string): unknown {
  const text = writeField(world, item, name, findFieldWriter('audience', name));
  return text === undefined ? undefined : JSON.parse(text);
}
