import { describe, expect, it } from 'vitest';
import { createEmulator, type Emulator } from '../../src/emulator/emulator.ts';
import type { Row } from '../../src/streams/stream.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { openReader } from '../support/read-streams.ts';

const FIELDS = ['id', 'name', 'updated_time'];

/** Ads of which no row so far has the version that the API shows now. */
function findStale(emulator: Emulator, rows: readonly Row[]): string[] {
  const versions = new Set(rows.map((row) => `${row['id']} ${row['updated_time']} ${row['name']}`));
  return emulator.truth
    .accounts()
    .flatMap((account) => emulator.truth.ids('ads', account))
    .filter((id) => {
      const ad = emulator.truth.object(id) ?? {};
      return !versions.has(`${id} ${ad['updated_time']} ${ad['name']}`);
    });
}

describe('a world that changes while it is read', () => {
  it('is caught up with from every state of a long second sync', async () => {
    const clock = new FakeClock({ auto: true });
    const emulator = createEmulator({ accounts: 1, campaignsPerAccount: 40, adSetsPerCampaign: 20, adsPerAdSet: 20 }, clock);
    const [account = ''] = emulator.truth.accounts();
    const all = emulator.truth.ids('ads', account);
    let calls = 0;
    let isMoving = false;
    const moving: Emulator = Object.create(emulator, {
      fetch: {
        value: async (...words: Parameters<typeof fetch>) => {
          calls += 1;
          // Each call takes a few seconds, and now and then an ad changes meanwhile.
          if (isMoving) {
            await clock.advance(3_000);
            if (calls % 5 === 0) emulator.touch('ad', all[(calls * 37) % all.length] ?? '', { at: clock.now() });
          }
          return emulator.fetch(...words);
        },
      },
    });
    const reader = await openReader(moving, { clock });
    isMoving = true;
    const first = await reader.read('ads', { fields: FIELDS });
    const startMs = clock.now();
    await clock.advance(3_600_000);
    for (const [index, id] of all.entries()) if (index % 4 !== 0) emulator.touch('ad', id, { at: startMs + index * 200 });
    const second = await reader.read('ads', { fields: FIELDS, state: first.states.at(-1)?.state ?? {} });
    isMoving = false;
    await clock.advance(3_600_000);
    expect(second.states.length).toBeGreaterThan(3);
    for (const { state, rowCount } of second.states) {
      const third = await reader.read('ads', { fields: FIELDS, state });
      expect(findStale(emulator, [...first.rows, ...second.rows.slice(0, rowCount), ...third.rows])).toEqual([]);
    }
  });
});

describe('one busy account', () => {
  it('does not stop another', async () => {
    const clock = new FakeClock({ auto: true });
    const emulator = createEmulator({ accounts: 2, campaignsPerAccount: 20 }, clock);
    const [busy = '', free = ''] = emulator.truth.accounts();
    const startMs = clock.now();
    const doneAtMs = new Map<string, number>();
    emulator.configure({ faults: { script: [{ match: { account: busy }, kind: 'account_limit_17' }] } });
    const limited: Emulator = Object.create(emulator, {
      fetch: {
        value: (...words: Parameters<typeof fetch>) => {
          if (clock.now() - startMs >= 3_600_000) emulator.configure({ faults: {} });
          return emulator.fetch(...words);
        },
      },
    });
    const reader = await openReader(limited, { clock });
    const names = [
      'campaigns',
      'ad_sets',
      'ads',
      'images',
      'videos',
      'custom_audiences',
      'custom_conversions',
      'ad_creatives',
      'ad_account',
      'activities',
    ];
    await Promise.all(
      names.map(async (name) => {
        const stream = reader.streams.get(name);
        for await (const event of stream?.read({ syncMode: 'full_refresh', fields: [] }) ?? []) {
          if (event.type !== 'rows') continue;
          for (const row of event.rows) doneAtMs.set(String(row['account_id']), clock.now());
        }
      }),
    );
    expect((doneAtMs.get(free) ?? 0) - startMs).toBeLessThan(120_000);
    expect((doneAtMs.get(busy) ?? 0) - startMs).toBeGreaterThanOrEqual(3_600_000);
  });
});
