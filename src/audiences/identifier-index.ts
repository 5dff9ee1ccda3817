import { nameWeak, nameWhole, type PersonRow } from './person-row.ts';

/** Stands in place of a key for rows that only weak ones name. */
const WEAK = 'weak';

/**
 * Rows by their identifiers. Those that share one, directly or by way of others, form a group: as far as can be known, they are all about one person.
 */
export class IdentifierIndex {
  /** By match key and cell. */
  readonly #groups = new Map<string, Map<unknown, Group>>();

  /** The row, and those that it took the place of: they count again if Meta refuses it. */
  registerAll(row: PersonRow): void {
    for (let each: PersonRow | undefined = row; each !== undefined; each = each.previous) this.register(each);
  }

  register(row: PersonRow): void {
    const { shape, cells } = row;
    let group: Group | undefined;
    for (const index of shape.strong) {
      if (cells[index] !== '') group = this.#join(shape.keys[index] as string, cells[index], group);
    }
    (group ?? this.#join(WEAK, nameWeak(row), undefined)).note(row);
  }

  /** In a group of the row's is one of the other operation, and they are not the same person's for sure. */
  conflicts(row: PersonRow): boolean {
    const { shape, cells } = row;
    let isStrong = false;
    for (const index of shape.strong) {
      if (cells[index] === '') continue;
      isStrong = true;
      if (
        this.#groups
          .get(shape.keys[index] as string)
          ?.get(cells[index])
          ?.root.opposes(row)
      )
        return true;
    }
    return !isStrong && this.#groups.get(WEAK)?.get(nameWeak(row))?.root.opposes(row) === true;
  }

  /** The group that the identifier is in by now, made one with the given one. */
  #join(key: string, cell: unknown, group: Group | undefined): Group {
    const groups = this.#groupsOf(key);
    const known = groups.get(cell);
    if (known !== undefined) return group === undefined ? known.root : group.merge(known.root);
    const own = group ?? new Group();
    groups.set(cell, own);
    return own;
  }

  #groupsOf(key: string): Map<unknown, Group> {
    const known = this.#groups.get(key);
    if (known !== undefined) return known;
    const groups = new Map<unknown, Group>();
    this.#groups.set(key, groups);
    return groups;
  }
}

class Group {
  #into: Group | undefined;
  /** What tells its person from all others; undefined where it may be several. */
  #person: Person | undefined;
  #isEmpty = true;
  #adds = false;
  #removes = false;

  /** The group that it has become part of. */
  get root(): Group {
    let root: Group = this;
    while (root.#into !== undefined) root = root.#into;
    if (this !== root) this.#into = root;
    return root;
  }

  note(row: PersonRow): void {
    const person = identify(row);
    if (this.#isEmpty) this.#person = person;
    else if (!isSamePerson(this.#person, person)) this.#person = undefined;
    this.#isEmpty = false;
    if (row.operation === 'add') this.#adds = true;
    else this.#removes = true;
  }

  merge(other: Group): Group {
    if (other === this) return this;
    if (this.#isEmpty) this.#person = other.#person;
    else if (!isSamePerson(this.#person, other.#person)) this.#person = undefined;
    this.#isEmpty &&= other.#isEmpty;
    this.#adds ||= other.#adds;
    this.#removes ||= other.#removes;
    other.#into = this;
    return this;
  }

  opposes(row: PersonRow): boolean {
    return (row.operation === 'add' ? this.#removes : this.#adds) && !isSamePerson(this.#person, identify(row));
  }
}

interface Person {
  readonly key: string;
  readonly cell: unknown;
}

function identify(row: PersonRow): Person {
  const { shape, cells, identity, isPart } = row;
  if (identity >= 0) return { key: shape.keys[identity] as string, cell: cells[identity] };
  return { key: WEAK, cell: isPart ? row : nameWhole(row) };
}

function isSamePerson(one: Person | undefined, other: Person | undefined): boolean {
  return one !== undefined && other !== undefined && one.key === other.key && one.cell === other.cell;
}
