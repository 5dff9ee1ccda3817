import { describe, expect, it } from 'vitest';
import { createEmulator } from '../../src/emulator/emulator.ts';
import { type FaultKind, transientFaultKinds } from '../../src/emulator/faults/fault-catalog.ts';
import type { EmulatorOptions } from '../../src/emulator/options.ts';
import { EDGES, type EntityStream, keyOf, listTruth } from '../support/entity-truth.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { openReader } from '../support/read-streams.ts';

const STREAMS = Object.keys(EDGES) as EntityStream[];
const WORLD: Partial<EmulatorOptions> = {
  campaignsPerAccount: 20,
  adSetsPerCampaign: 5,
  adsPerAdSet: 10,
  imagesPerAccount: 150,
  videosPerAccount: 60,
};
/** Waits included: a sync that is hit by faults in one call of twenty still ends well within a day. */
const MAX_HOURS = 24;

async function expectWholeRead(options: Partial<EmulatorOptions>): Promise<void> {
  const clock = new FakeClock({ auto: true });
  const emulator = createEmulator({ ...WORLD, ...options }, clock);
  const startedAtMs = clock.now();
  const reader = await openReader(emulator, { clock, config: { page_size: 25 } });
  for (const stream of STREAMS) {
    const { rows, failures } = await reader.read(stream);
    expect(failures, stream).toEqual([]);
    // A walk cut into segments may show an object twice when it moves; nothing moves here, so each comes once.
    expect(rows.map((row) => keyOf(stream, row)).sort(), stream).toEqual(listTruth(emulator, stream));
  }
  expect((clock.now() - startedAtMs) / 3_600_000).toBeLessThan(MAX_HOURS);
  expect(Object.values(emulator.counters.faults).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
}

describe('with one call in twenty failing', () => {
  it.each(transientFaultKinds.map((kind) => [kind]))('reads everything once through %s', async (kind: FaultKind) => {
    await expectWholeRead({ faults: { rate: 0.05, kinds: [kind] } });
  });

  it.each([1, 2, 3])('reads everything once through all kinds mixed, seed %i', async (seed) => {
    await expectWholeRead({ faults: { rate: 0.05, kinds: 'transient', seed } });
  });

  it('reads everything once through faults, broken batches, odd pages and poison together', async () => {
    await expectWholeRead({
      faults: { rate: 0.05, kinds: 'transient' },
      batchNullEvery: 53,
      // Longer than a batch: a shorter period can hit the same part of a repeated batch each time.
      batchAbortEvery: 59,
      batchHeaderlessEvery: 5,
      pageStyle: 'empty_pages',
      poisonEvery: 50,
      giantEvery: 100,
      giantBytes: 200_000,
      maxPageBytes: 150_000,
    });
  });

  it.each(['plain', 'empty_pages', 'short_pages', 'trailing_empty_page', 'sticky_next'] as const)(
    'ends every walk of pages that are %s',
    async (pageStyle) => {
      await expectWholeRead({ pageStyle, faults: { rate: 0.02, kinds: ['reset'] } });
    },
  );
});
