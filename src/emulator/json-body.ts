import { Params } from './params.ts';

/**
 * The members of a JSON body as parameters: texts as they are, all else in the JSON it was written in, so that long numbers keep their digits and a
 * large value is parsed once, by who needs it. A body that is no JSON object has no parameters.
 */
export function parseJsonBody(text: string): Params {
  try {
    return new Params(splitMembers(text.trim()));
  } catch (error) {
    if (error instanceof SyntaxError) return new Params();
    throw error;
  }
}

function splitMembers(text: string): [name: string, value: string][] {
  if (!text.startsWith('{') || !text.endsWith('}')) throw new SyntaxError('no object');
  const members: [string, string][] = [];
  let name: string | undefined;
  let start = 1;
  let depth = 0;
  for (let at = 1; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') at = findStringEnd(text, at);
    else if (character === '{' || character === '[') depth += 1;
    else if (depth > 0) depth -= character === '}' || character === ']' ? 1 : 0;
    else if (character === ':' && name === undefined) {
      name = readText(text.slice(start, at));
      start = at + 1;
    } else if (character === ',' || character === '}') {
      const value = text.slice(start, at).trim();
      if (name !== undefined && value !== 'null') members.push([name, value.startsWith('"') ? readText(value) : value]);
      name = undefined;
      start = at + 1;
    }
  }
  return members;
}

function findStringEnd(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end > 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  if (end < 0) throw new SyntaxError('a text without an end');
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

function readText(json: string): string {
  const value: unknown = JSON.parse(json);
  if (typeof value !== 'string') throw new SyntaxError('no text');
  return value;
}
