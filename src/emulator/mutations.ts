import type { Clock } from '../runtime.ts';
import { type Kind, kinds } from './world/kind.ts';
import type { World } from './world/world.ts';

export interface TouchOptions {
  /** Epoch milliseconds of the update; default now. */
  readonly at?: number;
  /** Fields to set; default a new name. */
  readonly patch?: Readonly<Record<string, unknown>>;
}

export interface AddOptions {
  /** Digits of the ad account. */
  readonly account: string;
  /** Id of the campaign of a new ad set, or of the ad set of a new ad; default the newest one. */
  readonly parent?: string;
}

/** Changes to the world while it is being read. */
export class Mutations {
  readonly #readWorld: () => World;
  readonly #clock: Clock;

  constructor(readWorld: () => World, clock: Clock) {
    this.#readWorld = readWorld;
    this.#clock = clock;
  }

  /** Moves the object's `updated_time` and changes something about it. */
  touch(kind: Kind, id: string, options: TouchOptions = {}): void {
    const { at = this.#clock.now(), patch = { name: `Touched at ${at}` } } = options;
    this.#checkExists(kind, id);
    this.#readWorld().overlay.change(id, { updatedMs: Math.floor(at / 1000) * 1000, patch });
  }

  /** Takes the object away for good: unlike one with the status DELETED, it cannot even be read by its id. */
  remove(kind: Kind, id: string): void {
    this.#checkExists(kind, id);
    this.#readWorld().overlay.remove(id);
  }

  /** Creates an object, newer than all others, and returns its id. */
  add(kind: Kind, { account, parent }: AddOptions): string {
    const world = this.#readWorld();
    const slot = world.slotOf(account);
    if (slot === undefined || kind === 'account') throw new RangeError(`cannot add a ${kind} to account ${account}`);
    const parentKind = kind === 'ad' ? 'adset' : 'campaign';
    const parentItem = parent === undefined ? undefined : world.find(parent);
    if (parent !== undefined && (parentItem?.kind !== parentKind || parentItem.slot !== slot)) {
      throw new RangeError(`${parent} is no ${parentKind} of account ${account}`);
    }
    const parentIndex = parentItem?.index ?? world.count(parentKind, slot) - 1;
    const position = world.overlay.add(kind, slot, { createdMs: Math.floor(this.#clock.now() / 1000) * 1000, parentIndex });
    return world.idOf({ kind, slot, index: world.baseCount(kind) + position });
  }

  #checkExists(kind: Kind, id: string): void {
    if (!kinds.includes(kind)) throw new RangeError(`${kind} is not a kind of object`);
    if (this.#readWorld().find(id)?.kind !== kind) throw new RangeError(`no ${kind} has the id ${id}`);
  }
}
