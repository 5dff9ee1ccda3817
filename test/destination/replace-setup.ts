import { createEmulator, type Emulator } from '../../src/emulator/emulator.ts';
import type { EmulatorOptions } from '../../src/emulator/options.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { people } from '../support/people.ts';
import { audienceIds, type StreamSetup, sync, type WriteOptions, write } from '../support/write-records.ts';

/** An emulator with an empty audience, and what adds people to it and replaces them. */
export function setUpReplacement(options: Partial<EmulatorOptions> = {}) {
  const clock = new FakeClock({ auto: true });
  const emulator = createEmulator({ audiencesPerAccount: 40, ...options }, clock);
  const [audience = ''] = audienceIds(emulator);
  emulator.configure({ audienceStates: { [audience]: { otherMembers: 0 } } });
  const replace = (lines: readonly string[], more: WriteOptions & { readonly stream?: StreamSetup } = {}) =>
    write(emulator, lines, { clock, streams: [{ objectName: audience, mode: 'overwrite', ...more.stream }], ...more });
  const add = (count: number, from = 0) =>
    write(emulator, sync(people(count, from)), { clock, streams: [{ objectName: audience }] });
  return { clock, emulator, audience, replace, add };
}

export function listReplacements(emulator: Emulator) {
  return emulator.audiences.uploads().filter(({ operation }) => operation === 'replace');
}
