import { createFaultError } from '../faults/fault-error.ts';
import type { Item } from '../world/kind.ts';
import type { World } from '../world/world.ts';
import { readAudienceField } from './read-audience-field.ts';

/** Who is added to a value-based audience must have a value, and to others nobody may. */
export function checkValueKey(world: World, item: Item, keys: readonly string[]): void {
  const isValueBased = readAudienceField(world, item, 'is_value_based') === true;
  const hasValue = keys.includes('LOOKALIKE_VALUE');
  if (isValueBased && !hasValue) throw createFaultError('value_missing_100');
  if (!isValueBased && hasValue) throw createFaultError('value_unexpected_100');
}
