import { EncodedParam } from './encoded-param.ts';
import type { GraphRequest } from './send.ts';

/** Strings as they are, everything else as JSON, `undefined` left out: how Meta reads a query and a form body alike. */
export function encodeParams(params: NonNullable<GraphRequest['params']>): string {
  const plain = new URLSearchParams();
  let encoded = '';
  for (const [name, value] of Object.entries(params)) {
    if (value instanceof EncodedParam) encoded += `&${encodeURIComponent(name)}=${value.text}`;
    else if (value !== undefined) plain.append(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  const text = plain.toString();
  return text === '' ? encoded.slice(1) : text + encoded;
}
