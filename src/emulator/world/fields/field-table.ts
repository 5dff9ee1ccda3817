import { type JsonText, writeJson } from '../json-text.ts';
import type { Item } from '../kind.ts';
import type { World } from '../world.ts';

/** The JSON of one field; undefined where the object has no value and the field is left out. */
export type FieldWriter = (item: Item, world: World) => JsonText | undefined;

export type FieldTable = Readonly<Record<string, FieldWriter>>;

/** One of a few values, serialised once: heavy values cost no more than a copy. */
export function chooseFrom(salt: number, values: readonly unknown[]): FieldWriter {
  const texts = values.map((value) => (value === undefined ? undefined : writeJson(value)));
  return (item, world) => texts[world.dice(item, salt) % texts.length];
}

/** A value for `percent` of the objects, none for the others. */
export function sometimes(salt: number, percent: number, write: FieldWriter): FieldWriter {
  return (item, world) => (world.dice(item, salt) % 100 < percent ? write(item, world) : undefined);
}

export function always(value: unknown): FieldWriter {
  const text = writeJson(value);
  return () => text;
}

/** The API knows the field, and no object here has a value. */
export const never: FieldWriter = () => undefined;

export function neverFields(names: readonly string[]): FieldTable {
  return Object.fromEntries(names.map((name) => [name, never]));
}

/** An amount in minor units, as a string: `"2500"`. */
export function money(salt: number, minimum: number, maximum: number): FieldWriter {
  return (item, world) => `"${minimum + (world.dice(item, salt) % (maximum - minimum + 1))}"`;
}

export function time(readMs: (item: Item, world: World) => number): FieldWriter {
  return (item, world) => `"${world.account(item.slot).time.format(readMs(item, world))}"`;
}

export function unixSeconds(readMs: (item: Item, world: World) => number): FieldWriter {
  return (item, world) => String(Math.floor(readMs(item, world) / 1000));
}

export const writeId: FieldWriter = (item, world) => `"${world.idOf(item)}"`;
export const writeAccountId: FieldWriter = (item, world) => `"${world.account(item.slot).id}"`;
export const writeCreatedTime = time((item, world) => world.createdMs(item));
export const writeUpdatedTime = time((item, world) => world.updatedMs(item));

/** Replaces the field of a giant object by a text of `giantBytes`, wrapped as the field's shape wants it. */
export function heavy(write: FieldWriter, wrap: (filler: string) => unknown): FieldWriter {
  return (item, world) => (world.isGiant(item) ? writeJson(wrap('x'.repeat(world.options.giantBytes))) : write(item, world));
}
