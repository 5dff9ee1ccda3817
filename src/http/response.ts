import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { FetchHeaders, FetchResponse } from '../runtime.ts';

/** Bytes are unpacked in pieces of this size: each costs a turn of a thread and of the event loop. */
const UNPACKED_BYTES = 256 * 1024;
const GZIP: ReadonlySet<string | undefined> = new Set(['gzip', 'x-gzip']);

export function createResponse(message: IncomingMessage): FetchResponse {
  return { status: message.statusCode ?? 0, headers: new MessageHeaders(message.headers), body: openBody(message) };
}

/** A body that breaks off fails whoever reads it, and nobody else. */
function openBody(message: IncomingMessage): AsyncIterable<Uint8Array> {
  message.on('error', () => undefined);
  return GZIP.has(message.headers['content-encoding']?.trim().toLowerCase()) ? unpack(message) : message;
}

async function* unpack(message: IncomingMessage): AsyncGenerator<Uint8Array> {
  const gunzip = pipeline(message, createGunzip({ chunkSize: UNPACKED_BYTES }), () => undefined);
  try {
    yield* gunzip;
  } catch (error) {
    // Gateways say of an empty body too that it is packed.
    if (gunzip.bytesWritten > 0 || !isCutOff(error)) throw error;
  }
}

function isCutOff(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'Z_BUF_ERROR';
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
