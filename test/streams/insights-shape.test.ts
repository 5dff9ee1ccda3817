import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InsightsQuery } from '../../src/insights/query.ts';
import { describeShape, explainReread, fingerprintShape, parseShape } from '../../src/streams/insights-shape.ts';

const QUERY: InsightsQuery = {
  level: 'ad',
  keyFields: ['account_id', 'ad_id'],
  fields: ['clicks', 'spend'],
  breakdowns: ['age', 'gender'],
  actionBreakdowns: ['action_type'],
  actionAttributionWindows: ['1d_click', '7d_click'],
  useAccountAttributionSetting: false,
  increment: { unit: 'day', count: 7 },
  filtering: [
    { field: 'ad.effective_status', operator: 'IN', value: ['ACTIVE'] },
    { field: 'ad.impressions', operator: 'GREATER_THAN', value: 0 },
  ],
};
const shapeOf = (more: Partial<InsightsQuery> = {}, anchor = '2026-01-01') => describeShape({ ...QUERY, ...more }, anchor);

describe('explainReread', () => {
  it.each<[string, Partial<InsightsQuery>, string]>([
    ['a field is added', { fields: ['clicks', 'spend', 'cpm'] }, 'the fields cpm were added'],
    ['the level changes', { level: 'campaign' }, 'the level changed from ad to campaign'],
    [
      'a breakdown is added',
      { breakdowns: ['age', 'gender', 'country'] },
      'breakdowns changed from age,gender to age,country,gender',
    ],
    ['a breakdown goes', { breakdowns: [] }, 'breakdowns changed from age,gender to none'],
    ['the action breakdowns change', { actionBreakdowns: [] }, 'action breakdowns changed from action_type to none'],
    ['a window is added', { actionAttributionWindows: ['1d_click', '7d_click', '1d_view'] }, 'attribution windows changed'],
    ["the windows become Meta's", { actionAttributionWindows: [] }, 'attribution windows changed'],
    ['the account decides about attribution', { useAccountAttributionSetting: true }, 'account attribution setting changed'],
    ['the increment changes', { increment: { unit: 'day', count: 14 } }, 'time increment changed from 7 to 14'],
    ['periods become weeks', { increment: { unit: 'week' } }, 'time increment changed from 7 to weekly'],
    ['the filtering changes', { filtering: [] }, 'filtering changed'],
  ])('reads again when %s', (_, more, words) => {
    expect(explainReread(shapeOf(), shapeOf(more))).toContain(words);
  });

  it('reads again when periods of several days move, and not when they stay where they were', () => {
    expect(explainReread(shapeOf(), shapeOf({}, '2026-01-02'))).toContain('first day of the periods');
    expect(explainReread(shapeOf(), shapeOf({}, '2025-12-25'))).toBeUndefined();
    const daily = { increment: { unit: 'day', count: 1 } } as const;
    expect(explainReread(shapeOf(daily), shapeOf(daily, '2026-01-02'))).toBeUndefined();
  });

  it('reads nothing again for less, or for another order of the same', () => {
    expect(explainReread(shapeOf(), shapeOf({ fields: ['spend'] }))).toBeUndefined();
    expect(explainReread(shapeOf(), shapeOf({ actionAttributionWindows: ['7d_click'] }))).toBeUndefined();
    const turned = { fields: ['spend', 'clicks'], breakdowns: ['gender', 'age'], filtering: QUERY.filtering.toReversed() };
    expect(explainReread(shapeOf(), shapeOf(turned))).toBeUndefined();
    expect(fingerprintShape(shapeOf(turned))).toBe(fingerprintShape(shapeOf()));
  });

  it('compares only what is known of the earlier request', () => {
    expect(explainReread({}, shapeOf())).toBeUndefined();
    expect(explainReread({ level: 'account' }, shapeOf())).toContain('level');
  });
});

describe('parseShape', () => {
  it('takes a shape back out of JSON', () => {
    expect(parseShape(JSON.parse(JSON.stringify(shapeOf())))).toEqual(shapeOf());
  });

  it('takes nothing but texts of known names out of anything', () => {
    expect(parseShape({ level: 7, fields: 'a', other: 'x' })).toEqual({ fields: 'a' });
    const raws = fc.dictionary(fc.constantFrom('level', 'fields', 'anchor', '__proto__', 'x'), fc.jsonValue());
    fc.assert(
      fc.property(fc.oneof(raws, fc.jsonValue()), (raw) => {
        expect(Object.values(parseShape(raw)).every((value) => typeof value === 'string')).toBe(true);
        expect(['undefined', 'string']).toContain(typeof explainReread(parseShape(raw), shapeOf()));
      }),
    );
  });
});
