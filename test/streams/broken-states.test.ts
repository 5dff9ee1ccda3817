import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEmulator } from '../../src/emulator/emulator.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { openReader, type StreamReader } from '../support/read-streams.ts';

const WORLD = {
  campaignsPerAccount: 2,
  adSetsPerCampaign: 1,
  adsPerAdSet: 2,
  imagesPerAccount: 4,
  activitiesPerAccount: 10,
  historyDays: 4,
};
const CURSORS = {
  campaigns: 'updated_time',
  images: 'updated_time',
  activities: 'event_time',
  ads_insights: 'date_start',
} as const;
type Stream = keyof typeof CURSORS;
const STREAMS = Object.keys(CURSORS) as Stream[];

async function open(accounts = 2): Promise<{ readonly reader: StreamReader; readonly accountIds: readonly string[] }> {
  const clock = new FakeClock({ auto: true });
  const emulator = createEmulator({ ...WORLD, accounts }, clock);
  const start_date = `${new Date(clock.now() - 5 * 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`;
  const custom = { start_date, insights_lookback_window: 1 };
  return { reader: await openReader(emulator, { clock, config: custom }), accountIds: emulator.truth.accounts() };
}

const warningsOf = ({ runtime }: StreamReader): string[] =>
  runtime.lines.splice(0).flatMap(({ level, message }) => (level === 'warn' ? [message] : []));
const textsOf = (rows: readonly object[]): string[] => rows.map((row) => JSON.stringify(row)).sort();

/** Anything but an object, and objects whose cursor is none. */
function brokenAccount(cursor: string): fc.Arbitrary<unknown> {
  const noTime = fc.oneof(
    fc.integer(),
    fc.boolean(),
    fc.constantFrom('', 'soon', '2026-13-45', 'null', '0000-00-00T00:00:00+0000'),
    fc.array(fc.string()),
  );
  const noObject = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null), fc.array(fc.jsonValue()));
  const rest = fc.dictionary(fc.constantFrom('filter_statuses', 'slices', 'shape', 'read_at', 'include_deleted'), fc.jsonValue());
  return fc.oneof(
    noObject,
    fc.tuple(noTime, rest).map(([time, others]) => ({ ...others, [cursor]: time })),
  );
}

describe.each(STREAMS)('%s with a broken state', (stream) => {
  it('reads the account from the beginning, and says so', async () => {
    const { reader, accountIds } = await open();
    const whole = textsOf((await reader.read(stream, { syncMode: 'full_refresh' })).rows);
    expect(whole.length).toBeGreaterThan(0);
    const [first = '', second = ''] = accountIds;
    const increment = stream === 'ads_insights' ? { time_increment: 1 } : {};
    const property = fc.asyncProperty(brokenAccount(CURSORS[stream]), async (broken) => {
      warningsOf(reader);
      const state = JSON.parse(JSON.stringify({ [first]: broken, ...increment }));
      const { rows, failures, states } = await reader.read(stream, { state });
      expect(failures).toEqual([]);
      expect(textsOf(rows)).toEqual(whole);
      expect(warningsOf(reader)).toEqual([
        expect.stringContaining(`${stream}: the state of ad account ${first} can not be understood`),
      ]);
      // What it leaves is whole.
      expect(Object.keys(states.at(-1)?.state ?? {})).toEqual(expect.arrayContaining([first, second]));
      await reader.read(stream, { state: states.at(-1)?.state ?? {} });
      expect(warningsOf(reader)).toEqual([]);
    });
    await fc.assert(property, { numRuns: 25 });
  });

  it('of one account reads all from the beginning where there are several, and says so', async () => {
    const { reader } = await open();
    const whole = textsOf((await reader.read(stream, { syncMode: 'full_refresh' })).rows);
    warningsOf(reader);
    const { rows } = await reader.read(stream, { state: { [CURSORS[stream]]: '2026-11-20', slices: [] } });
    expect(textsOf(rows)).toEqual(whole);
    expect(warningsOf(reader)).toEqual([expect.stringContaining('does not tell which')]);
  });

  it('that names no account reads all from the beginning, and says so', async () => {
    const { reader } = await open();
    const whole = textsOf((await reader.read(stream, { syncMode: 'full_refresh' })).rows);
    warningsOf(reader);
    const { rows, states } = await reader.read(stream, { state: { position: 7 } });
    expect(textsOf(rows)).toEqual(whole);
    expect(warningsOf(reader)).toEqual([expect.stringContaining('names no ad account')]);
    expect(states.at(-1)?.state).toMatchObject({ position: 7 });
  });

  it('that is empty, or of an account without anything, reads all without a word', async () => {
    const { reader, accountIds } = await open();
    const whole = textsOf((await reader.read(stream, { syncMode: 'full_refresh' })).rows);
    warningsOf(reader);
    for (const state of [{}, { [accountIds[0] ?? '']: {} }, { [accountIds[0] ?? '']: { [CURSORS[stream]]: null } }]) {
      expect(textsOf((await reader.read(stream, { state })).rows)).toEqual(whole);
    }
    expect(warningsOf(reader)).toEqual([]);
  });

  it('of a moment to come never passes without a word', async () => {
    const { reader, accountIds } = await open(1);
    warningsOf(reader);
    const time_increment = stream === 'ads_insights' ? { time_increment: 1 } : {};
    const state = { [accountIds[0] ?? '']: { [CURSORS[stream]]: '2121-01-01T00:00:00+0000' }, ...time_increment };
    const { rows } = await reader.read(stream, { state });
    expect(warningsOf(reader)).toEqual([expect.stringContaining('to come')]);
    // Objects are read from there on, as a state asks for; reports restate their last days anyway, and are read again.
    expect(rows.length > 0).toBe(stream === 'ads_insights');
  });
});

it.each(['soon', -1, 0, 1.5, {}])(
  'reports whose state has the time increment %j are read from the beginning, and say so',
  async (time_increment) => {
    const { reader, accountIds } = await open(1);
    const whole = textsOf((await reader.read('ads_insights', { syncMode: 'full_refresh' })).rows);
    const account = { date_start: new Date(reader.runtime.clock.now()).toISOString().slice(0, 10), slices: [] };
    const states = [
      { [accountIds[0] ?? '']: account, time_increment },
      { ...account, time_increment },
    ];
    for (const state of states) {
      warningsOf(reader);
      expect(textsOf((await reader.read('ads_insights', { state })).rows)).toEqual(whole);
      expect(warningsOf(reader)).toEqual([expect.stringContaining('time increment of the state')]);
    }
  },
);
