import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EdgeDefinition } from '../../src/streams/edge-definition.ts';
import { EdgeState } from '../../src/streams/edge-state.ts';
import { planAccount } from '../../src/streams/plan-account.ts';
import type { StreamSettings } from '../../src/streams/stream-settings.ts';

const ALL = ['ACTIVE', 'PAUSED', 'ARCHIVED', 'DELETED'];
const DEFINITION: EdgeDefinition = {
  name: 'ads',
  edge: 'ads',
  schema: {},
  primaryKey: ['id'],
  cursorField: 'updated_time',
  filterPrefix: 'ad',
  statusFilter: { setting: 'ad_statuses', all: ALL },
  read: async function* () {},
};
const CURSOR = '2026-10-01T10:00:00+0000';
const CURSOR_MS = Date.parse('2026-10-01T10:00:00Z');

function settingsOf(accountIds: readonly string[], more: Partial<StreamSettings> = {}): StreamSettings {
  return {
    accountIds,
    statuses: { campaign_statuses: [], adset_statuses: [], ad_statuses: [] },
    pageSize: 100,
    fetchThumbnailImages: false,
    ...more,
  };
}

const parse = (raw: unknown, settings = settingsOf(['1', '2'])) => new EdgeState(DEFINITION, settings, raw as never);
const shape = { fields: ['id', 'name'], statuses: [] };

describe('EdgeState', () => {
  it("reads Airbyte's form by account", () => {
    const state = parse({ '1': { updated_time: CURSOR, filter_statuses: ['ACTIVE'] }, include_deleted: false });
    expect(state.account('1')).toEqual({ cursor: CURSOR, shape: { statuses: ['ACTIVE'] } });
    expect(state.account('2')).toBeUndefined();
  });

  it('reads the flat form of the time of one account', () => {
    expect(parse({ updated_time: CURSOR, include_deleted: true }, settingsOf(['7'])).account('7')).toEqual({
      cursor: CURSOR,
      shape: { statuses: ALL },
    });
  });

  it('gives a flat state to the account that the old config named, when others have joined it', () => {
    const state = parse({ updated_time: CURSOR }, settingsOf(['1', '2'], { legacyAccountId: '2' }));
    expect(state.account('1')).toBeUndefined();
    expect(state.account('2')?.cursor).toBe(CURSOR);
  });

  it('does not apply a flat state to accounts it may not be of', () => {
    const state = parse({ updated_time: CURSOR });
    expect([state.account('1'), state.account('2')]).toEqual([undefined, undefined]);
  });

  it.each([{}, { filter_statuses: 'ACTIVE' }, { include_deleted: 'yes' }])(
    'takes one that does not tell the statuses for read unasked: %j',
    (more) => {
      const saved = parse({ '1': { updated_time: CURSOR, ...more } }).account('1');
      expect(saved?.shape.statuses).toEqual([]);
      expect(planAccount(DEFINITION, { ...shape, statuses: ['ACTIVE'] }, saved).isResumed).toBe(true);
      expect(planAccount(DEFINITION, { ...shape, statuses: ['ARCHIVED'] }, saved).rereadReason).toContain('ARCHIVED');
    },
  );

  it('comes back as it was after a round through JSON', () => {
    const state = parse(undefined);
    state.reach('1', { cursor: CURSOR, readAt: '2026-10-02T00:00:00.000Z', shape: { ...shape, startMs: CURSOR_MS } });
    const again = parse(JSON.parse(JSON.stringify(state)));
    expect(again.account('1')).toEqual(state.account('1'));
    expect(again.toJSON()).toEqual(state.toJSON());
  });

  it('keeps accounts and keys it does not know', () => {
    const raw = { '9': { updated_time: CURSOR, filter_statuses: [] }, include_deleted: true };
    expect(parse(raw).toJSON()).toMatchObject({ '9': { updated_time: CURSOR }, include_deleted: true });
  });

  it('does not take a cursor back at the end of a read', () => {
    const state = parse({ '1': { updated_time: CURSOR, filter_statuses: [] } });
    state.finish('1', { cursor: '2026-09-01T10:00:00+0000', shape }, CURSOR);
    state.finish('1', { shape }, CURSOR);
    expect(state.account('1')?.cursor).toBe(CURSOR);
  });

  it('claims on the way no more than the read under way has reached', () => {
    const state = parse({ '1': { updated_time: CURSOR, filter_statuses: [] } });
    state.reach('1', { cursor: '2026-09-01T10:00:00+0000', readAt: '2026-11-01T00:00:00.000Z', shape });
    expect(state.account('1')?.cursor).toBe('2026-09-01T10:00:00+0000');
  });

  it('keeps the order of the config, whatever account ends first', () => {
    const state = parse(undefined);
    for (const account of ['2', '1']) state.reach(account, { cursor: CURSOR, shape });
    expect(Object.keys(state.toJSON()).filter((key) => /^\d+$/.test(key))).toEqual(['1', '2']);
  });

  it('survives any JSON', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('1', '2', 'updated_time', 'shapes', 'include_deleted', 'x'), fc.jsonValue()),
        (raw) => {
          const state = parse(raw);
          planAccount(DEFINITION, shape, state.account('1'));
          expect(typeof JSON.stringify(state)).toBe('string');
        },
      ),
    );
  });
});

describe('planAccount', () => {
  const at = (more: object) => ({ cursor: CURSOR, shape, ...more });

  it('reads from the start date, its own second included, when nothing was read before', () => {
    expect(planAccount(DEFINITION, { ...shape, startMs: 5_000 }, undefined)).toEqual({ afterMs: 4_000, isResumed: false });
    expect(planAccount(DEFINITION, shape, undefined)).toEqual({ isResumed: false });
  });

  it('takes up behind the cursor when its second was long past', () => {
    expect(planAccount(DEFINITION, shape, at({ readAt: '2026-10-02T00:00:00.000Z' })).afterMs).toBe(CURSOR_MS);
  });

  it('asks again for the last minute before the read, where an object may have changed in a second already passed', () => {
    expect(planAccount(DEFINITION, shape, at({ readAt: '2026-10-01T10:00:20.000Z' })).afterMs).toBe(CURSOR_MS - 40_000);
  });

  it("asks again for the cursor's own second in a state that does not tell when it was read", () => {
    expect(planAccount(DEFINITION, shape, at({})).afterMs).toBe(CURSOR_MS - 1_000);
  });

  it.each([
    ['a field was added', { ...shape, fields: ['id', 'name', 'status'] }, 'status'],
    ['a status was added', { ...shape, statuses: ['ACTIVE', 'DELETED'] }, 'DELETED'],
    ['the start date was moved back', { ...shape, startMs: 1 }, 'start date'],
  ])('reads all again when %s', (_, wanted, word) => {
    const saved = at({ shape: { ...shape, statuses: [], startMs: 1_000 } });
    const plan = planAccount(DEFINITION, wanted, saved);
    expect(plan.isResumed).toBe(false);
    expect(plan.rereadReason).toContain(word);
  });

  it('reads all again when a filter is lifted that had hidden what Meta shows by default', () => {
    expect(planAccount(DEFINITION, { ...shape, statuses: [] }, at({ shape: { statuses: ['PAUSED'] } })).rereadReason).toContain(
      'ACTIVE',
    );
  });

  it('reads nothing again when less is asked for', () => {
    expect(planAccount(DEFINITION, { fields: ['id'], statuses: ['ACTIVE'], startMs: 9 }, at({})).isResumed).toBe(true);
  });
});
