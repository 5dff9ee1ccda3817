import type { UploadRow } from './audience-keys.ts';
import { IdentifierIndex, type People } from './identifier-index.ts';
import { compileLimitedUse, type LimitedUse } from './limited-use.ts';
import type { Member } from './member.ts';

const NOBODY = -1;

/**
 * The people of an audience. Two rows that share an identifier mean one person, also afterwards, when a third row brings two people together. Of a row
 * nothing is kept but its identifiers, and a person is a number, so that an audience may have millions.
 */
export class MemberSet {
  /** Its numbers may be of people who have been merged or removed since. */
  readonly #index = new IdentifierIndex();
  /** For each person the one they were merged into: themselves as long as they stand alone, nobody after removal. */
  readonly #merged: number[] = [];
  readonly #values = new Map<number, number>();
  readonly #limitedUses = new Map<number, LimitedUse>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Adds valid rows, the cells of each in the order of the keys. */
  add(keys: readonly string[], rows: readonly UploadRow[]): void {
    const visitIdentifiers = this.#index.compileVisit(keys);
    const valueAt = keys.indexOf('LOOKALIKE_VALUE');
    const readLimitedUse = compileLimitedUse(keys);
    let person = NOBODY;
    const gather = (people: People, name: string) => {
      person = this.#merge(person, this.#find(people.get(name)));
    };
    const claim = (people: People, name: string) => people.set(name, person);
    const claimIfFree = (people: People, name: string) => {
      if (this.#find(people.get(name)) === NOBODY) people.set(name, person);
    };
    for (const row of rows) {
      person = NOBODY;
      visitIdentifiers(row, gather);
      const isNew = person === NOBODY;
      if (isNew) person = this.#create();
      visitIdentifiers(row, isNew ? claim : claimIfFree);
      setOrDelete(this.#values, person, valueAt < 0 ? undefined : Number(row[valueAt]));
      setOrDelete(this.#limitedUses, person, readLimitedUse(row));
    }
  }

  /** The people whom these rows mean. */
  find(keys: readonly string[], rows: readonly UploadRow[]): ReadonlySet<number> {
    const visitIdentifiers = this.#index.compileVisit(keys);
    const found = new Set<number>();
    const collect = (people: People, name: string) => found.add(this.#find(people.get(name)));
    for (const row of rows) visitIdentifiers(row, collect);
    found.delete(NOBODY);
    return found;
  }

  remove(people: ReadonlySet<number>): void {
    for (const person of people) {
      this.#merged[person] = NOBODY;
      this.#values.delete(person);
      this.#limitedUses.delete(person);
    }
    this.#size -= people.size;
  }

  has(identifier: string): boolean {
    return this.#find(this.#index.get(identifier)) !== NOBODY;
  }

  /** Everybody, in the order in which they first came. */
  list(): readonly Member[] {
    const identifiers = new Map<number, string[]>();
    for (const [identifier, number] of this.#index.entries()) {
      const person = this.#find(number);
      const known = identifiers.get(person);
      if (known !== undefined) known.push(identifier);
      else if (person !== NOBODY) identifiers.set(person, [identifier]);
    }
    return [...identifiers]
      .sort(([a], [b]) => a - b)
      .map(([person, names]) => {
        const value = this.#values.get(person);
        const limitedUse = this.#limitedUses.get(person);
        return {
          identifiers: names.sort(),
          ...(value === undefined ? {} : { value }),
          ...(limitedUse === undefined ? {} : { limitedUse }),
        };
      });
  }

  #create(): number {
    this.#size += 1;
    const person = this.#merged.length;
    this.#merged.push(person);
    return person;
  }

  /** Who a number stands for by now. */
  #find(number: number | undefined): number {
    let person = number ?? NOBODY;
    while (person !== NOBODY && this.#merged[person] !== person) person = this.#merged[person] ?? NOBODY;
    return person;
  }

  #merge(one: number, other: number): number {
    if (one === NOBODY || one === other) return other === NOBODY ? one : other;
    if (other === NOBODY) return one;
    const [kept, lost] = one < other ? [one, other] : [other, one];
    this.#merged[lost] = kept;
    this.#values.delete(lost);
    this.#limitedUses.delete(lost);
    this.#size -= 1;
    return kept;
  }
}

function setOrDelete<V>(map: Map<number, V>, key: number, value: V | undefined): void {
  if (value !== undefined) map.set(key, value);
  else if (map.size > 0) map.delete(key);
}
