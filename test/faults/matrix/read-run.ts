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
const REPORT_DAYS = { start_date: '2026-08-01T00:00:00Z', end_date: '2026-08-10T00:00:00Z' };
const EDGE_DAYS = { start_date: '2025-12-01T00:00:00Z' };

export interface ReadOutcome {
  readonly run: SourceRun;
  readonly emulator: Emulator;
  /** By the run's clock. */
  readonly hours: number;
}

/** Reads a stream and the witness, in a world of its own. */
export async function readUnderFaults(stream: ReadStream, faults: FaultOptions): Promise<ReadOutcome> {
  const clock = new FakeClock({ auto: true });
  const emulator = createEmulator({ ...WORLD, faults }, clock);
  const startedAtMs = clock.now();
  const run = await readSource(emulator, {
    clock,
    config: { page_size: 5, ...(stream === 'ads_insights' ? REPORT_DAYS : EDGE_DAYS) },
    streams: { [stream]: READ_STREAMS[stream], [WITNESS]: READ_STREAMS[WITNESS] },
  });
  return { run, emulator, hours: (clock.now() - startedAtMs) / 3_600_000 };
}
