import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RollingHour } from '../../src/emulator/quota/rolling-hour.ts';
import { ACCOUNT, createCaller, OTHER_ACCOUNT } from './caller.ts';

const MINUTE_MS = 60_000;
const path = `act_${ACCOUNT}/campaigns`;
type Entries = Readonly<Record<string, readonly Readonly<Record<string, number | string>>[]>>;

async function exhaust(caller: ReturnType<typeof createCaller>, calls: number): Promise<void> {
  for (let call = 0; call < calls; call++) await caller.get(path);
}

describe('the quota', () => {
  it.each([
    ['business_use_case', '400 80004/2446079'],
    ['17', '400 17/2446079'],
    ['4', '400 4'],
    ['613', '400 613/1487742'],
  ] as const)('answers an account beyond it with %s, and another account not at all', async (quotaError, label) => {
    const caller = createCaller({ callsPerHour: 5, quotaError });
    await exhaust(caller, 5);
    expect(await caller.fail(path)).toBe(label);
    expect((await caller.get(`act_${OTHER_ACCOUNT}/campaigns`)).error).toBeUndefined();
    expect(caller.emulator.counters.errors[label.slice(4)]).toBe(1);
  });

  it('counts business use cases apart', async () => {
    const caller = createCaller({ callsPerHour: 5 });
    await exhaust(caller, 6);
    expect((await caller.get(`act_${ACCOUNT}/customaudiences`)).error).toBeUndefined();
  });

  it('tells minutes and seconds until calls pass again, and keeps the promise', async () => {
    const caller = createCaller({ callsPerHour: 5, blockMinutes: 7 });
    await exhaust(caller, 5);
    const response = await caller.fetch(`/v25.0/${path}`);
    const usage = JSON.parse(response.headers.get('x-business-use-case-usage') ?? '{}') as Entries;
    expect(usage[ACCOUNT]).toMatchObject([{ type: 'ads_management', estimated_time_to_regain_access: 7, call_count: 120 }]);
    expect(JSON.parse(response.headers.get('x-ad-account-usage') ?? '{}')).toMatchObject({
      acc_id_util_pct: 120,
      reset_time_duration: 420,
    });
    await caller.clock.advance(7 * MINUTE_MS - 1);
    expect(await caller.fail(path)).toBe('400 80004/2446079');
    await caller.clock.advance(1);
    expect((await caller.get(path)).error).toBeUndefined();
  });

  it('names all use cases of the account in one header', async () => {
    const caller = createCaller({ callsPerHour: 5 });
    await caller.get(`act_${ACCOUNT}/customaudiences`);
    const response = await caller.fetch(`/v25.0/${path}`);
    const usage = JSON.parse(response.headers.get('x-business-use-case-usage') ?? '{}') as Entries;
    expect(usage[ACCOUNT]?.map(({ type }) => type)).toEqual(['custom_audience', 'ads_management']);
  });

  it('can be one account’s alone, and keeps a list of calls with what held them back', async () => {
    const caller = createCaller({ callsPerHourOfAccounts: { [ACCOUNT]: 2 }, blockMinutes: 7, keepCalls: true });
    const startMs = caller.clock.now();
    await exhaust(caller, 3);
    for (let call = 0; call < 3; call++) await caller.get(`act_${OTHER_ACCOUNT}/campaigns`);
    const { calls } = caller.emulator;
    expect(calls.map(({ account }) => account)).toEqual([ACCOUNT, ACCOUNT, ACCOUNT, OTHER_ACCOUNT, OTHER_ACCOUNT, OTHER_ACCOUNT]);
    expect(calls.map(({ blockedUntilMs }) => blockedUntilMs)).toEqual([
      undefined,
      undefined,
      startMs + 7 * MINUTE_MS,
      undefined,
      undefined,
      undefined,
    ]);
    expect(calls[0]).toEqual({ atMs: startMs, edge: 'campaigns', account: ACCOUNT, useCase: 'ads_management' });
  });

  it.each([
    ['full', '"call_count":100', '"estimated_time_to_regain_access":0'],
    ['full_and_blocked', '"call_count":100', '"estimated_time_to_regain_access":60'],
    ['beyond', '"call_count":118', '"estimated_time_to_regain_access":0'],
    ['negative', '"call_count":-5', '"estimated_time_to_regain_access":-60'],
    ['words', '"call_count":"much"', '"estimated_time_to_regain_access":"soon"'],
    ['long_waits', '"call_count":10', '"estimated_time_to_regain_access":0'],
    ['broken', '{"call_count":9', ''],
  ] as const)('tells untruths that are %s, whatever is used', async (usageHeaders, percent, minutes) => {
    const caller = createCaller({ callsPerHour: 10, usageHeaders });
    const usage = (await caller.fetch(`/v25.0/${path}`)).headers.get('x-business-use-case-usage');
    expect(usage).toContain(percent);
    expect(usage).toContain(minutes);
  });

  it('sends usage headers only from the threshold on, or never, or wrong ones', async () => {
    const header = async (options: object, calls = 1) => {
      const caller = createCaller({ callsPerHour: 10, ...options });
      await exhaust(caller, calls);
      return (await caller.fetch(`/v25.0/${path}`)).headers.get('x-ad-account-usage');
    };
    expect(await header({ usageThresholdPct: 50 })).toBeNull();
    expect(await header({ usageThresholdPct: 50 }, 4)).toContain('"acc_id_util_pct":50');
    expect(await header({ usageHeaders: 'missing' }, 9)).toBeNull();
    expect(await header({ usageHeaders: 'lying' }, 9)).toContain('"acc_id_util_pct":0.01');
  });

  it('limits the app as a whole', async () => {
    const caller = createCaller({ appCallsPerHour: 3 });
    await exhaust(caller, 3);
    expect(await caller.fail('me')).toBe('400 4');
    expect((await caller.fetch('/v25.0/me')).headers.get('x-app-usage')).toContain('"call_count":167');
  });

  it('blocks bursts by score', async () => {
    const caller = createCaller({ burstScoreLimit: 4, burstBlockSeconds: 60 });
    await exhaust(caller, 4);
    expect(await caller.fail(path)).toBe('400 17/2446079');
    await caller.clock.advance(300_000);
    expect((await caller.get(path)).error).toBeUndefined();
  });

  it('puts usage into the parts of a batch, and counts each of them', async () => {
    const caller = createCaller({ callsPerHour: 3 });
    const answer = (await caller.batch(Array.from({ length: 4 }, () => ({ method: 'GET', relative_url: path })))) as {
      code: number;
      headers: object[];
    }[];
    expect(answer.map(({ code }) => code)).toEqual([200, 200, 200, 400]);
    expect(answer[3]?.headers).toContainEqual({ name: 'x-business-use-case-usage', value: expect.stringContaining(ACCOUNT) });
  });

  it('waits just long enough for a rolling hour to empty', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3_600_000), { minLength: 1, maxLength: 50 }), fc.nat(49), (moments, calls) => {
        const hour = new RollingHour();
        for (const moment of [...moments].sort((a, b) => a - b)) hour.add(moment);
        const nowMs = Math.max(...moments);
        const waitMs = hour.waitUntilBelow(calls, nowMs);
        if (waitMs > 0) expect(hour.count(nowMs + waitMs - 1)).toBeGreaterThan(calls);
        expect(hour.count(nowMs + waitMs)).toBeLessThanOrEqual(calls);
      }),
    );
  });
});
