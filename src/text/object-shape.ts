import { CLOSE_BRACE, COMMA, OPEN_BRACE } from './ascii.ts';
import { type JsonScanner, passAny, type Scan } from './json-scanner.ts';
import { KnownName } from './known-name.ts';
import { NameTable } from './name-table.ts';

/**
 * Passes over objects whose members are known. Lists hold hundreds of objects with much the same names in much the same order: which name comes is guessed
 * from the one before, and only compared.
 */
export class ObjectShape {
  readonly #members: NameTable<Member>;
  /** Before the first member. */
  readonly #start = new Member(' ', passAny);
  /** All members whose names are not known. */
  readonly #unknown = new Member(' ', passAny);

  constructor(members: Iterable<readonly [name: string, passValue: Scan]>) {
    this.#members = new NameTable([...members].map(([name, passValue]) => [name, new Member(name, passValue)] as const));
  }

  /** Passes over one object. */
  pass(scanner: JsonScanner): boolean {
    if (!scanner.passByte(OPEN_BRACE)) return false;
    if (scanner.passByte(CLOSE_BRACE)) return true;
    let member = this.#start;
    do {
      const next = this.#passName(scanner, member);
      if (next === undefined || !next.passValue(scanner)) return false;
      member = next;
    } while (scanner.passByte(COMMA));
    return scanner.passByte(CLOSE_BRACE);
  }

  /** Passes over a name and its colon; returns its member. */
  #passName(scanner: JsonScanner, previous: Member): Member | undefined {
    const { next, other } = previous;
    if (next !== undefined && scanner.passKnown(next.name)) return next;
    if (other !== undefined && scanner.passKnown(other.name)) return other;
    if (!scanner.passName()) return undefined;
    const member = this.#members.find(scanner);
    if (member === undefined) return this.#unknown;
    if (previous !== this.#unknown) {
      previous.other = next;
      previous.next = member;
    }
    return member;
  }
}

class Member {
  readonly name: KnownName;
  readonly passValue: Scan;
  /** The member that came behind this one the last time that it was looked up, and the one before that. */
  next: Member | undefined = undefined;
  other: Member | undefined = undefined;

  constructor(name: string, passValue: Scan) {
    this.name = new KnownName(name);
    this.passValue = passValue;
  }
}
