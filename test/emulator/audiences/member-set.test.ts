import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemberSet } from '../../../src/emulator/audiences/member-set.ts';

describe('a set of members', () => {
  /** The slow way: a list of sets of identifiers. */
  class PlainSet {
    people: Set<string>[] = [];

    add(row: readonly string[]): void {
      const names = new Set(toNames(row));
      const [same, others] = [this.#sharing(names), this.people.filter((person) => person.isDisjointFrom(names))];
      this.people = [...others, same.reduce((all, person) => all.union(person), names)];
    }

    remove(row: readonly string[]): void {
      const names = new Set(toNames(row));
      this.people = this.people.filter((person) => person.isDisjointFrom(names));
    }

    #sharing(names: Set<string>): Set<string>[] {
      return this.people.filter((person) => !person.isDisjointFrom(names));
    }
  }

  const keys = ['EMAIL', 'PHONE', 'FN'];
  const toNames = (row: readonly string[]) => {
    const strong = ['EMAIL', 'PHONE'].flatMap((key, at) => (row[at] === '' ? [] : [`${key}:${row[at]}`]));
    return strong.length > 0 ? strong : [`FN:${row[2]}`];
  };
  const cell = fc.constantFrom('', 'a', 'b', 'c', 'd', 'e');
  const step = fc.record({ isAdd: fc.boolean(), row: fc.tuple(cell, cell, fc.constantFrom('x', 'y', 'z')) });

  it('holds the same people as a plain list of sets, whatever is added and removed', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const members = new MemberSet();
        const plain = new PlainSet();
        for (const { isAdd, row } of steps) {
          if (isAdd) members.add(keys, [row]);
          else members.remove(members.find(keys, [row]));
          plain[isAdd ? 'add' : 'remove'](row);
        }
        const toText = (people: Iterable<Iterable<string>>) => [...people].map((names) => [...names].sort().join(' ')).sort();
        expect(toText(members.list().map(({ identifiers }) => identifiers))).toEqual(toText(plain.people));
        expect(members.size).toBe(plain.people.length);
      }),
    );
  });
});
