import type { Emulator } from '../../src/emulator/emulator.ts';
import { type FakeClock, turn } from './fake-clock.ts';

/** Turns of the event loop after which an answer can only come by the clock: some never come, and some after a latency. */
const ANSWER_TURNS = 20;

/** The emulator's `fetch`, under which an automatic clock stands still. */
export function createEmulatorFetch(emulator: Emulator, clock: FakeClock): typeof globalThis.fetch {
  // With a latency, the emulator itself waits for the clock, which must not stand still for it.
  if (emulator.options.latencyMs > 0) return emulator.fetch;
  return (input, init) => {
    const answer = emulator.fetch(input, init);
    void clock.track(() => Promise.race([settle(answer), rest()]));
    return answer;
  };
}

async function settle(answer: Promise<unknown>): Promise<void> {
  await answer.catch(() => undefined);
}

async function rest(): Promise<void> {
  for (let turns = 0; turns < ANSWER_TURNS; turns += 1) await turn();
}
