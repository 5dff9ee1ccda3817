import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createRuntime, createSystemClock } from '../src/create-runtime.ts';
import { createTestRuntime } from './support/test-runtime.ts';

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

describe('createRuntime', () => {
  it('uses the global fetch of the moment of the call', async () => {
    const { log, signal } = createTestRuntime();
    const runtime = createRuntime({ log, signal });
    const original = globalThis.fetch;
    globalThis.fetch = async () => new Response('replaced');
    try {
      expect(await (await runtime.fetch('https://graph.example')).text()).toBe('replaced');
    } finally {
      globalThis.fetch = original;
    }
  });
});
