import { describe, expect, it } from 'vitest';
import { RunPoller } from '../../src/insights/run-poller.ts';
import { createScriptedGraph, partsOf } from '../support/scripted-graph.ts';

const MINUTE_MS = 60_000;
const part = (body: object) => ({ code: 200, body: JSON.stringify(body) });
const running = (percent: number) => part({ async_status: 'Job Running', async_percent_completion: percent });
const completed = part({ async_status: 'Job Completed', async_percent_completion: 100 });

describe('RunPoller', () => {
  it('polls many runs in batches of fifty', async () => {
    const graph = createScriptedGraph((request) => partsOf(request).map(() => completed));
    const poller = new RunPoller(graph, '1');
    const runs = Array.from({ length: 120 }, (_, index) => poller.watch({ runId: `${index}`, timeoutMs: MINUTE_MS }));
    expect((await Promise.all(runs)).every(({ type }) => type === 'completed')).toBe(true);
    expect(graph.requests.map((request) => partsOf(request).length)).toEqual([50, 50, 20]);
  });

  it('gives up a run that can not be asked about, in place of polling for ever', async () => {
    const graph = createScriptedGraph((request) => partsOf(request).map(() => null));
    const outcome = await new RunPoller(graph, '1').watch({ runId: '1', timeoutMs: 60 * MINUTE_MS });
    expect(outcome.type).toBe('failed');
    expect(graph.requests.length).toBeLessThan(10);
  });

  it('tells why a run can not be asked about, unless another run may fare better', async () => {
    const refuse = (error: object) =>
      createScriptedGraph((request) => partsOf(request).map(() => ({ code: 400, body: JSON.stringify({ error }) })));
    const watch = (error: object) => new RunPoller(refuse(error), '1').watch({ runId: '1', timeoutMs: 60 * MINUTE_MS });
    expect(await watch({ message: '(#10) No permission', code: 10 })).toMatchObject({
      type: 'failed',
      error: { failure: 'forbidden' },
    });
    expect(await watch({ message: 'Unsupported get request', code: 100, error_subcode: 33 })).toEqual({ type: 'failed' });
  });

  it('leaves a run that never moves behind when its time is over', async () => {
    const graph = createScriptedGraph((request) => partsOf(request).map(() => running(37)));
    const startMs = graph.runtime.clock.now();
    expect((await new RunPoller(graph, '1').watch({ runId: '1', timeoutMs: 60 * MINUTE_MS })).type).toBe('timed_out');
    expect(graph.runtime.clock.now() - startMs).toBeLessThan(62 * MINUTE_MS);
    expect(graph.requests.length).toBeLessThan(200);
  });

  it('takes a run that is late but done as done: the status comes before the timeout', async () => {
    const graph = createScriptedGraph((request, count) => partsOf(request).map(() => (count < 3 ? running(50) : completed)));
    expect((await new RunPoller(graph, '1').watch({ runId: '1', timeoutMs: 3_000 })).type).toBe('completed');
  });

  it('leaves no run behind that a limit alone kept it from seeing done', async () => {
    const limit = part({ error: { code: 80000, message: 'too many calls' } });
    const graph = createScriptedGraph((request, count) =>
      partsOf(request).map(() => (count < 5 ? { ...limit, code: 400 } : completed)),
    );
    expect((await new RunPoller(graph, '1').watch({ runId: '1', timeoutMs: 2_000 })).type).toBe('completed');
  });

  it('gives up a run that a limit hides for hours, with that limit as the reason', async () => {
    const limit = part({ error: { code: 80000, message: 'too many calls' } });
    const graph = createScriptedGraph((request) => partsOf(request).map(() => ({ ...limit, code: 400 })));
    const startMs = graph.runtime.clock.now();
    const outcome = await new RunPoller(graph, '1').watch({ runId: '1', timeoutMs: 60 * MINUTE_MS });
    expect(outcome).toMatchObject({ type: 'hidden', error: { failure: 'throttled' } });
    expect(graph.runtime.clock.now() - startMs).toBeLessThan(4 * 60 * MINUTE_MS);
  });

  it('asks as the account whose runs they are, so that its limits hold it back and no other account', async () => {
    const graph = createScriptedGraph((request) => partsOf(request).map(() => completed));
    await new RunPoller(graph, '17').watch({ runId: '1', timeoutMs: MINUTE_MS });
    expect(graph.requests).toMatchObject([{ account: '17', useCase: 'ads_insights' }]);
  });

  it('does not take 100 % for done while the job runs', async () => {
    const graph = createScriptedGraph((request, count) => partsOf(request).map(() => (count < 4 ? running(100) : completed)));
    expect((await new RunPoller(graph, '1').watch({ runId: '1', timeoutMs: MINUTE_MS })).type).toBe('completed');
    expect(graph.requests).toHaveLength(4);
  });

  it('tells why a run failed, by the same table as for calls', async () => {
    const graph = createScriptedGraph((request) =>
      partsOf(request).map(() =>
        part({ async_status: 'Job Failed', error_code: -3, error_subcode: 1504045, error_message: 'too large' }),
      ),
    );
    expect(await new RunPoller(graph, '1').watch({ runId: '1', timeoutMs: MINUTE_MS })).toMatchObject({
      type: 'failed',
      error: { failure: 'too_much_data' },
    });
  });

  it('notices a run that comes while it sleeps for others', async () => {
    const graph = createScriptedGraph((request) =>
      partsOf(request).map(({ relative_url: id }) => (id === 'slow' ? running(0) : completed)),
    );
    const poller = new RunPoller(graph, '1');
    const slow = poller.watch({ runId: 'slow', timeoutMs: 10 * MINUTE_MS });
    const startMs = graph.runtime.clock.now();
    await poller.watch({ runId: 'quick', timeoutMs: MINUTE_MS });
    expect(graph.runtime.clock.now() - startMs).toBeLessThanOrEqual(5_000);
    expect((await slow).type).toBe('timed_out');
  });
});
