import { createEmulator } from '../../src/emulator/emulator.ts';
import type { EmulatorOptions } from '../../src/emulator/options.ts';
import { FakeClock } from './fake-clock.ts';
import { type WriteOptions, write } from './write-records.ts';

/** An emulator, its clock, and the destination before it. */
export function setUpWriting(options: Partial<EmulatorOptions> = {}) {
  const clock = new FakeClock({ auto: true });
  const emulator = createEmulator(options, clock);
  return {
    clock,
    emulator,
    write: (lines: Iterable<string> | AsyncIterable<Uint8Array>, more: WriteOptions = {}) =>
      write(emulator, lines, { clock, ...more }),
  };
}
