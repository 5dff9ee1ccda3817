import { describe, expect, it } from 'vitest';
import { sendBatch } from '../../src/graph/batch.ts';
import { createGraphClient } from '../../src/graph/client.ts';
import type { GraphRequest } from '../../src/graph/send.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { createScriptedGraph, graphError, partsOf } from '../support/scripted-graph.ts';
import { createTestRuntime } from '../support/test-runtime.ts';

const requestsOf = (count: number): GraphRequest[] =>
  Array.from({ length: count }, (_, index) => ({ path: `${index}`, params: { fields: 'id,name' } }));
const ok = (part: { readonly relative_url: string }) => ({
  code: 200,
  body: JSON.stringify({ id: part.relative_url.split('?')[0] }),
});
const MINUTE_MS = 60_000;
const failed = (code: number, error: object) => ({ code, body: JSON.stringify({ error }) });
const LIMITED = failed(400, { message: 'too many calls', code: 80004, error_subcode: 2446079 });

describe('sendBatch', () => {
  it('sends at most fifty parts at a time and answers in order', async () => {
    const graph = createScriptedGraph((request) => partsOf(request).map(ok));
    const outcomes = await sendBatch(graph, requestsOf(120), { account: '1' });
    expect(graph.requests.map((request) => partsOf(request).length)).toEqual([50, 50, 20]);
    expect(outcomes.map((outcome) => (outcome.ok ? (outcome.body as { id: string }).id : ''))).toEqual(
      requestsOf(120).map(({ path }) => path),
    );
  });

  it('encodes each part and asks for the headers inside it, where usage is told', async () => {
    const graph = createScriptedGraph((request) => partsOf(request).map(ok));
    await sendBatch(graph, [{ path: '7', params: { fields: 'id,creative{id}', filtering: [{ field: 'a&b', value: 'x y' }] } }]);
    const [part] = partsOf(graph.requests[0] as GraphRequest);
    const query = new URLSearchParams(part?.relative_url.split('?')[1]);
    expect(query.get('fields')).toBe('id,creative{id}');
    expect(JSON.parse(query.get('filtering') ?? '')).toEqual([{ field: 'a&b', value: 'x y' }]);
    expect(graph.requests[0]?.params?.['include_headers']).toBe(true);
  });

  it('asks unanswered parts again, and only those', async () => {
    const graph = createScriptedGraph((request, count) =>
      partsOf(request).map((part, index) => (count === 1 && index % 2 === 1 ? null : ok(part))),
    );
    const outcomes = await sendBatch(graph, requestsOf(6));
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(graph.requests.map((request) => partsOf(request).length)).toEqual([6, 3]);
  });

  it('stops asking after a few rounds and says that the part was not answered', async () => {
    const graph = createScriptedGraph((request) =>
      partsOf(request).map((part) => (part.relative_url.startsWith('1?') ? null : ok(part))),
    );
    const outcomes = await sendBatch(graph, requestsOf(3));
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, false, true]);
    expect(outcomes[1]).toMatchObject({ error: { failure: 'transient' } });
    expect(graph.requests).toHaveLength(6);
  });

  it('classifies each part on its own and does not repeat a final refusal', async () => {
    const graph = createScriptedGraph((request) =>
      partsOf(request).map((part) =>
        part.relative_url.startsWith('0?') ? failed(400, { message: 'gone', code: 100, error_subcode: 33 }) : ok(part),
      ),
    );
    const [first, second] = await sendBatch(graph, requestsOf(2));
    expect(first).toMatchObject({ ok: false, error: { failure: 'missing' } });
    expect(second).toMatchObject({ ok: true });
    expect(graph.requests).toHaveLength(1);
  });

  it('repeats parts that were aborted with the batch', async () => {
    const graph = createScriptedGraph((request, count) =>
      partsOf(request).map((part) => (count === 1 ? failed(400, { message: 'Request aborted', code: 960 }) : ok(part))),
    );
    expect((await sendBatch(graph, requestsOf(4))).every(({ ok }) => ok)).toBe(true);
    expect(graph.requests).toHaveLength(2);
  });

  it('halves a batch that is too much, down to single parts', async () => {
    const graph = createScriptedGraph((request) => {
      if (partsOf(request).length > 1) throw graphError('too_much_data');
      return partsOf(request).map(ok);
    });
    expect((await sendBatch(graph, requestsOf(4))).every(({ ok }) => ok)).toBe(true);
    expect(graph.requests.map((request) => partsOf(request).length)).toEqual([4, 2, 1, 1, 2, 1, 1]);
  });

  it('counts parts, since each uses quota as a call does', async () => {
    const graph = createScriptedGraph((request) => partsOf(request).map(ok));
    const meter = { calls: 0, parts: 0, bytes: 0, retries: 0 };
    await sendBatch(graph, requestsOf(60), { context: { meter } });
    expect(meter.parts).toBe(60);
  });

  it('waits for throttled parts as long as a limit lasts, and says until when', async () => {
    const told: number[] = [];
    const graph = createScriptedGraph((request) =>
      partsOf(request).map((part) => (graph.runtime.clock.now() < endsAtMs ? LIMITED : ok(part))),
    );
    const startMs = graph.runtime.clock.now();
    const endsAtMs = startMs + 100 * MINUTE_MS;
    const meter = { calls: 0, parts: 0, bytes: 0, retries: 0 };
    const outcomes = await sendBatch(graph, requestsOf(3), { context: { meter, onRateLimited: (atMs) => told.push(atMs) } });
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(told[0]).toBeGreaterThan(startMs);
    expect(told.at(-1)).toBe(graph.runtime.clock.now());
    expect(graph.requests.length).toBeLessThan(20);
  });

  it('gives throttled parts up after two hours', async () => {
    const graph = createScriptedGraph((request) => partsOf(request).map(() => LIMITED));
    const startMs = graph.runtime.clock.now();
    expect(await sendBatch(graph, requestsOf(1))).toMatchObject([{ ok: false, error: { failure: 'throttled' } }]);
    expect(graph.runtime.clock.now() - startMs).toBeGreaterThan(100 * MINUTE_MS);
    expect(graph.runtime.clock.now() - startMs).toBeLessThanOrEqual(120 * MINUTE_MS);
  });

  it('believes a hint for an hour at most', async () => {
    const graph = createScriptedGraph((request, count) =>
      partsOf(request).map((part) =>
        count === 1 ? { ...LIMITED, headers: [{ name: 'Retry-After', value: '360000' }] } : ok(part),
      ),
    );
    const startMs = graph.runtime.clock.now();
    expect(await sendBatch(graph, requestsOf(1))).toMatchObject([{ ok: true }]);
    expect(graph.runtime.clock.now() - startMs).toBeGreaterThanOrEqual(60 * MINUTE_MS);
    expect(graph.runtime.clock.now() - startMs).toBeLessThan(70 * MINUTE_MS);
  });

  it('does not count what limits take against parts that fail in passing', async () => {
    const graph = createScriptedGraph((request, count) =>
      partsOf(request).map((part) => {
        if (part.relative_url.startsWith('0?')) return count < 10 ? LIMITED : ok(part);
        return count === 12 ? ok(part) : null;
      }),
    );
    const outcomes = await sendBatch(graph, requestsOf(2));
    expect(outcomes).toMatchObject([{ ok: true }, { ok: false, error: { failure: 'transient' } }]);
    expect(graph.requests.map((request) => partsOf(request).length)).toEqual([2, 2, 2, 2, 2, 2, 1, 1, 1, 1]);
  });

  it('fails throttled parts at once, and passing ones soon, for a client that is to give up', async () => {
    const graph = createScriptedGraph(
      (request) => partsOf(request).map((part) => (part.relative_url.startsWith('0?') ? LIMITED : null)),
      { patience: 'give_up' },
    );
    const startMs = graph.runtime.clock.now();
    const outcomes = await sendBatch(graph, requestsOf(2));
    expect(outcomes.map((outcome) => !outcome.ok && outcome.error.failure)).toEqual(['throttled', 'transient']);
    expect(graph.requests.map((request) => partsOf(request).length)).toEqual([2, 1, 1]);
    expect(graph.runtime.clock.now() - startMs).toBeLessThan(10_000);
  });

  it('asks no part more often than it is told to', async () => {
    const graph = createScriptedGraph((request) => partsOf(request).map(() => null));
    expect(await sendBatch(graph, requestsOf(2), { rounds: 1 })).toMatchObject([{ ok: false }, { ok: false }]);
    expect(graph.requests).toHaveLength(1);
  });

  it('leaves the waiting to the limiter where that knows of the limit', async () => {
    const clock = new FakeClock({ auto: true });
    const startMs = clock.now();
    const times: number[] = [];
    const usage = { '1': [{ type: 'ads_management', call_count: 100, estimated_time_to_regain_access: 10 }] };
    const headers = [{ name: 'X-Business-Use-Case-Usage', value: JSON.stringify(usage) }];
    const fetch = async () => {
      times.push(clock.now() - startMs);
      return Response.json([times.length === 1 ? { ...LIMITED, headers } : { code: 200, body: '{"id":"0"}' }]);
    };
    const told: number[] = [];
    const meter = { calls: 0, parts: 0, bytes: 0, retries: 0 };
    const client = createGraphClient(createTestRuntime({ clock, fetch }), { accessToken: 'token' });
    const context = { meter, onRateLimited: (atMs: number) => told.push(atMs - startMs) };
    expect(await sendBatch(client, requestsOf(1), { account: '1', context })).toMatchObject([{ ok: true }]);
    expect(times).toEqual([0, 10 * MINUTE_MS]);
    expect(told).toEqual([10 * MINUTE_MS]);
  });

  it('keeps the parts that were answered when a later batch fails', async () => {
    const graph = createScriptedGraph((request, count) => {
      if (count === 2) throw graphError('transient');
      return partsOf(request).map(ok);
    });
    const outcomes = await sendBatch(graph, requestsOf(60));
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(50);
    expect(outcomes[59]).toMatchObject({ error: { failure: 'transient' } });
  });

  it('does not take a part refused for one account for a sign that the token is dead', async () => {
    const graph = createScriptedGraph((request) => partsOf(request).map(() => failed(400, { message: 'no', code: 190 })));
    const [ofAccount] = await sendBatch(graph, requestsOf(1), { account: '1' });
    const [ofNone] = await sendBatch(graph, requestsOf(1));
    expect(ofAccount).toMatchObject({ error: { details: { failure: 'expired_token', isTokenCertain: false } } });
    expect(ofNone).toMatchObject({ error: { details: { failure: 'expired_token', isTokenCertain: true } } });
  });
});
