import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { DeadlineLimits } from '../../src/graph/deadline.ts';
import { createTransport } from '../../src/graph/transport.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { createTestRuntime } from '../support/test-runtime.ts';
import { startHttpServer } from './http-server.ts';

const DEADLINES: DeadlineLimits = { headersMs: 180_000, idleMs: 60_000, totalMs: 600_000 };

async function setUp(listener: RequestListener) {
  const server = await startHttpServer(listener);
  const clock = new FakeClock();
  const controller = new AbortController();
  const runtime = createTestRuntime({ clock, signal: controller.signal });
  const send = createTransport(runtime, {
    accessToken: 'a-test-token-0123456789',
    url: server.url,
    version: 'v25.0',
    deadlines: DEADLINES,
  });
  return { server, clock, controller, send };
}

describe('a call', () => {
  it('ends when a server never answers', async () => {
    const arrived = Promise.withResolvers<void>();
    const { server, clock, send } = await setUp(() => arrived.resolve());
    await using _ = server;
    const call = send({ path: 'me' }).catch((error: unknown) => error);
    await arrived.promise;

    await clock.advance(179_999);
    expect(clock.pendingTimers).toBe(1);
    await clock.advance(1);

    expect(await call).toMatchObject({ failure: 'transient', message: 'Meta did not answer within 180 s', label: 'no answer' });
  });

  it('ends when an answer stands still', async () => {
    const { server, clock, send } = await setUp((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"data":[');
    });
    await using _ = server;
    const started = Promise.withResolvers<void>();
    const meter = {
      calls: 0,
      parts: 0,
      retries: 0,
      count: 0,
      get bytes() {
        return this.count;
      },
      set bytes(count: number) {
        this.count = count;
        started.resolve();
      },
    };
    const call = send({ path: 'me', context: { meter } }).catch((error: unknown) => error);
    await started.promise;

    await clock.advance(60_000);

    expect(await call).toMatchObject({ failure: 'transient', message: "Meta's answer stood still within 60 s" });
  });

  it('ends when an answer drips for ever', async () => {
    const arrived = Promise.withResolvers<void>();
    const { server, clock, send } = await setUp((_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(' '), 1);
      response.on('close', () => clearInterval(timer));
      arrived.resolve();
    });
    await using _ = server;
    let isOver = false;
    const call = send({ path: 'me' })
      .catch((error: unknown) => error)
      .finally(() => {
        isOver = true;
      });
    await arrived.promise;

    while (!isOver) await clock.advance(2_000);

    expect(await call).toMatchObject({ failure: 'transient', message: expect.stringContaining('within 600 s') });
  });

  it('rejects when the connection is reset', async () => {
    const { server, send } = await setUp((request) => request.socket.resetAndDestroy());
    await using _ = server;

    await expect(send({ path: 'me' })).rejects.toMatchObject({
      failure: 'transient',
      message: expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/),
    });
  });

  it('rejects when the connection is refused, and says that the call never left', async () => {
    const { server, send } = await setUp(() => undefined);
    await server[Symbol.asyncDispose]();

    await expect(send({ path: 'me' })).rejects.toMatchObject({ failure: 'transient', cause: { code: 'ECONNREFUSED' } });
  });

  it('rejects when the answer is cut off', async () => {
    const { server, send } = await setUp((_request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"data":[', () => response.destroy());
    });
    await using _ = server;

    await expect(send({ path: 'me' })).rejects.toMatchObject({
      failure: 'transient',
      message: expect.stringContaining('broke off'),
    });
  });

  it('ends with the reason for which the process is asked to stop, and leaves no timer', async () => {
    const arrived = Promise.withResolvers<void>();
    const { server, clock, controller, send } = await setUp(() => arrived.resolve());
    await using _ = server;
    const call = send({ path: 'me' }).catch((error: unknown) => error);
    await arrived.promise;
    const reason = new Error('stop');

    controller.abort(reason);

    expect(await call).toBe(reason);
    expect(clock.pendingTimers).toBe(0);
  });

  it('is not begun when the process has been asked to stop', async () => {
    let calls = 0;
    const { server, controller, send } = await setUp(() => {
      calls += 1;
    });
    await using _ = server;
    controller.abort(new Error('stop'));

    await expect(send({ path: 'me' })).rejects.toThrow('stop');
    expect(calls).toBe(0);
  });

  it('leaves no timer when it has ended well', async () => {
    const { server, clock, send } = await setUp((_request, response) => response.end('{"id":"1"}'));
    await using _ = server;

    await expect(send({ path: 'me' })).resolves.toMatchObject({ body: { id: '1' } });
    expect(clock.pendingTimers).toBe(0);
  });
});
