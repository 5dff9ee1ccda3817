import type { GraphRequest } from './send.ts';

/** Strings as they are, everything else as JSON, `undefined` left out: how Meta reads a query and a form body alike. */
export function encodeParams(params: NonNullable<GraphRequest['params']>): string {
  const encoded = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined) encoded.append(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return encoded.toString();
}
