import { GraphApiError } from '../graph-api-error.ts';

/** One entry of `fields`: `ads.limit(5).filtering([…]){id,creative{id}}`. */
export interface FieldSelection {
  readonly name: string;
  /** Modifiers by name, arguments as text: `limit` → `5`. */
  readonly modifiers: readonly (readonly [name: string, argument: string])[];
  readonly children?: readonly FieldSelection[];
  /** The text between the children's braces. */
  readonly childrenSource?: string;
}

/** Reads a comma list or a JSON list. Throws 2500 where the syntax is broken. */
export function parseFields(text: string): readonly FieldSelection[] {
  const trimmed = text.trim();
  if (!trimmed.startsWith('[')) return new FieldParser(trimmed).parse();
  let list: unknown;
  try {
    list = JSON.parse(trimmed);
  } catch {
    throw createSyntaxError('Expected valid JSON', 0, text);
  }
  if (!Array.isArray(list) || !list.every((entry) => typeof entry === 'string'))
    throw createSyntaxError('Expected a list of names', 0, text);
  return list.flatMap((entry) => new FieldParser(entry).parse());
}

class FieldParser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): readonly FieldSelection[] {
    const list = this.#list();
    if (this.#at < this.#text.length) throw this.#error('Expected end of string');
    return list;
  }

  #list(): FieldSelection[] {
    const list = [this.#field()];
    while (this.#accept(',')) list.push(this.#field());
    return list;
  }

  #field(): FieldSelection {
    const name = this.#name();
    const modifiers: (readonly [string, string])[] = [];
    while (this.#accept('.')) modifiers.push([this.#name(), this.#argument()]);
    if (!this.#accept('{')) return { name, modifiers };
    const start = this.#at;
    const children = this.#list();
    const childrenSource = this.#text.slice(start, this.#at);
    if (!this.#accept('}')) throw this.#error('Expected "}"');
    return { name, modifiers, children, childrenSource };
  }

  #name(): string {
    this.#skipSpace();
    const match = /^[A-Za-z0-9_:]+/.exec(this.#text.slice(this.#at, this.#at + 200));
    if (match === null) throw this.#error('Expected a field name');
    this.#at += match[0].length;
    return match[0];
  }

  /** Everything up to the closing parenthesis; brackets and quotes inside are balanced. */
  #argument(): string {
    if (!this.#accept('(')) throw this.#error('Expected "("');
    const start = this.#at;
    let depth = 0;
    let quote = '';
    for (; this.#at < this.#text.length; this.#at++) {
      const character = this.#text.charAt(this.#at);
      if (quote !== '') {
        if (character === '\\') this.#at++;
        else if (character === quote) quote = '';
      } else if (character === '"' || character === "'") quote = character;
      else if ('([{'.includes(character)) depth++;
      else if (')]}'.includes(character)) {
        if (depth === 0) break;
        depth--;
      }
    }
    const argument = this.#text.slice(start, this.#at);
    if (!this.#accept(')')) throw this.#error('Expected ")"');
    return argument.trim();
  }

  #accept(character: string): boolean {
    this.#skipSpace();
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #skipSpace(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++;
  }

  #error(expectation: string): GraphApiError {
    return createSyntaxError(expectation, this.#at, this.#text);
  }
}

function createSyntaxError(expectation: string, at: number, text: string): GraphApiError {
  const found = at < text.length ? `"${text.charAt(at)}"` : 'end of string';
  return new GraphApiError(`Syntax error "${expectation} instead of ${found}." at character ${at}: ${text}`, { code: 2500 });
}
