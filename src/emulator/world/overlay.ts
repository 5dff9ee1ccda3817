import type { Item, Kind } from './kind.ts';

/** Fields that replace the computed ones; null or undefined takes the value away. The two statuses also act on the object's children. */
export interface ObjectPatch {
  readonly status?: unknown;
  readonly effective_status?: unknown;
  readonly [field: string]: unknown;
}

/** What was changed about one object since the world began. */
export interface ObjectChange {
  readonly updatedMs: number;
  readonly patch: ObjectPatch;
}

/** An object that was not there when the world began. */
export interface AddedObject {
  readonly createdMs: number;
  /** Index of the parent: the campaign of an ad set, the ad set of an ad. */
  readonly parentIndex: number;
}

/** The mutations on top of a computed world; small, because only what was touched is in it. */
export class Overlay {
  readonly #changes = new Map<string, ObjectChange>();
  readonly #removed = new Set<string>();
  readonly #added = new Map<string, AddedObject[]>();
  #version = 0;

  /** Grows with every mutation. */
  get version(): number {
    return this.#version;
  }

  change(id: string, change: ObjectChange): void {
    this.#version += 1;
    const before = this.#changes.get(id);
    this.#changes.set(id, { updatedMs: change.updatedMs, patch: { ...before?.patch, ...change.patch } });
  }

  changeOf(id: string): ObjectChange | undefined {
    return this.#changes.size === 0 ? undefined : this.#changes.get(id);
  }

  remove(id: string): void {
    this.#version += 1;
    this.#removed.add(id);
  }

  isRemoved(id: string): boolean {
    return this.#removed.size > 0 && this.#removed.has(id);
  }

  /** Returns the position of the new object among the added ones of its kind and account. */
  add(kind: Kind, slot: number, added: AddedObject): number {
    this.#version += 1;
    const list = this.#listOf(kind, slot);
    return list.push(added) - 1;
  }

  countAdded(kind: Kind, slot: number): number {
    return this.#added.get(`${kind}:${slot}`)?.length ?? 0;
  }

  addedAt(item: Item, baseCount: number): AddedObject | undefined {
    if (item.index < baseCount) return undefined;
    return this.#added.get(`${item.kind}:${item.slot}`)?.[item.index - baseCount];
  }

  get isEmpty(): boolean {
    return this.#changes.size === 0 && this.#removed.size === 0;
  }

  #listOf(kind: Kind, slot: number): AddedObject[] {
    const key = `${kind}:${slot}`;
    const known = this.#added.get(key);
    if (known !== undefined) return known;
    const list: AddedObject[] = [];
    this.#added.set(key, list);
    return list;
  }
}
