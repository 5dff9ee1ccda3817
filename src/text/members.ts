/** A member of an object in a JSON text. Positions are indexes of UTF-16 units in the text. */
export interface Member {
  readonly key: string;
  /** The quotation mark that begins the key. */
  readonly start: number;
  readonly valueStart: number;
  /** Behind the value's last unit. */
  readonly end: number;
}

/**
 * The members of the object whose brace stands at `start`, in the order of the text, keys that come twice included. The text must be JSON that has been
 * parsed: it is walked, not checked. With the positions a text can be changed in one place and kept to the letter everywhere else.
 */
export function listMembers(text: string, start: number): readonly Member[] {
  const members: Member[] = [];
  let at = skipSpace(text, start + 1);
  while (text[at] === '"') {
    const keyEnd = skipString(text, at);
    const valueStart = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const end = skipValue(text, valueStart);
    members.push({ key: JSON.parse(text.slice(at, keyEnd)) as string, start: at, valueStart, end });
    at = skipSpace(text, skipSpace(text, end) + 1);
  }
  return members;
}

function skipValue(text: string, start: number): number {
  const first = text[start];
  if (first === '"') return skipString(text, start);
  if (first !== '{' && first !== '[') return skipScalar(text, start);
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const unit = text[at];
    if (unit === '"') at = skipString(text, at) - 1;
    else if (unit === '{' || unit === '[') depth += 1;
    else if (unit === '}' || unit === ']') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
}

/** No pattern: one that steps over escapes would keep a way back for each, and there may be millions. */
function skipString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let escapes = 0;
    while (text[quote - 1 - escapes] === '\\') escapes += 1;
    if (escapes % 2 === 0) return quote + 1;
  }
  return text.length;
}

function skipScalar(text: string, start: number): number {
  let at = start;
  while (at < text.length && !',]} \t\n\r'.includes(text[at] as string)) at += 1;
  return at;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (at < text.length && ' \t\n\r'.includes(text[at] as string)) at += 1;
  return at;
}
