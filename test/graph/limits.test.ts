import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Limits } from '../../src/graph/limits.ts';
import type { UsageReading } from '../../src/graph/usage.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { createFailure } from './graph-fixtures.ts';

const MINUTE_MS = 60_000;
const ONE = { account: '1', useCase: 'ads_management' } as const;
const OTHER = { account: '2', useCase: 'ads_management' } as const;
const ONE_INSIGHTS = { account: '1', useCase: 'ads_insights' } as const;

function setUp() {
  const clock = new FakeClock();
  return { clock, limits: new Limits(clock), startMs: clock.now() };
}

const throttle = (code: number, retryAfterMs?: number, appWide = false) =>
  createFailure({ failure: 'throttled', code, appWide, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });

describe('Limits', () => {
  it('lets calls through while nothing is known', () => {
    const { limits } = setUp();

    expect(limits.findHold(ONE)).toBeUndefined();
    expect(limits.pace(ONE)).toBe(0);
    expect(limits.usageOf('1', 'ads_insights')).toEqual({ percent: 0 });
  });

  it('holds the account that met a limit, as long as Meta says, and no other', () => {
    const { limits, startMs } = setUp();

    limits.block(throttle(17, 10 * MINUTE_MS), ONE);

    expect(limits.findHold(ONE)).toEqual({ type: 'blocked', untilMs: startMs + 10 * MINUTE_MS });
    expect(limits.findHold(ONE_INSIGHTS)).toBeDefined();
    expect(limits.findHold(OTHER)).toBeUndefined();
  });

  it('holds the use case alone whose own limit was met', () => {
    const { limits } = setUp();

    limits.block(throttle(80000, MINUTE_MS), ONE_INSIGHTS);

    expect(limits.findHold(ONE_INSIGHTS)).toBeDefined();
    expect(limits.findHold(ONE)).toBeUndefined();
  });

  it('goes by the use case of the code rather than of the call', () => {
    const { limits } = setUp();

    limits.block(throttle(80000, MINUTE_MS), ONE);

    expect(limits.findHold(ONE_INSIGHTS)).toBeDefined();
    expect(limits.findHold(ONE)).toBeUndefined();
  });

  it('holds all calls at a limit of the app', () => {
    const { limits } = setUp();

    limits.block(throttle(4, undefined, true), ONE);

    expect(limits.findHold(OTHER)).toBeDefined();
    expect(limits.findHold({})).toBeDefined();
  });

  it('tries again after an hour, however long the hint is', () => {
    const { limits, startMs } = setUp();

    limits.block(throttle(17, 500 * MINUTE_MS), ONE);

    expect(limits.findHold(ONE)).toEqual({ type: 'blocked', untilMs: startMs + 60 * MINUTE_MS });
  });

  it('holds for longer with each block in a row, five minutes at most without a hint', async () => {
    const { limits, clock } = setUp();
    const heldMs: number[] = [];
    for (let block = 0; block < 6; block += 1) {
      limits.block(throttle(17), ONE);
      const hold = limits.findHold(ONE);
      const waitMs = hold?.type === 'blocked' ? hold.untilMs - clock.now() : 0;
      heldMs.push(waitMs);
      await clock.advance(waitMs);
      limits.enter(ONE)?.end({ isSuccess: false });
    }

    expect(heldMs).toEqual([30_000, 60_000, 120_000, 240_000, 300_000, 300_000]);
  });

  it('counts the failures of calls that were under way as one block', () => {
    const { limits, startMs } = setUp();

    for (let call = 0; call < 8; call += 1) limits.block(throttle(17), ONE);

    expect(limits.findHold(ONE)).toEqual({ type: 'blocked', untilMs: startMs + 30_000 });
  });

  it('lets one call try after a block, and the others when it has succeeded', async () => {
    const { limits, clock } = setUp();
    limits.block(throttle(17), ONE);
    await clock.advance(30_000);

    const probe = limits.enter(ONE);
    expect(probe).toBeDefined();
    expect(limits.enter(ONE)).toBeUndefined();
    expect(limits.findHold(ONE)?.type).toBe('probing');

    probe?.end({ isSuccess: true });
    expect(limits.enter(ONE)).toBeDefined();
    expect(limits.enter(ONE)).toBeDefined();
  });

  it('lets the next call try where the first one failed for another reason', async () => {
    const { limits, clock } = setUp();
    limits.block(throttle(17), ONE);
    await clock.advance(30_000);

    limits.enter(ONE)?.end({ isSuccess: false });

    expect(limits.enter(ONE)).toBeDefined();
    expect(limits.enter(ONE)).toBeUndefined();
  });

  it('stays shut where the answer of the call that tried says so', async () => {
    const { limits, clock } = setUp();
    limits.block(throttle(80004), ONE);
    await clock.advance(30_000);

    const probe = limits.enter(ONE);
    limits.note([{ scope: 'account', account: '1', useCase: 'ads_management', percent: 100, regainMs: 2 * MINUTE_MS }]);
    probe?.end({ isSuccess: true });

    expect(limits.findHold(ONE)).toEqual({ type: 'blocked', untilMs: clock.now() + 2 * MINUTE_MS });
  });

  it('does not believe headers that say time after time that no call passes, while each does, until an error comes', async () => {
    const { limits, clock } = setUp();
    const tell = () =>
      limits.note([{ scope: 'account', account: '1', useCase: 'ads_management', percent: 100, regainMs: 2 * MINUTE_MS }]);
    tell();
    for (const hold of ['blocked', undefined]) {
      await clock.advance(2 * MINUTE_MS);
      const probe = limits.enter(ONE);
      tell();
      probe?.end({ isSuccess: true });
      expect(limits.findHold(ONE)?.type).toBe(hold);
    }
    tell();
    expect(limits.findHold(ONE)).toBeUndefined();
    limits.block(throttle(80004), ONE);
    await clock.advance(30_000);
    limits.enter(ONE)?.end({ isSuccess: true });
    tell();
    expect(limits.findHold(ONE)?.type).toBe('blocked');
  });

  it('holds before any error where a use case at 100 % names its time to regain access', () => {
    const { limits, startMs } = setUp();

    limits.note([{ scope: 'account', account: '1', useCase: 'ads_insights', percent: 100, regainMs: 19 * MINUTE_MS }]);

    expect(limits.findHold(ONE_INSIGHTS)).toEqual({ type: 'blocked', untilMs: startMs + 19 * MINUTE_MS });
    expect(limits.findHold(ONE)).toBeUndefined();
  });

  it('only spreads calls where the score or the load stands at 100 %: calls still pass', () => {
    const { limits } = setUp();

    limits.note([{ scope: 'account', account: '1', useCase: 'ads_insights', percent: 118 }]);
    limits.note([{ scope: 'account', account: '1', percent: 100, resetMs: 300_000 }]);

    expect(limits.findHold(ONE_INSIGHTS)).toBeUndefined();
    expect([1, 2, 3].map(() => limits.pace(ONE_INSIGHTS))).toEqual([0, 5_000, 10_000]);
  });

  it('spreads calls the more, the nearer the limit is', () => {
    const gapAt = (percent: number) => {
      const { limits } = setUp();
      limits.note([{ scope: 'account', account: '1', percent }]);
      limits.pace(ONE);
      return limits.pace(ONE);
    };

    expect([50, 75, 80, 90, 100, 200].map(gapAt).map(Math.round)).toEqual([0, 0, 200, 1_800, 5_000, 5_000]);
  });

  it('takes the highest of one answer’s readings, and the newest answer', () => {
    const { limits } = setUp();
    const read = (percent: number): UsageReading => ({ scope: 'account', account: '1', useCase: 'ads_insights', percent });

    limits.note([read(90), read(10)]);
    expect(limits.usageOf('1', 'ads_insights')).toEqual({ percent: 90 });

    limits.note([read(20)]);
    expect(limits.usageOf('1', 'ads_insights')).toEqual({ percent: 20 });
    expect(limits.usageOf('2', 'ads_insights')).toEqual({ percent: 0 });
  });

  it('knows how busy Meta is with reports apart from the calls used, and spreads no calls for it', () => {
    const { limits } = setUp();
    const load = (scope: 'app' | 'account', percent: number): UsageReading => ({
      scope,
      ...(scope === 'account' ? { account: '1' } : {}),
      useCase: 'ads_insights',
      isLoad: true,
      percent,
    });
    expect(limits.loadOf('1', 'ads_insights')).toBeUndefined();

    limits.note([load('app', 40), load('account', 100)]);

    expect(limits.loadOf('1', 'ads_insights')).toEqual({ percent: 100 });
    expect(limits.loadOf('2', 'ads_insights')).toEqual({ percent: 40 });
    expect(limits.usageOf('1', 'ads_insights')).toEqual({ percent: 0 });
    limits.pace(ONE_INSIGHTS);
    expect(limits.pace(ONE_INSIGHTS)).toBe(0);
  });

  it('forgets a reading within the hour in which Meta does', async () => {
    const { limits, clock } = setUp();
    limits.note([{ scope: 'app', useCase: 'ads_insights', percent: 100 }]);

    await clock.advance(30 * MINUTE_MS);
    expect(limits.usageOf('1', 'ads_insights').percent).toBe(50);

    await clock.advance(40 * MINUTE_MS);
    expect(limits.usageOf('1', 'ads_insights').percent).toBe(0);
  });

  it('tells of a block', () => {
    const { limits, startMs } = setUp();
    limits.block(throttle(17, MINUTE_MS), ONE);

    expect(limits.usageOf('1', 'ads_insights')).toEqual({ percent: 0, blockedUntilMs: startMs + MINUTE_MS });
  });

  it('never holds for more than an hour, or spreads by more than a minute, whatever the readings say', () => {
    const amount = fc.double({ min: 0, max: 1e15, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(amount, amount), { maxLength: 30 }), (values) => {
        const { limits, startMs } = setUp();
        for (const [percent, regainMs] of values) {
          limits.note([{ scope: 'account', account: '1', percent, regainMs }]);
          limits.block(throttle(17, regainMs), ONE);
          expect(limits.pace(ONE)).toBeLessThanOrEqual(MINUTE_MS);
        }
        const hold = limits.findHold(ONE);
        if (hold?.type === 'blocked') expect(hold.untilMs - startMs).toBeLessThanOrEqual(60 * MINUTE_MS);
      }),
    );
  });
});
