import { describe, expect, it } from 'vitest';
import { ServerClock } from '../../src/graph/server-clock.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const clock = { now: () => NOW };
const answerAt = (ms: number) => new Headers({ date: new Date(ms).toUTCString() });

describe('ServerClock', () => {
  it('takes back what our clock is ahead of Meta', () => {
    const server = new ServerClock(clock);
    server.note(answerAt(NOW - 300_000));
    expect(server.toServerMs(NOW - 1_000)).toBe(NOW - 301_000);
  });

  it('leaves a moment as it is where our clock is behind, or Meta tells no time', () => {
    const server = new ServerClock(clock);
    server.note(answerAt(NOW + 300_000));
    server.note(new Headers());
    server.note(new Headers({ date: 'soon' }));
    expect(server.toServerMs(NOW)).toBe(NOW);
  });
});
