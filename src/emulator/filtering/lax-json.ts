/** Reads JSON and what the Graph API takes for JSON: bare keys and words, single quotes, trailing commas. Throws a `SyntaxError`. */
export function parseLaxJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return new LaxParser(text).parse();
  }
}

class LaxParser {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#tokens = text.match(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[[\]{}:,]|[^\s[\]{}:,"']+/g) ?? [];
  }

  parse(): unknown {
    const value = this.#value();
    if (this.#at < this.#tokens.length) throw new SyntaxError('text after the value');
    return value;
  }

  #value(): unknown {
    const token = this.#next();
    if (token === '[') return this.#list();
    if (token === '{') return this.#object();
    if (/^["']/.test(token)) return unquote(token);
    if (/^[\]}:,]$/.test(token)) throw new SyntaxError(`unexpected ${token}`);
    if (token === 'true' || token === 'false') return token === 'true';
    if (token === 'null') return null;
    return /^-?\d+(\.\d+)?$/.test(token) && Number.isSafeInteger(Math.trunc(Number(token))) ? Number(token) : token;
  }

  #list(): unknown[] {
    const list: unknown[] = [];
    while (!this.#accept(']')) {
      list.push(this.#value());
      if (!this.#accept(',') && this.#tokens[this.#at] !== ']') throw new SyntaxError('expected , or ]');
    }
    return list;
  }

  #object(): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    while (!this.#accept('}')) {
      const key = this.#next();
      if (!this.#accept(':')) throw new SyntaxError('expected :');
      object[/^["']/.test(key) ? unquote(key) : key] = this.#value();
      if (!this.#accept(',') && this.#tokens[this.#at] !== '}') throw new SyntaxError('expected , or }');
    }
    return object;
  }

  #next(): string {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new SyntaxError('unexpected end');
    return token;
  }

  #accept(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }
}

function unquote(token: string): string {
  return token.slice(1, -1).replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character));
}
