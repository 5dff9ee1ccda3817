import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { FetchHeaders, FetchResponse } from '../runtime.ts';

/** Bytes are unpacked in pieces of this size: each costs a turn of a thread and of the event loop. */
const UNPACKED_BYTES = 256 * 1024;
const GZIP: ReadonlySet<string | undefined> = new Set(['gzip', 'x-gzip']);
const BODILESS_STATUSES: ReadonlySet<number | undefined> = new Set([204, 304]);

export function createResponse(message: IncomingMessage): FetchResponse {
  return { status: message.statusCode ?? 0, headers: new MessageHeaders(message.headers), body: openBody(message) };
}

/** A body that breaks off fails whoever reads it, and nobody else. */
function openBody(message: IncomingMessage): Readable {
  message.on('error', () => undefined);
  const { 'content-encoding': coding, 'content-length': length } = message.headers;
  const isEmpty = length === '0' || BODILESS_STATUSES.has(message.statusCode);
  if (isEmpty || !GZIP.has(coding?.trim().toLowerCase())) return message;
  return pipeline(message, createGunzip({ chunkSize: UNPACKED_BYTES }), () => undefined);
}

class MessageHeaders implements FetchHeaders {
  readonly #headers: IncomingHttpHeaders;

  constructor(headers: IncomingHttpHeaders) {
    this.#headers = headers;
  }

  get(name: string): string | null {
    const value = this.#headers[name.toLowerCase()];
    return value === undefined ? null : join(value);
  }

  *[Symbol.iterator](): Generator<[name: string, value: string]> {
    for (const [name, value] of Object.entries(this.#headers)) if (value !== undefined) yield [name, join(value)];
  }
}

function join(value: string | readonly string[]): string {
  return typeof value === 'string' ? value : value.join(', ');
}
