import { hash } from 'node:crypto';

/** The SHA-256 of a normal form, as Meta takes it: 64 lower-case hex digits of the UTF-8 text. */
export type HashText = (text: string) => string;

export const hashText: HashText = (text) => hash('sha256', text);

/** Hashes of keys with few values (countries, genders, days): looking one up costs a twentieth of making it. When full it learns no more. */
export class HashCache {
  readonly #known = new Map<string, string>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  readonly hash: HashText = (text) => {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const made = hashText(text);
    if (this.#known.size < this.#limit) this.#known.set(text, made);
    return made;
  };
}
