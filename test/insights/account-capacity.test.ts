import { describe, expect, it } from 'vitest';
import { AccountCapacity } from '../../src/insights/account-capacity.ts';

async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe('AccountCapacity', () => {
  it('lets a hundred reports of an idle account run, and the next one when one has ended', async () => {
    const capacity = new AccountCapacity(() => 0);
    const places = await Promise.all(Array.from({ length: 100 }, () => capacity.enter('1')));
    let isIn = false;
    void capacity.enter('1').then(() => {
      isIn = true;
    });
    await settle();
    expect(isIn).toBe(false);
    places[0]?.[Symbol.dispose]();
    await settle();
    expect(isIn).toBe(true);
  });

  it('lets one at a time through where the account is nearly full, so that a stale reading stops nothing for good', async () => {
    const capacity = new AccountCapacity(() => 97);
    const first = await capacity.enter('1');
    let isIn = false;
    void capacity.enter('1').then(() => {
      isIn = true;
    });
    await settle();
    expect(isIn).toBe(false);
    first[Symbol.dispose]();
    await settle();
    expect(isIn).toBe(true);
  });

  it('keeps accounts apart', async () => {
    const capacity = new AccountCapacity((account) => (account === 'full' ? 100 : 0));
    const entered: string[] = [];
    for (const account of ['full', 'full', 'free', 'free']) void capacity.enter(account).then(() => entered.push(account));
    await settle();
    expect(entered).toEqual(['full', 'free', 'free']);
  });
});
