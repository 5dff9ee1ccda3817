import { describe, expect, it } from 'vitest';
import { createGraceRuntime } from '../../src/connection/grace-runtime.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { createTestRuntime } from '../support/test-runtime.ts';

describe('createGraceRuntime', () => {
  it('aborts some time after the given signal, for the same reason', async () => {
    const clock = new FakeClock();
    const stop = new AbortController();
    const { signal } = createGraceRuntime(createTestRuntime({ clock, signal: stop.signal }), 1_500);
    stop.abort(new Error('stopped'));
    await clock.advance(1_000);
    expect(signal.aborted).toBe(false);
    await clock.advance(500);
    expect(signal.reason).toEqual(new Error('stopped'));
  });

  it('has aborted where the given signal has', () => {
    expect(createGraceRuntime(createTestRuntime({ signal: AbortSignal.abort() }), 1_500).signal.aborted).toBe(true);
  });
});
