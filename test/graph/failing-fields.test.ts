import { describe, expect, it } from 'vitest';
import { createEmulator } from '../../src/emulator/emulator.ts';
import { DEFAULT_TOKEN, type EmulatorOptions } from '../../src/emulator/options.ts';
import { createGraphClient } from '../../src/graph/client.ts';
import { FieldMemory } from '../../src/graph/field-memory.ts';
import { PageSize } from '../../src/graph/page-size.ts';
import { type Page, readPages } from '../../src/graph/paging.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { createTestRuntime } from '../support/test-runtime.ts';
import { createMeter } from './graph-fixtures.ts';

const FIELDS = [
  'id',
  'name',
  'status',
  'effective_status',
  'created_time',
  'updated_time',
  'adset_id',
  'campaign_id',
  'tracking_specs',
];

async function readAds(options: Partial<EmulatorOptions>) {
  const clock = new FakeClock({ auto: true });
  const emulator = createEmulator({ accounts: 1, campaignsPerAccount: 60, ...options }, clock);
  const runtime = createTestRuntime({ clock, fetch: (input, init) => clock.track(() => emulator.fetch(input, init)) });
  const [account = ''] = emulator.truth.accounts();
  const meter = createMeter();
  const pages: Page[] = [];
  const walk = readPages(createGraphClient(runtime, { accessToken: DEFAULT_TOKEN }), {
    path: `act_${account}/ads`,
    fields: FIELDS,
    account,
    context: { meter },
    pageSize: new PageSize({ initial: 100, ceiling: 500 }),
    memory: new FieldMemory(),
    hasNodes: true,
  });
  for await (const page of walk) pages.push(page);
  const rows = pages.flatMap((page) => page.rows.map((row) => ({ row, flaws: page.flaws.get(row) ?? [] })));
  const warnings = runtime.lines.filter(({ level }) => level === 'warn').map(({ message }) => message);
  return { rows, meter, warnings, truth: emulator.truth.ids('ads', account) };
}

describe('a field that fails for every object', () => {
  it.each([
    ['with HTTP 500', { failingFields: ['ad.tracking_specs'] }],
    ['as one Meta does not know', { removedFields: ['ad.tracking_specs'] }],
  ])('%s costs a few dozen calls, one warning, and a flaw on every row', async (_, options) => {
    const { rows, meter, warnings, truth } = await readAds(options);
    const { meter: usual } = await readAds({});
    expect(rows.map(({ row }) => row['id']).sort()).toEqual([...truth].sort());
    expect(rows.every(({ row, flaws }) => flaws.join() === 'tracking_specs' && row['name'] !== undefined)).toBe(true);
    expect(meter.calls + meter.parts - usual.calls).toBeLessThan(60);
    expect(warnings.filter((text) => text.startsWith('Meta refuses the field tracking_specs'))).toHaveLength(1);
  });

  it('is told from objects that spoil their pages', async () => {
    const { truth } = await readAds({});
    const poisonedObjects = truth.filter((_, index) => index % 90 < 4);
    const { rows } = await readAds({ poisonedObjects });
    expect(rows.map(({ row }) => row['id']).sort()).toEqual([...truth].sort());
    const flawed = rows.filter(({ flaws }) => flaws.length > 0).map(({ row }) => row['id']);
    expect(flawed.sort()).toEqual([...poisonedObjects].sort());
  });
});
