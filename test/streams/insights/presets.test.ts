import { describe, expect, it } from 'vitest';
import { AD_STATUSES, BREAKDOWNS } from '../../../src/generated/vocabulary.ts';
import { createInsightsQuery } from '../../../src/streams/insights/insights-definition.ts';
import { listPresets } from '../../../src/streams/insights/presets.ts';
import { presetNamed, settingsFor } from './insights-fixtures.ts';

describe('the presets', () => {
  const presets = listPresets(settingsFor());

  it('ask per ad and day, in four windows, for ads of every status', () => {
    expect(presets).toHaveLength(20);
    for (const { query } of presets) {
      expect(query).toMatchObject({
        level: 'ad',
        keyFields: ['account_id', 'ad_id'],
        increment: { unit: 'day', count: 1 },
        actionAttributionWindows: ['1d_click', '7d_click', '28d_click', '1d_view'],
        useAccountAttributionSetting: false,
        filtering: [{ field: 'ad.effective_status', operator: 'IN', value: AD_STATUSES }],
      });
    }
    expect(AD_STATUSES).toHaveLength(12);
  });

  it.each([
    ['ads_insights', [], ['action_type', 'action_target_id', 'action_destination']],
    ['ads_insights_region', ['region'], ['action_type', 'action_target_id', 'action_destination']],
    ['ads_insights_platform_and_device', ['publisher_platform', 'platform_position', 'impression_device'], ['action_type']],
    ['ads_insights_action_carousel_card', [], ['action_carousel_card_id', 'action_carousel_card_name']],
    ['ads_insights_action_product_id', ['product_id'], []],
    ['ads_insights_action_reaction', [], ['action_reaction']],
    ['ads_insights_delivery_platform_and_device_platform', ['publisher_platform', 'device_platform'], ['action_type']],
    ['ads_insights_demographics_comscore_market_region', ['comscore_market'], ['action_type']],
  ])('split %s by its breakdowns', (name, breakdowns, actionBreakdowns) => {
    expect(presetNamed(name).query).toMatchObject({ breakdowns, actionBreakdowns });
  });

  it('obey the configured action breakdowns in ads_insights only', () => {
    const config = { default_ads_insights_action_breakdowns: [] };
    expect(presetNamed('ads_insights', config).query.actionBreakdowns).toEqual([]);
    expect(presetNamed('ads_insights_country', config).query.actionBreakdowns).toHaveLength(3);
  });

  it('add the windows that are switched on, to the items of actions too', () => {
    const { query } = presetNamed('ads_insights', { include_incrementality: true, include_engaged_view: true });
    expect(query.actionAttributionWindows.slice(4)).toEqual(['incrementality', '1d_ev']);
  });

  it('take the lookback and the timeout of the config, ten minutes at the least', () => {
    const config = { insights_lookback_window: 3, insights_job_timeout: 2, insights_order: 'recent_first' };
    expect(presetNamed('ads_insights', config)).toMatchObject({
      lookbackDays: 3,
      jobTimeoutMs: 600_000,
      order: 'recent_first',
    });
    expect(presetNamed('ads_insights')).toMatchObject({ lookbackDays: 28, jobTimeoutMs: 3_600_000, order: 'oldest_first' });
  });

  it('never ask for keys, dates or breakdowns as fields', () => {
    for (const { fields } of presets) {
      expect(fields).toContain('spend');
      const wrong = [...BREAKDOWNS, 'date_start', 'date_stop', 'account_id', 'ad_id', 'wish_bid'];
      expect(fields.filter((field) => wrong.includes(field))).toEqual([]);
    }
  });
});

describe('createInsightsQuery', () => {
  const preset = presetNamed('ads_insights_country');

  it('asks for what is selected and can be asked for', () => {
    const selected = ['spend', 'country', 'date_start', 'date_stop', 'ad_id', 'nonsense', 'actions'];
    expect(createInsightsQuery(preset, selected)).toEqual({ ...preset.query, fields: ['actions', 'spend'] });
  });

  it('asks for everything when nothing is named', () => {
    expect(createInsightsQuery(preset, []).fields).toEqual(preset.fields);
  });
});
