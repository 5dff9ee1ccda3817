import { createEmulator, type Emulator } from '../../../src/emulator/emulator.ts';
import type { FaultOptions } from '../../../src/emulator/faults/fault-injector.ts';
import type { EmulatorOptions } from '../../../src/emulator/options.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { readSource, type SourceRun } from '../../support/read-source.ts';
import { READ_STREAMS, type ReadStream, WITNESS } from './read-places.ts';

/** Two accounts, several pages of everything. */
const WORLD: Partial<EmulatorOptions> = {
  campaignsPerAccount: 4,
  adSetsPerCampaign: 2,
  adsPerAdSet: 2,
  activitiesPerAccount: 30,
  maximumLimit: 40,
};
/** Days of reports that nothing changes any more, whatever the waits. */
export const REPORT_RANGE = { since: '2026-08-01', until: '2026-08-10' };
const REPORT_DAYS = { start_date: `${REPORT_RANGE.since}T00:00:00Z`, end_date: `${REPORT_RANGE.until}T00:00:00Z` };

export interface ReadOutcome {
  readonly run: SourceRun;
  readonly emulator: Emulator;
  /** By the run's clock. */
  readonly hours: number;
}

/** Reads a stream and the witness, in a world of its own. */
export function readUnderFaults(stream: ReadStream, faults: FaultOptions): Promise<ReadOutcome> {
  return readWorld({ ...WORLD, faults }, [stream, WITNESS], stream === 'ads_insights' ? REPORT_DAYS : {});
}

/** Reads all streams of a larger world. */
export function readAllUnderFaults(faults: FaultOptions): Promise<ReadOutcome> {
  const world = { ...WORLD, accounts: 4, campaignsPerAccount: 6, activitiesPerAccount: 60, faults };
  return readWorld(world, Object.keys(READ_STREAMS) as ReadStream[], { ...REPORT_DAYS, start_date: '2026-07-20T00:00:00Z' });
}

async function readWorld(options: Partial<EmulatorOptions>, streams: readonly ReadStream[], days: object): Promise<ReadOutcome> {
  const clock = new FakeClock({ auto: true });
  const emulator = createEmulator(options, clock);
  const startedAtMs = clock.now();
  const run = await readSource(emulator, {
    clock,
    config: { page_size: 5, ...days },
    streams: Object.fromEntries(streams.map((stream) => [stream, READ_STREAMS[stream]])),
  });
  return { run, emulator, hours: (clock.now() - startedAtMs) / 3_600_000 };
}
