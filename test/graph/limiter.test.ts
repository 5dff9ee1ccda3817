import { describe, expect, it } from 'vitest';
import { createLimiter } from '../../src/graph/limiter.ts';
import { Limits } from '../../src/graph/limits.ts';
import type { Send } from '../../src/graph/send.ts';
import type { Clock } from '../../src/runtime.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { createTestRuntime } from '../support/test-runtime.ts';
import { createFailure, createMeter, createSend } from './graph-fixtures.ts';

interface Setting {
  readonly clock?: Clock;
  readonly patience?: 'wait' | 'give_up';
  readonly concurrency?: number;
  readonly signal?: AbortSignal;
}

function setUp(send: Send, setting: Setting = {}) {
  const { clock = new FakeClock({ auto: true }), patience = 'wait', concurrency = 8, signal } = setting;
  const runtime = createTestRuntime({ clock, ...(signal === undefined ? {} : { signal }) });
  const limits = new Limits(clock);
  return { clock, limits, startMs: clock.now(), send: createLimiter(runtime, { limits, patience, concurrency })(send) };
}

const throttled = (details = {}) => createFailure({ failure: 'throttled', code: 17, ...details });

/** Lets the limiter's own timers run. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('createLimiter', () => {
  it('keeps as many calls of an account under way as it may, those of another apart', async () => {
    const running = new Map<string, number>();
    const peaks = new Map<string, number>();
    const gate = Promise.withResolvers<void>();
    const next = createSend(async ({ account = '' }) => {
      const count = (running.get(account) ?? 0) + 1;
      running.set(account, count);
      peaks.set(account, Math.max(peaks.get(account) ?? 0, count));
      await gate.promise;
      running.set(account, (running.get(account) ?? 0) - 1);
    });
    const { send } = setUp(next, { concurrency: 2 });

    const calls = ['1', '1', '1', '1', '2'].map((account) => send({ path: 'x', account }));
    await settle();
    gate.resolve();
    await Promise.all(calls);

    expect(Object.fromEntries(peaks)).toEqual({ '1': 2, '2': 1 });
  });

  it('sends nothing for a blocked account, and goes on with others', async () => {
    const sent: string[] = [];
    const clock = new FakeClock();
    const next = createSend(({ account = '' }) => {
      sent.push(account);
    });
    const { send, limits } = setUp(next, { clock });
    limits.block(throttled({ retryAfterMs: 60_000 }), { account: '1' });
    const calls = ['1', '1', '2', '2'].map((account) => send({ path: 'x', account }));

    await clock.advance(59_999);
    await settle();
    expect(sent).toEqual(['2', '2']);

    await clock.advance(1);
    await Promise.all(calls);
    expect(sent).toEqual(['2', '2', '1', '1']);
  });

  it('learns of a block from a failed call', async () => {
    const { send, limits } = setUp(
      createSend(() => {
        throw throttled({ retryAfterMs: 60_000 });
      }),
    );

    await expect(send({ path: 'x', account: '1' })).rejects.toThrow('It failed');

    expect(limits.findHold({ account: '1' })?.type).toBe('blocked');
  });

  it('learns of a block from a part of a batch', async () => {
    const body = [
      { code: 200, body: '{"id":"1"}' },
      null,
      {
        code: 400,
        headers: [
          {
            name: 'x-business-use-case-usage',
            value: '{"1":[{"type":"ads_insights","call_count":100,"estimated_time_to_regain_access":3}]}',
          },
        ],
        body: '{"error":{"code":80000,"error_subcode":2446079,"message":"m"}}',
      },
    ];
    const { send, limits, startMs } = setUp(createSend(() => body));

    await send({ method: 'POST', path: '', account: '1', useCase: 'ads_insights' });

    expect(limits.findHold({ account: '1', useCase: 'ads_insights' })).toEqual({ type: 'blocked', untilMs: startMs + 180_000 });
  });

  it('sends one call first after a block, and the rest when it has come back well', async () => {
    const gate = Promise.withResolvers<void>();
    const clock = new FakeClock();
    let sent = 0;
    const { send, limits } = setUp(
      createSend(async () => {
        sent += 1;
        await gate.promise;
      }),
      { clock },
    );
    limits.block(throttled({ retryAfterMs: 60_000 }), { account: '1' });
    const calls = [1, 2, 3, 4].map(() => send({ path: 'x', account: '1' }));

    await clock.advance(59_999);
    await settle();
    expect(sent).toBe(0);

    await clock.advance(1);
    await settle();
    expect(sent).toBe(1);

    gate.resolve();
    await Promise.all(calls);
    expect(sent).toBe(4);
  });

  it('holds the rest again where the first call meets the limit', async () => {
    let sent = 0;
    const clock = new FakeClock();
    const { send, limits } = setUp(
      createSend(() => {
        sent += 1;
        if (sent === 1) throw throttled({ retryAfterMs: 60_000 });
      }),
      { clock },
    );
    limits.block(throttled({ retryAfterMs: 60_000 }), { account: '1' });
    const calls = [1, 2, 3].map(() => send({ path: 'x', account: '1' }));
    const outcomes = Promise.allSettled(calls);

    await clock.advance(60_000);
    await settle();
    expect(sent).toBe(1);

    await clock.advance(60_000);
    await settle();
    expect(sent).toBe(3);
    expect((await outcomes).map(({ status }) => status).sort()).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  });

  it('tells the reader of waits that can be felt', async () => {
    const told: number[] = [];
    const { send, limits, startMs } = setUp(createSend(() => undefined));
    const context = { meter: createMeter(), onRateLimited: (resumeAtMs: number) => told.push(resumeAtMs - startMs) };
    await send({ path: 'x', account: '1', context });
    limits.block(throttled({ retryAfterMs: 60_000 }), { account: '1' });

    await send({ path: 'x', account: '1', context });

    expect(told).toEqual([60_000]);
  });

  it('spreads calls near a limit', async () => {
    let sent = 0;
    const clock = new FakeClock();
    const next = createSend(() => {
      sent += 1;
    });
    const { send, limits } = setUp(next, { clock });
    limits.note([{ scope: 'account', account: '1', percent: 100 }]);
    const calls = Promise.all([1, 2, 3].map(() => send({ path: 'x', account: '1' })));
    const sentAfter = async (ms: number) => {
      await clock.advance(ms);
      await settle();
      return sent;
    };

    expect([await sentAfter(0), await sentAfter(4_999), await sentAfter(1), await sentAfter(5_000)]).toEqual([1, 1, 2, 3]);
    await calls;
  });

  it('fails at once at a block where it is to give up', async () => {
    const { send, limits, clock, startMs } = setUp(
      createSend(() => undefined),
      { patience: 'give_up' },
    );
    limits.block(throttled({ retryAfterMs: 60_000 }), { account: '1' });

    await expect(send({ path: 'x', account: '1' })).rejects.toMatchObject({
      failure: 'throttled',
      details: { retryAfterMs: 60_000 },
    });
    expect(clock.now()).toBe(startMs);
  });

  it('fails a call that limits have held back for two hours', async () => {
    const { send, limits, clock } = setUp(createSend(() => undefined));
    const busy: Clock = {
      now: () => clock.now(),
      sleep: async (ms, signal) => {
        await clock.sleep(ms, signal);
        limits.block(throttled({ retryAfterMs: 600_000 }), { account: '1' });
      },
    };
    const runtime = createTestRuntime({ clock: busy });
    const held = createLimiter(runtime, { limits, patience: 'wait', concurrency: 8 })(createSend(() => undefined));
    await expect(send({ path: 'x', account: '1' })).resolves.toBeDefined();
    limits.block(throttled({ retryAfterMs: 600_000 }), { account: '1' });

    await expect(held({ path: 'x', account: '1' })).rejects.toMatchObject({ failure: 'throttled' });
  });

  it('ends a wait when the process is asked to stop', async () => {
    const controller = new AbortController();
    const clock = new FakeClock();
    const { send, limits } = setUp(
      createSend(() => undefined),
      { clock, signal: controller.signal },
    );
    limits.block(throttled({ retryAfterMs: 60_000 }), { account: '1' });
    const call = send({ path: 'x', account: '1' });
    const reason = new Error('stop');
    await clock.advance(1);

    controller.abort(reason);

    await expect(call).rejects.toBe(reason);
  });

  it('fails at once where a block outlasts the time that the call allows', async () => {
    const { send, limits, clock, startMs } = setUp(createSend(() => undefined));
    limits.block(throttled({ retryAfterMs: 30 * 60_000 }), { account: '1' });
    const call = { path: 'act_1', account: '1' };
    await expect(send({ ...call, limitsUntilMs: startMs + 60_000 })).rejects.toMatchObject({ failure: 'throttled' });
    expect(clock.now()).toBe(startMs);
    await expect(send({ ...call, limitsUntilMs: startMs + 60 * 60_000 })).resolves.toBeDefined();
    expect(clock.now() - startMs).toBe(30 * 60_000);
  });
});
