import { describe, expect, it } from 'vitest';
import { AccountCapacity, type ReportPlace } from '../../src/insights/account-capacity.ts';
import { FakeClock } from '../support/fake-clock.ts';

async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

/** An account that has room for `most` reports and tells so; reports are made as soon as there is a place. */
function setUp(most: number | undefined, others = 0) {
  const clock = new FakeClock();
  const places: ReportPlace[] = [];
  let underWay = others;
  let peak = 0;
  const capacity = new AccountCapacity(clock, () => (most === undefined ? undefined : { percent: (100 * underWay) / most }));
  const make = async (accountId: string, reader?: string) => {
    const place = await capacity.enter({ accountId, reader });
    underWay += 1;
    peak = Math.max(peak, underWay);
    places.push(place);
    place.noteMade();
  };
  const end = () => {
    underWay -= 1;
    places.shift()?.[Symbol.dispose]();
  };
  return { clock, make, end, places, peak: () => peak };
}

describe('AccountCapacity', () => {
  it('lets a hundred reports run where Meta tells nothing of its load, and the next one when one has ended', async () => {
    const { make, end, places } = setUp(undefined);
    for (let report = 0; report < 102; report += 1) void make('1');
    await settle();
    expect(places).toHaveLength(100);
    end();
    await settle();
    expect(places).toHaveLength(100);
  });

  it.each([2, 10, 20, 100])('fills an account with room for %i, and never beyond', async (most) => {
    const { make, end, places, peak } = setUp(most);
    for (let report = 0; report < 3 * most; report += 1) void make('1');
    for (let ended = 0; ended < 3 * most; ended += 1) {
      await settle();
      if (ended === 0) expect(places.length).toBe(Math.round(0.95 * most));
      end();
    }
    expect(places).toEqual([]);
    expect(peak()).toBeLessThanOrEqual(most);
  });

  it('comes by and by to take what others leave free, and no more', async () => {
    const { clock, make, end, places, peak } = setUp(100, 70);
    for (let report = 0; report < 200; report += 1) void make('1');
    let most = 0;
    for (let ended = 0; ended < 200; ended += 1) {
      await settle();
      most = Math.max(most, places.length);
      await clock.advance(60_000);
      end();
    }
    expect(most).toBeGreaterThanOrEqual(20);
    expect(peak()).toBeLessThanOrEqual(100);
  });

  it('lets one at a time through where the account is full, so that a stale reading stops nothing for good', async () => {
    const clock = new FakeClock();
    const capacity = new AccountCapacity(clock, () => ({ percent: 100 }));
    const first = await capacity.enter({ accountId: '1' });
    first.noteMade();
    let isIn = false;
    void capacity.enter({ accountId: '1' }).then(() => {
      isIn = true;
    });
    await settle();
    expect(isIn).toBe(false);
    first[Symbol.dispose]();
    await settle();
    expect(isIn).toBe(true);
  });

  it('gives the next place to the reader that has the fewest', async () => {
    const clock = new FakeClock();
    const capacity = new AccountCapacity(clock, () => ({ percent: 50 }));
    const entered: string[] = [];
    const first = await capacity.enter({ accountId: '1', reader: 'a' });
    for (const reader of ['a', 'a', 'b', 'b'])
      void capacity.enter({ accountId: '1', reader }).then(() => {
        entered.push(reader);
      });
    first.noteMade();
    await settle();
    expect(entered).toEqual(['b']);
    first[Symbol.dispose]();
    await settle();
    expect(entered).toEqual(['b', 'a']);
  });

  it('keeps accounts apart', async () => {
    const { make, places } = setUp(1);
    for (let report = 0; report < 3; report += 1) void make('full');
    await settle();
    void make('free');
    await settle();
    expect(places).toHaveLength(2);
  });
});
