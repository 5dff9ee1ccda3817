import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import type { HttpServer } from '../../graph/http-server.ts';
import { startHttpServer } from '../../graph/http-server.ts';

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

const JSON_HEADERS = { 'content-type': 'application/json' };
const HALF = '{"data":[{"id":"1';

/** What a real server can do to a call, with the answer as it should be or without it. */
const listeners = {
  'reset before the headers': ({ socket }) => socket.resetAndDestroy(),
  'closed before the headers': ({ socket }) => socket.destroy(),
  'reset within the body': ({ socket }, response) => {
    response.writeHead(200, { ...JSON_HEADERS, 'content-length': 1_000 });
    response.write(HALF, () => socket.resetAndDestroy());
  },
  'truncated body': ({ socket }, response) => {
    response.writeHead(200, { ...JSON_HEADERS, 'content-length': 1_000 });
    response.write(HALF, () => socket.destroySoon());
  },
  'truncated chunks': ({ socket }, response) => {
    response.writeHead(200, JSON_HEADERS);
    response.write(HALF, () => socket.destroySoon());
  },
  'body that stops': (_, response) => {
    response.writeHead(200, JSON_HEADERS);
    response.write(HALF);
  },
  'no answer': () => undefined,
  'broken JSON': (_, response) => response.writeHead(200, JSON_HEADERS).end(HALF),
  'empty body': (_, response) => response.writeHead(200, JSON_HEADERS).end(),
  'HTML page': (_, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sorry</title>'),
  'broken compression': (_, response) => response.writeHead(200, { ...JSON_HEADERS, 'content-encoding': 'gzip' }).end('no gzip'),
  'no HTTP': ({ socket }) => socket.end('hello\r\n\r\n'),
  'redirect loop': ({ url = '/' }, response) => response.writeHead(302, { location: url }).end(),
} as const satisfies Readonly<Record<string, Listener>>;

export const serverFaults = Object.keys(listeners) as (keyof typeof listeners)[];

export function startBrokenServer(fault: (typeof serverFaults)[number]): Promise<HttpServer> {
  return startHttpServer(listeners[fault]);
}

/** An address at which nothing listens. */
export async function findClosedAddress(): Promise<string> {
  const server = createSocketServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}
