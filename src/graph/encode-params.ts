import { EncodedParam } from './encoded-param.ts';
import type { GraphRequest } from './send.ts';

type Params = NonNullable<GraphRequest['params']>;

/** Strings as they are, everything else as JSON, `undefined` left out: how Meta reads a query and a form body alike. */
export function encodeParams(params: Params): string {
  const plain = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value instanceof EncodedParam) throw new TypeError(`${name} can only be sent in a form body`);
    if (value !== undefined) plain.append(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return plain.toString();
}

/** A form body; in bytes where a parameter is, which then comes last. */
export function encodeForm(params: Params): string | Uint8Array<ArrayBuffer> {
  const encoded = Object.entries(params).filter((entry): entry is [string, EncodedParam] => entry[1] instanceof EncodedParam);
  if (encoded.length === 0) return encodeParams(params);
  const names = new Set(encoded.map(([name]) => name));
  const head = encodeParams(Object.fromEntries(Object.entries(params).filter(([name]) => !names.has(name))));
  const parts = encoded.flatMap(([name, { bytes }]) => [Buffer.from(`&${encodeURIComponent(name)}=`), bytes]);
  const form = Buffer.concat([Buffer.from(head), ...parts]);
  return head === '' ? form.subarray(1) : form;
}
