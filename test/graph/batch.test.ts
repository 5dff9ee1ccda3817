import { describe, expect, it } from 'vitest';
import { sendBatch } from '../../src/graph/batch.ts';
import type { GraphRequest } from '../../src/graph/send.ts';
import { createScriptedGraph, graphError, partsOf } from '../support/scripted-graph.ts';

const requestsOf = (count: number): GraphRequest[] =>
  Array.from({ length: count }, (_, index) => ({ path: `${index}`, params: { fields: 'id,name' } }));
const ok = (part: { readonly relative_url: string }) => ({
  code: 200,
  body: JSON.stringify({ id: part.relative_url.split('?')[0] }),
});
const failed = (code: number, error: object) => ({ code, body: JSON.stringify({ error }) });

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
});
