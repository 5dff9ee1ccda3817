import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createSystemClock } from '../src/create-runtime.ts';

describe('createSystemClock', () => {
  it('ends a sleep with the signal’s reason, and leaves no listener behind', async () => {
    const controller = new AbortController();
    const sleep = createSystemClock().sleep(3_600_000, controller.signal);
    controller.abort(new Error('stopped'));
    await expect(sleep).rejects.toThrow('stopped');
    await expect(createSystemClock().sleep(0, controller.signal)).rejects.toThrow('stopped');
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  });

  it('leaves no listener behind after a sleep that was not disturbed', async () => {
    const { signal } = new AbortController();
    await createSystemClock().sleep(0, signal);
    await createSystemClock().sleep(-5, signal);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('sleeps longer than a timer can count, and can be woken even so', async () => {
    const controller = new AbortController();
    let isAwake = false;
    const sleep = createSystemClock()
      .sleep(2 ** 33, controller.signal)
      .finally(() => {
        isAwake = true;
      });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(isAwake).toBe(false);
    controller.abort(new Error('stopped'));
    await expect(sleep).rejects.toThrow('stopped');
  });
});
