import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRetry } from '../../src/graph/retry.ts';
import { computeWaitMs, RETRY_POLICIES } from '../../src/graph/retry-policy.ts';
import type { Send } from '../../src/graph/send.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { createTestRuntime } from '../support/test-runtime.ts';
import { createFailingSend, createFailure, createMeter } from './graph-fixtures.ts';

const HOUR_MS = 3_600_000;

function setUp(send: Send, patience: 'wait' | 'give_up' = 'wait') {
  const clock = new FakeClock({ auto: true });
  const runtime = createTestRuntime({ clock });
  const startMs = clock.now();
  return { send: createRetry(runtime, { patience })(send), runtime, clock, elapsedMs: () => clock.now() - startMs };
}

const always = (failure: unknown): Send => createFailingSend(Array.from({ length: 10_000 }, () => failure));

describe('createRetry', () => {
  it('sends a call that failed in passing again, and counts it', async () => {
    const meter = createMeter();
    const { send } = setUp(createFailingSend([createFailure(), createFailure()]));

    await expect(send({ path: 'act_1', context: { meter } })).resolves.toMatchObject({ body: { id: '1' } });
    expect(meter.retries).toBe(2);
  });

  it('gives a passing failure up after eight tries, each wait twice the last up to a minute', async () => {
    const meter = createMeter();
    const failure = createFailure({ code: 2 });
    const { send, elapsedMs } = setUp(always(failure));

    await expect(send({ path: 'act_1', context: { meter } })).rejects.toBe(failure);
    expect(meter.retries).toBe(7);
    expect(elapsedMs()).toBe((1 + 2 + 4 + 8 + 16 + 32 + 60) * 500);
  });

  it.each([
    ['a dead cursor where none was sent', { failure: 'invalid', code: 2642, remedy: 'restart_walk' }, { path: 'act_1' }],
    ['too much data of a single object', { failure: 'too_much_data', code: 1 }, { path: 'act_1', params: { fields: 'name' } }],
  ] as const)('takes %s for a hiccup', async (_, details, request) => {
    const { send } = setUp(createFailingSend([createFailure(details), createFailure(details)]));
    await expect(send(request)).resolves.toMatchObject({ body: { id: '1' } });
  });

  it.each([
    ['a dead cursor', { failure: 'invalid', code: 2642, remedy: 'restart_walk' }, { path: 'act_1/ads', params: { after: 'A' } }],
    ['too much data of a page', { failure: 'too_much_data', code: 1 }, { path: 'act_1/ads', params: { limit: 100 } }],
  ] as const)('leaves %s to the walk', async (_, details, request) => {
    const failure = createFailure(details);
    await expect(setUp(always(failure)).send(request)).rejects.toBe(failure);
  });

  it.each(['too_much_data', 'expired_token', 'forbidden', 'missing', 'invalid'] as const)(
    'does not repeat the call for a page that failed as %s',
    async (name) => {
      const meter = createMeter();
      const failure = createFailure({ failure: name });

      await expect(setUp(always(failure)).send({ path: 'act_1/ads', params: { limit: 100 }, context: { meter } })).rejects.toBe(
        failure,
      );
      expect(meter.retries).toBe(0);
    },
  );

  it('never repeats breakdowns that Meta does not allow', async () => {
    const meter = createMeter();
    const failure = createFailure({ failure: 'invalid', code: 2, subcode: 1504041 });

    await expect(setUp(always(failure)).send({ path: 'act_1', context: { meter } })).rejects.toBe(failure);
    expect(meter.retries).toBe(0);
  });

  it('repeats an unknown error (1/99) once before it counts as too much data', async () => {
    const meter = createMeter();
    const failure = createFailure({ failure: 'too_much_data', code: 1, subcode: 99 });

    await expect(setUp(always(failure)).send({ path: 'act_1/ads', params: { limit: 100 }, context: { meter } })).rejects.toBe(
      failure,
    );
    expect(meter.retries).toBe(1);
  });

  it('tries a report that can not be read yet for some seconds only', async () => {
    const meter = createMeter();
    const { send, elapsedMs } = setUp(always(createFailure({ code: 2601, subcode: 1815107 })));

    await expect(send({ path: '1/insights', context: { meter } })).rejects.toThrow('It failed');
    expect(meter.retries).toBe(2);
    expect(elapsedMs()).toBeLessThan(10_000);
  });

  it('waits as long as Meta says, and tells the reader', async () => {
    const told: number[] = [];
    const { send, clock, elapsedMs } = setUp(
      createFailingSend([createFailure({ failure: 'throttled', retryAfterMs: 19 * 60_000 })]),
    );
    const startMs = clock.now();

    await send({
      path: 'act_1',
      context: { meter: createMeter(), onRateLimited: (resumeAtMs) => told.push(resumeAtMs - startMs) },
    });

    expect(elapsedMs()).toBeGreaterThanOrEqual(19 * 60_000);
    expect(elapsedMs()).toBeLessThan(22 * 60_000);
    expect(told).toEqual([elapsedMs()]);
  });

  it('tries an hour later however long Meta’s hint is', async () => {
    const { send, elapsedMs } = setUp(createFailingSend([createFailure({ failure: 'throttled', retryAfterMs: 300 * HOUR_MS })]));

    await send({ path: 'act_1' });

    expect(elapsedMs()).toBeLessThan(1.2 * HOUR_MS);
  });

  it('waits out a limit without a hint, from 30 seconds to ten minutes, for two hours', async () => {
    const meter = createMeter();
    const { send, elapsedMs } = setUp(always(createFailure({ failure: 'throttled', code: 17 })));

    await expect(send({ path: 'act_1', context: { meter } })).rejects.toThrow('It failed');
    expect(elapsedMs()).toBeGreaterThan(1.8 * HOUR_MS);
    expect(elapsedMs()).toBeLessThanOrEqual(2 * HOUR_MS);
    expect(meter.retries).toBeGreaterThan(10);
  });

  it('makes no more than some thirty calls where a short hint is wrong each time', async () => {
    const meter = createMeter();
    const { send, elapsedMs } = setUp(always(createFailure({ failure: 'throttled', retryAfterMs: 5_000 })));
    await expect(send({ path: 'act_1', context: { meter } })).rejects.toThrow('It failed');
    expect(elapsedMs()).toBeGreaterThan(1.8 * HOUR_MS);
    expect(meter.retries).toBeLessThan(30);
  });

  it('does not count limits against the tries of a passing failure', async () => {
    const limits = Array.from({ length: 20 }, () => createFailure({ failure: 'throttled', retryAfterMs: 1_000 }));
    const { send } = setUp(createFailingSend([createFailure(), ...limits, createFailure()]));

    await expect(send({ path: 'act_1' })).resolves.toBeDefined();
  });

  it('fails at once at a limit where it is to give up, and soon where the failure passes', async () => {
    const limit = createFailure({ failure: 'throttled', retryAfterMs: 60_000 });
    await expect(setUp(always(limit), 'give_up').send({ path: 'act_1' })).rejects.toBe(limit);

    const { send, elapsedMs } = setUp(always(createFailure()), 'give_up');
    await expect(send({ path: 'act_1' })).rejects.toThrow('It failed');
    expect(elapsedMs()).toBeLessThan(10_000);
  });

  it('does not repeat a call that creates, unless it was refused for a limit or never left', async () => {
    const create = { method: 'POST', path: 'act_1/customaudiences', idempotent: false } as const;
    const reset = createFailure({ cause: { code: 'ECONNRESET' } });

    await expect(setUp(always(reset)).send(create)).rejects.toBe(reset);
    await expect(
      setUp(createFailingSend([createFailure({ cause: { code: 'ECONNREFUSED' } })])).send(create),
    ).resolves.toBeDefined();
    await expect(setUp(createFailingSend([createFailure({ failure: 'throttled' })])).send(create)).resolves.toBeDefined();
  });

  it('ends its wait when the process is asked to stop', async () => {
    const controller = new AbortController();
    const clock = new FakeClock();
    const runtime = createTestRuntime({ clock, signal: controller.signal });
    const call = createRetry(runtime, { patience: 'wait' })(always(createFailure({ failure: 'throttled' })))({ path: 'act_1' });
    const reason = new Error('stop');
    await clock.advance(1);

    controller.abort(reason);

    await expect(call).rejects.toBe(reason);
    expect(clock.pendingTimers).toBe(0);
  });

  it('lets what is no failure of Meta’s through at once', async () => {
    const reason = new Error('stop');

    await expect(setUp(always(reason)).send({ path: 'act_1' })).rejects.toBe(reason);
  });
});

