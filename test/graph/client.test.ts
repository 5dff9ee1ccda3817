import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createGraphClient } from '../../src/graph/client.ts';
import type { GraphError } from '../../src/graph/graph-error.ts';
import { Limits } from '../../src/graph/limits.ts';
import type { Runtime } from '../../src/runtime.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { createTestRuntime } from '../support/test-runtime.ts';
import { createMeter } from './graph-fixtures.ts';
import { startHttpServer } from './http-server.ts';

const TOKEN = 'EAAtokenTOKENtoken0123456789';
const CLIENT = fileURLToPath(new URL('../../src/graph/client.ts', import.meta.url));

interface Reply {
  readonly status?: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

/** A runtime whose `fetch` gives the replies in turn, and whose clock jumps. */
function setUp(replies: readonly Reply[]) {
  const open = [...replies];
  const urls: string[] = [];
  const clock = new FakeClock({ auto: true });
  const fetch: Runtime['fetch'] = async (url) => {
    urls.push(String(url));
    const { status = 200, body, headers = {} } = open.shift() ?? { body: { id: 'last' } };
    return Response.json(body, { status, headers });
  };
  return { runtime: createTestRuntime({ fetch, clock }), clock, startMs: clock.now(), urls };
}

describe('createGraphClient', () => {
  it('calls Meta’s own host and the default version', async () => {
    const { runtime, urls } = setUp([]);
    const graph = createGraphClient(runtime, { accessToken: TOKEN });

    await graph.send({ path: 'me' });

    expect(graph.version).toBe('v25.0');
    expect(urls).toEqual(['https://graph.facebook.com/v25.0/me']);
  });

  it('calls another host and version where it is told to', async () => {
    const { runtime, urls } = setUp([]);

    await createGraphClient(runtime, { accessToken: TOKEN, url: 'http://127.0.0.1:9/', version: 'v26.0' }).send({ path: 'me' });

    expect(urls).toEqual(['http://127.0.0.1:9/v26.0/me']);
  });

  it('refuses a version that has ended', () => {
    expect(() => createGraphClient(setUp([]).runtime, { accessToken: TOKEN, version: 'v24.0' })).toThrow('v24.0');
  });

  it('waits a limit out and answers in the end', async () => {
    const usage = { '1': [{ type: 'ads_management', call_count: 100, estimated_time_to_regain_access: 5 }] };
    const { runtime, clock, startMs } = setUp([
      {
        status: 400,
        body: { error: { code: 80004, error_subcode: 2446079, message: 'm' } },
        headers: { 'x-business-use-case-usage': JSON.stringify(usage) },
      },
      { body: { id: '1' } },
    ]);
    const told: number[] = [];
    const meter = createMeter();

    const { body } = await createGraphClient(runtime, { accessToken: TOKEN }).send({
      path: 'act_1',
      account: '1',
      context: { meter, onRateLimited: (resumeAtMs) => told.push(resumeAtMs) },
    });

    expect(body).toEqual({ id: '1' });
    expect(meter).toMatchObject({ calls: 2, retries: 1 });
    expect(clock.now() - startMs).toBeGreaterThanOrEqual(300_000);
    expect(told.length).toBeGreaterThan(0);
  });

  it('fails at once at a limit where it is to give up', async () => {
    const { runtime, clock, startMs } = setUp([{ status: 400, body: { error: { code: 17, message: 'm' } } }]);
    const graph = createGraphClient(runtime, { accessToken: TOKEN, patience: 'give_up' });

    await expect(graph.send({ path: 'act_1', account: '1' })).rejects.toMatchObject({ failure: 'throttled', label: '17' });
    await expect(graph.send({ path: 'act_1', account: '1' })).rejects.toMatchObject({ failure: 'throttled' });
    expect(clock.now()).toBe(startMs);
  });

  it('tells a token that is dead from one that an account may refuse', async () => {
    const bare = { status: 400, body: { error: { code: 190, message: 'm' } } };
    const expired = { status: 400, body: { error: { code: 190, error_subcode: 463, message: 'm' } } };
    const graph = createGraphClient(setUp([bare, bare, expired]).runtime, { accessToken: TOKEN });
    const certainty = async (account?: string) => {
      const request = { path: 'act_1', ...(account === undefined ? {} : { account }) };
      return await graph.send(request).catch((error: unknown) => (error as GraphError).details.isTokenCertain);
    };

    expect([await certainty('1'), await certainty(), await certainty('1')]).toEqual([false, true, true]);
  });

  it('shares what it learns of the quotas with whoever gave the limits', async () => {
    const { runtime } = setUp([
      { body: { data: [] }, headers: { 'x-fb-ads-insights-throttle': '{"app_id_util_pct":10,"acc_id_util_pct":64}' } },
    ]);
    const limits = new Limits(runtime.clock);

    await createGraphClient(runtime, { accessToken: TOKEN, limits }).send({
      path: 'act_1/insights',
      account: '1',
      useCase: 'ads_insights',
    });

    expect(Math.round(limits.loadOf('1', 'ads_insights')?.percent ?? 0)).toBe(64);
  });

  it('writes neither the token nor the URL to the log', async () => {
    const { runtime } = setUp([{ status: 500, body: { error: { code: 2, message: `bad ${TOKEN}` } } }]);

    await createGraphClient(runtime, { accessToken: TOKEN }).send({ path: 'act_1' });

    expect(runtime.lines).toHaveLength(1);
    expect(JSON.stringify(runtime.lines)).not.toContain(TOKEN);
    expect(JSON.stringify(runtime.lines)).not.toContain('graph.facebook.com');
  });

  it('lets the process end when its calls have', async () => {
    await using server = await startHttpServer((_request, response) => response.end('{"id":"1"}'));
    const script = `
      import { setTimeout as sleep } from 'node:timers/promises';
      import { createGraphClient } from ${JSON.stringify(CLIENT)};
      const quiet = () => undefined;
      const graph = createGraphClient({
        fetch, random: Math.random, signal: new AbortController().signal,
        clock: { now: Date.now, sleep: (ms, signal) => sleep(ms, undefined, { signal }) },
        log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
      }, { accessToken: 'a-test-token-0123456789', url: ${JSON.stringify(server.url)} });
      const { body } = await graph.send({ path: 'me', account: '1' });
      process.stdout.write(body.id);
    `;

    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module-typescript', '--eval', script], {
      timeout: 20_000,
    });

    expect(stdout).toBe('1');
  });
});
