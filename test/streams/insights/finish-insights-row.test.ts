import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileInsightsFinish } from '../../../src/streams/insights/finish-insights-row.ts';
import type { InsightsDefinition } from '../../../src/streams/insights/insights-definition.ts';
import type { Row } from '../../../src/streams/stream.ts';
import { customReport, presetNamed } from './insights-fixtures.ts';

function finish(definition: InsightsDefinition, row: Row, selected: readonly string[] = []) {
  const uncastable: string[] = [];
  const missing: string[] = [];
  const options = { selected, onUncastable: (name: string) => uncastable.push(name) };
  compileInsightsFinish(definition, { ...options, onMissingBreakdown: (name) => missing.push(name) })(row, '42');
  return { row, uncastable, missing };
}

const DAYS = { date_start: '2026-01-01', date_stop: '2026-01-01' };

describe('compileInsightsFinish', () => {
  it('casts numbers, in the items of actions too', () => {
    const actions = [{ action_type: 'lead', value: '3', '7d_click': '2', action_target_id: '9' }];
    const curve = [{ action_type: 'video_view', value: ['100', 50] }];
    const { row, uncastable } = finish(presetNamed('ads_insights'), {
      ...DAYS,
      ...{ account_id: '7', ad_id: 5, spend: '1.25', clicks: '12', actions, video_play_curve_actions: curve },
    });
    expect(row).toEqual({
      ...DAYS,
      ...{ account_id: '7', ad_id: '5', spend: 1.25, clicks: 12 },
      actions: [{ action_type: 'lead', value: 3, '7d_click': 2, action_target_id: '9' }],
      video_play_curve_actions: [{ action_type: 'video_view', value: [100, 50] }],
    });
    expect(uncastable).toEqual([]);
  });

  it('tells of values that fit no type, and passes them on', () => {
    const { row, uncastable } = finish(presetNamed('ads_insights'), { ...DAYS, spend: 'much' });
    expect([row['spend'], uncastable]).toEqual(['much', ['spend']]);
  });

  it('adds the account where Meta leaves it out', () => {
    expect(finish(presetNamed('ads_insights'), { ...DAYS }).row['account_id']).toBe('42');
  });

  it('makes a column of the id of each asset', () => {
    const report = customReport({ breakdowns: ['image_asset', 'title_asset', 'ad_format_asset'], fields: ['spend'] });
    const { row, missing } = finish(report, {
      ...DAYS,
      image_asset: { id: 17, hash: 'h', url: 'u' },
      ad_format_asset: 'carousel',
    });
    expect(row).toMatchObject({
      image_asset: { id: '17', hash: 'h', url: 'u' },
      ...{ image_asset_id: '17', title_asset_id: 'not_reported', ad_format_asset: 'carousel' },
    });
    expect(missing).toEqual(['title_asset']);
  });

  it('keeps rows without a breakdown, apart from those that Meta calls unknown', () => {
    const preset = presetNamed('ads_insights_age_and_gender');
    const { row, missing } = finish(preset, { ...DAYS, age: null, gender: 'unknown', spend: '1' });
    expect(row).toMatchObject({ age: 'not_reported', gender: 'unknown', spend: 1 });
    expect(missing).toEqual(['age']);
  });

  it('leaves no key column null, whatever a row lacks', () => {
    const report = customReport({ level: 'account', breakdowns: ['body_asset', 'creative_automation_asset_id', 'country'] });
    const value = fc.oneof(
      fc.constantFrom(null, undefined, '', 'DE'),
      fc.record({ id: fc.constantFrom(null, '1', 2), text: fc.string() }, { requiredKeys: [] }),
    );
    const anyRow = fc.record({ body_asset: value, creative_automation_asset_id: value, country: value }, { requiredKeys: [] });
    fc.assert(
      fc.property(anyRow, (given) => {
        const { row } = finish(report, { ...DAYS, ...given });
        expect(report.primaryKey.map((column) => typeof row[column])).toEqual(report.primaryKey.map(() => 'string'));
      }),
    );
  });

  it('drops what was not selected, but never a key', () => {
    const { row } = finish(
      presetNamed('ads_insights_country'),
      { ...DAYS, ad_id: '1', country: 'DE', spend: '1', clicks: '2', new: 1 },
      ['spend'],
    );
    expect(row).toEqual({ date_start: '2026-01-01', account_id: '42', ad_id: '1', country: 'DE', spend: 1 });
  });

  it('drops columns that no schema knows', () => {
    expect(finish(presetNamed('ads_insights'), { ...DAYS, novelty: '1' }).row).not.toHaveProperty('novelty');
  });

  describe('of objective_results', () => {
    const results = [{ indicator: 'actions:lead', values: [{ value: '3', attribution_windows: ['default'] }] }];

    it('takes the answer under the name that was asked for', () => {
      const { row } = finish(customReport({ fields: ['objective_results'] }), { ...DAYS, results });
      expect(row).toMatchObject({ objective_results: results });
      expect(row).not.toHaveProperty('results');
    });

    it('leaves results alone where they were asked for', () => {
      const { row } = finish(customReport({ fields: ['objective_results', 'results'] }), { ...DAYS, results });
      expect(row).toMatchObject({ results });
      expect(row).not.toHaveProperty('objective_results');
    });

    it('adds nothing where Meta gives none', () => {
      expect(finish(customReport({ fields: ['objective_results'] }), { ...DAYS }).row).not.toHaveProperty('objective_results');
    });
  });
});