describe('computeWaitMs', () => {
  const policy = fc.constantFrom(...Object.values(RETRY_POLICIES));
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  it('stays within the policy’s cap without a hint', () => {
    fc.assert(
      fc.property(policy, fc.integer({ min: 1, max: 60 }), random, (one, tries, jitter) => {
        const waitMs = computeWaitMs(one, { tries, random: jitter });
        expect(waitMs).toBeGreaterThanOrEqual(0);
        expect(waitMs).toBeLessThanOrEqual(one.capMs);
      }),
    );
  });

  it('is never shorter than a hint', () => {
    fc.assert(
      fc.property(
        policy,
        fc.integer({ min: 1, max: 60 }),
        random,
        fc.integer({ min: 1, max: HOUR_MS }),
        (one, tries, jitter, hintMs) => {
          const waitMs = computeWaitMs(one, { tries, random: jitter, hintMs });
          expect(waitMs).toBeGreaterThanOrEqual(hintMs);
          expect(waitMs).toBeLessThanOrEqual(hintMs * 1.1 + 1_000);
        },
      ),
    );
  });

  it('waits for no limit beyond the time that the call allows', async () => {
    const { send, clock, elapsedMs } = setUp(always(createFailure({ failure: 'throttled', retryAfterMs: 20 * 60_000 })));
    const limitsUntilMs = clock.now() + HOUR_MS;
    await expect(send({ path: 'act_1', limitsUntilMs })).rejects.toMatchObject({ failure: 'throttled' });
    expect(elapsedMs()).toBeGreaterThan(30 * 60_000);
    expect(elapsedMs()).toBeLessThanOrEqual(HOUR_MS);
  });

  it('lets a passing failure have its tries whatever the time for limits', async () => {
    const { send, clock } = setUp(createFailingSend([createFailure()]));
    await expect(send({ path: 'act_1', limitsUntilMs: clock.now() })).resolves.toBeDefined();
  });
});
