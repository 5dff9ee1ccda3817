import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/protocol/messages.ts';
import fixture from '../../test/contract/fixtures/peer-streams.json' with { type: 'json' };
import { configFor } from '../../test/support/read-streams.ts';
import { daysBefore, type FrozenEmulator, SMALL_WORLD, startFrozenEmulator } from '../support/frozen-emulator.ts';
import { type BothRead, keyColumnsOf, readBoth } from '../support/read-both.ts';
import { compareRecords } from './compare-records.ts';
import { describeStream, explainDifferences } from './explain-differences.ts';

const ENTITIES = Object.keys(fixture.streams);
const PRESETS = Object.keys(fixture.insights);
/** The numbers of the peer's faults that show in a stream, each of which must. */
const EXPECTED_FAULTS: Readonly<Record<string, readonly number[]>> = {
  activities: [13],
  custom_audiences: [40],
  custom_conversions: [39],
};
const STATUSES = ['ACTIVE', 'PAUSED', 'ARCHIVED', 'DELETED'];

describe('the records of the 31 streams', () => {
  let world: FrozenEmulator;
  let entities: BothRead;
  let presets: BothRead;
  const lines: string[] = [];

  beforeAll(async () => {
    world = await startFrozenEmulator(SMALL_WORLD);
    const { url: graphUrl, emulator } = world;
    const statuses = { campaign_statuses: STATUSES, ad_statuses: [...STATUSES, 'PENDING_REVIEW'] };
    const objects = configFor(emulator, { ...statuses, page_size: 5 });
    entities = await readBoth({ config: objects, graphUrl, wants: (name) => ENTITIES.includes(name) });
    const reports = configFor(emulator, insightsDates(world.now()));
    presets = await readBoth({ config: reports, graphUrl, wants: (name) => PRESETS.includes(name), peerProcesses: 2 });
  });
  afterAll(async () => {
    console.log(lines.join('\n'));
    await world.close();
  });

  it.each([...ENTITIES, ...PRESETS])('%s: equal, but for known faults of the peer', (stream) => {
    const { catalog, records } = ENTITIES.includes(stream) ? entities : presets;
    const { peer = [], ours = [] } = records.get(stream) ?? {};
    const differences = compareRecords({ peer, ours }, keyColumnsOf(catalog, stream));
    const explanation = explainDifferences(differences, { stream, nowMs: world.now() });
    lines.push(describeStream(stream, { peer: peer.length, ours: ours.length }, explanation));
    expect(explanation.unexplained).toEqual([]);
    expect([...explanation.byFault.keys()]).toEqual(EXPECTED_FAULTS[stream] ?? []);
    expect(peer.length).toBeGreaterThan(0);
  });

  it('are of exactly these streams', () => {
    expect([...entities.records.keys(), ...presets.records.keys()].sort()).toEqual([...ENTITIES, ...PRESETS].sort());
  });
});

/** Three whole days, over for everybody. */
function insightsDates(nowMs: number): JsonObject {
  const windows = { include_incrementality: true, include_engaged_view: true };
  return { start_date: daysBefore(nowMs, 6), end_date: daysBefore(nowMs, 4), ...windows };
}
