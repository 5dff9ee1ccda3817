import { execFile } from 'node:child_process';
import type { IncomingMessage, RequestListener } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Socket } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { findNetworkCode } from '../../src/graph/network-code.ts';
import { createFetch } from '../../src/http/create-fetch.ts';
import type { FetchInit, FetchResponse } from '../../src/runtime.ts';
import { startHttpServer } from '../graph/http-server.ts';

const run = promisify(execFile);

/** One call of a server that answers as it is told to. */
async function call<T>(listener: RequestListener, use: (response: FetchResponse) => Promise<T>, init?: FetchInit): Promise<T> {
  await using server = await startHttpServer(listener);
  return await use(await createFetch()(server.url, init));
}

const readText = ({ body }: FetchResponse): Promise<string> => (body === null ? Promise.resolve('') : text(body));

async function failureOf(work: Promise<unknown>): Promise<string | undefined> {
  return work.then(
    () => 'no failure',
    (error: unknown) => findNetworkCode(error),
  );
}

describe('createFetch', () => {
  it.each(['POST', 'PUT', 'DELETE'])('sends a %s with headers and body, and asks for gzip', async (method) => {
    let seen: Pick<IncomingMessage, 'method' | 'headers'> = { headers: {} };
    const sent = new Uint8Array(3_000_000).fill(97);
    const got = await call(
      async (message, response) => {
        seen = message;
        response.end(String((await buffer(message)).equals(sent)));
      },
      readText,
      { method, headers: { authorization: 'Bearer t', 'content-type': 'text/plain' }, body: sent },
    );

    expect(got).toBe('true');
    expect(seen).toMatchObject({
      method,
      headers: {
        authorization: 'Bearer t',
        'content-type': 'text/plain',
        'content-length': '3000000',
        'accept-encoding': 'gzip',
      },
    });
  });

  it('shows status and headers, by name and one after another', async () => {
    const { status, ...shown } = await call(
      (_, response) => {
        response.writeHead(418, { 'X-App-Usage': '{}', 'set-cookie': ['a=1', 'b=2'] }).end();
      },
      async ({ status, headers }) => ({
        status,
        usage: headers.get('X-app-usage'),
        cookies: headers.get('set-cookie'),
        none: headers.get('x-none'),
        names: [...headers].map(([name]) => name),
      }),
    );

    expect(status).toBe(418);
    expect(shown).toMatchObject({ usage: '{}', cookies: 'a=1, b=2', none: null });
    expect(shown.names).toEqual(expect.arrayContaining(['x-app-usage', 'set-cookie']));
  });

  it.each([
    ['in one piece', (bytes: Buffer) => [bytes]],
    ['byte by byte', (bytes: Buffer) => [...bytes].map((byte) => Buffer.of(byte))],
  ])('unpacks what is packed, come %s', async (_name, cut) => {
    const body = 'ünicode '.repeat(200_000);
    const unpacked = await call(async (__, response) => {
      response.writeHead(200, { 'content-encoding': 'GZIP' });
      for (const piece of cut(gzipSync(body))) response.write(piece);
      response.end();
    }, readText);

    expect(unpacked === body).toBe(true);
  });

  it('reads no body where there is none, packed or not', async () => {
    const read = (headers: object, status: number) =>
      call((_, response) => void response.writeHead(status, { ...headers }).end(), readText);

    expect(await read({}, 200)).toBe('');
    expect(await read({}, 204)).toBe('');
    expect(await read({ 'content-encoding': 'gzip' }, 304)).toBe('');
    expect(await read({ 'content-encoding': 'gzip' }, 503)).toBe('');
    expect(await read({ 'content-encoding': 'gzip', 'content-length': 0 }, 200)).toBe('');
  });

  it.each<readonly [name: string, code: string, RequestListener]>([
    ['the body breaks off', 'ECONNRESET', (_, response) => cutOff(response.writeHead(200, { 'content-length': 100 }))],
    [
      'the body breaks off without a length',
      'ECONNRESET',
      (_, response) => cutOff(response.writeHead(200, { 'content-type': 'text/plain' })),
    ],
    [
      'a packed body breaks off',
      'ECONNRESET',
      (_, response) => cutOff(response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': 9_000 }), PACKED),
    ],
    [
      'packed data ends too early',
      'Z_BUF_ERROR',
      (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(PACKED.subarray(0, 900)),
    ],
    [
      'packed data is none',
      'Z_DATA_ERROR',
      (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip'),
    ],
  ])('fails the reader where %s', async (_name, code, listener) => {
    expect(await failureOf(call(listener, readText))).toBe(code);
  });

  it('rejects with the network’s code where no answer comes', async () => {
    const reset: RequestListener = ({ socket }) => socket.resetAndDestroy();
    const closed = await startHttpServer(() => undefined);
    await closed[Symbol.asyncDispose]();

    expect(await failureOf(call(reset, readText))).toBe('ECONNRESET');
    expect(await failureOf(createFetch()(closed.url))).toBe('ECONNREFUSED');
    expect(await failureOf(createFetch()('http://graph.invalid'))).toMatch(/^(ENOTFOUND|EAI_AGAIN)$/);
  });

  it('gives up a connection that is not made in time, its TLS included', async () => {
    const sockets: Socket[] = [];
    const silent = createSocketServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const { port } = silent.address() as AddressInfo;

    expect(await failureOf(createFetch({ connectMs: 20 })(`https://127.0.0.1:${port}`))).toBe('CONNECT_TIMEOUT');

    for (const socket of sockets) socket.destroy();
    silent.close();
  });

  it('ends with its signal, before the answer and within it', async () => {
    const before = new AbortController();
    const silent: RequestListener = () => before.abort();
    const within = new AbortController();
    const half: RequestListener = (_, response) => void response.writeHead(200).write('half');
    const readAborted = (response: FetchResponse) => {
      within.abort();
      return readText(response);
    };

    expect(await failureOf(call(silent, readText, { signal: before.signal }))).toBe('ABORT_ERR');
    expect(await failureOf(call(half, readAborted, { signal: within.signal }))).toMatch(/^(ABORT_ERR|ECONNRESET)$/);
  });

  it('gives up sending what the other side has answered without taking it', async () => {
    const taken = Promise.withResolvers<Socket>();
    const early: RequestListener = ({ socket }, response) => {
      taken.resolve(socket.pause());
      response.writeHead(429, { 'content-length': 2 }).end('{}');
    };
    const use = async (response: FetchResponse) => {
      const got = [response.status, await readText(response)];
      const socket = await taken.promise;
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.resume();
      await closed;
      return [...got, socket.bytesRead < 30_000_000];
    };

    expect(await call(early, use, { method: 'POST', body: new Uint8Array(30_000_000) })).toEqual([429, '{}', true]);
  });

  it('rejects where the other side changes the protocol unasked', async () => {
    const change: RequestListener = ({ socket }) =>
      socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: a\r\nconnection: upgrade\r\n\r\n');

    expect(await failureOf(call(change, readText))).toBe('ECONNRESET');
  });

  it('uses a connection again', async () => {
    const ports = new Set<number | undefined>();
    await using server = await startHttpServer(({ socket }, response) => {
      ports.add(socket.remotePort);
      response.end('{}');
    });
    const fetch = createFetch();
    for (let calls = 0; calls < 5; calls += 1) await readText(await fetch(server.url));

    expect(ports.size).toBe(1);
  });

  it('goes by the proxy of the environment', async () => {
    await using proxy = await startHttpServer(({ url }, response) => response.end(`asked for ${url}`));
    const script = `
      import { createFetch } from './src/http/create-fetch.ts';
      const { body } = await createFetch()('http://graph.invalid/me');
      for await (const chunk of body) process.stdout.write(chunk);`;
    const env = { ...process.env, NODE_USE_ENV_PROXY: '1', HTTP_PROXY: proxy.url, NO_PROXY: '' };
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], { env });

    expect(stdout).toBe('asked for http://graph.invalid/me');
  });

  it('follows redirects where it may, and leaves the headers of the call behind on another host', async () => {
    const seen: unknown[] = [];
    await using other = await startHttpServer(({ headers }, response) => {
      seen.push(headers['x-token']);
      response.end('there');
    });
    await using server = await startHttpServer(({ url, headers }, response) => {
      seen.push(headers['x-token']);
      response.writeHead(302, { location: url === '/' ? '/next' : other.url }).end();
    });
    const headers = { 'x-token': 't' };
    const fetch = createFetch();

    expect(await readText(await fetch(server.url, { headers }))).toBe('there');
    expect(seen).toEqual(['t', 't', undefined]);
    expect((await fetch(server.url, { headers, redirect: 'manual' })).status).toBe(302);
    expect((await fetch(server.url, { headers, method: 'POST', body: 'a' })).status).toBe(302);
  });

  it('gives up a loop of redirects', async () => {
    const loop: RequestListener = (_, response) => void response.writeHead(302, { location: '/' }).end();

    await expect(call(loop, readText)).rejects.toThrow('too many redirects');
  });
});

const PACKED = gzipSync(JSON.stringify(Array.from({ length: 2_000 }, (_, index) => index ** 3 % 9_973)));

function cutOff(response: Parameters<RequestListener>[1], beginning: string | Buffer = 'half'): void {
  response.write(beginning, () => response.socket?.destroySoon());
}
