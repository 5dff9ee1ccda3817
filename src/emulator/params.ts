/** Parameters in the order they came; a name may come more than once, and then the last one counts. */
export class Params {
  readonly entries: readonly (readonly [name: string, value: string])[];

  constructor(entries: Iterable<readonly [string, string]> = []) {
    this.entries = [...entries];
  }

  static parse(text: string): Params {
    return new Params(new URLSearchParams(text));
  }

  get(name: string): string | undefined {
    return this.entries.findLast(([other]) => other === name)?.[1];
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  with(more: Params): Params {
    return new Params([...this.entries, ...more.entries]);
  }

  /** Keeps repeated names, so an address that grows on the way through the API really grows. */
  without(...names: string[]): Params {
    return new Params(this.entries.filter(([name]) => !names.includes(name)));
  }

  toString(): string {
    const search = new URLSearchParams();
    for (const [name, value] of this.entries) search.append(name, value);
    return search.toString();
  }
}
