import type { IncomingMessage } from 'node:http';
import process from 'node:process';
import type { Fetch, FetchInit } from '../runtime.ts';
import { CONNECT_LIMIT_MS, limitConnecting } from './limit-connecting.ts';
import { createResponse } from './response.ts';

const MAX_REDIRECTS = 5;
const REDIRECT_STATUSES: ReadonlySet<number | undefined> = new Set([301, 302, 303, 307, 308]);
/** Asked for unless the call says otherwise. */
const HEADERS = { accept: '*/*', 'accept-encoding': 'gzip', 'user-agent': 'node' };

export interface FetchOptions {
  /** How long name, address and TLS of a direct connection may take together; after it the call rejects with the code `CONNECT_TIMEOUT`. Default 10 s. */
  readonly connectMs?: number;
}

/**
 * A `fetch` over Node's own `http`, loaded with the first call. The global one loads four times as much, unpacks answers in pieces of 16 KiB, each with a
 * turn of a thread and of the event loop, and takes a third more of the time of a sync for it. Proxies of the environment (`NODE_USE_ENV_PROXY`) and
 * connections kept alive are those of Node's global agents. Rejects with the network's own error, whose message may quote the URL; a body that breaks off
 * rejects with one of the network's (`ECONNRESET`) or of unpacking (`Z_DATA_ERROR`, `Z_BUF_ERROR`).
 */
export function createFetch({ connectMs = CONNECT_LIMIT_MS }: FetchOptions = {}): Fetch {
  return async (url, init = {}) => {
    const follows = init.redirect !== 'manual' && (init.method ?? 'GET') === 'GET';
    let target = new URL(url);
    let { headers = {} } = init;
    for (let redirects = 0; ; redirects += 1) {
      const message = await exchange(target, { ...init, headers }, connectMs);
      const next = follows ? readRedirect(message, target) : undefined;
      if (next === undefined) return createResponse(message);
      message.destroy();
      if (redirects >= MAX_REDIRECTS) throw new TypeError('too many redirects');
      // What may be a token goes nowhere else.
      if (next.origin !== target.origin) headers = {};
      target = next;
    }
  };
}

function exchange(target: URL, init: FetchInit, connectMs: number): Promise<IncomingMessage> {
  // An `import` would ask the module for all that it exports, and so load the global `fetch` and more along with it.
  const { request } = process.getBuiltinModule(target.protocol === 'https:' ? 'node:https' : 'node:http');
  const { method = 'GET', headers, body, signal } = init;
  const framing = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sent = request(target, {
      method,
      headers: { ...HEADERS, ...headers, ...framing },
      ...(signal === undefined ? {} : { signal }),
    });
    sent.once('socket', (socket) => limitConnecting(socket, connectMs));
    sent.once('response', (message) => {
      // Who has answered before all was sent may never take the rest, which must not be sent any more when its bytes are used for something else.
      message.once('end', () => {
        if (!sent.writableFinished) sent.destroy();
      });
      resolve(message);
    });
    sent.on('error', reject);
    // There are answers, such as an unasked for change of protocol, that end in nothing else.
    sent.once('close', () => reject(Object.assign(new Error('closed without an answer'), { code: 'ECONNRESET' })));
    sent.end(body);
  });
}

function readRedirect({ statusCode, headers }: IncomingMessage, target: URL): URL | undefined {
  if (!REDIRECT_STATUSES.has(statusCode) || headers.location === undefined) return undefined;
  return URL.parse(headers.location, target.href) ?? undefined;
}
