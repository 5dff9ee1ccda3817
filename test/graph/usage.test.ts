import { describe, expect, it } from 'vitest';
import { readBatchUsage, readUsage } from '../../src/graph/usage.ts';

const BUSINESS = 'x-business-use-case-usage';

describe('readUsage', () => {
  it('reads the app’s highest percentage', () => {
    const headers = new Headers({ 'X-App-Usage': '{"call_count":28,"total_time":118,"total_cputime":25}' });

    expect(readUsage(headers, '1')).toEqual([{ scope: 'app', percent: 118 }]);
  });

  it('reads the ad account’s score, whose reset is in seconds', () => {
    const headers = new Headers({
      'x-ad-account-usage': '{"acc_id_util_pct":9.67,"reset_time_duration":100,"ads_api_access_tier":"standard_access"}',
    });

    expect(readUsage(headers, '1')).toEqual([
      { scope: 'account', account: '1', percent: 9.67, resetMs: 100_000, tier: 'standard_access' },
    ]);
  });

  it('reads every id and every entry of the use cases, whose time to regain access is in minutes', () => {
    const headers = new Headers({
      [BUSINESS]: JSON.stringify({
        '1': [
          { type: 'ads_insights', call_count: 100, total_cputime: 25, total_time: 25, estimated_time_to_regain_access: 19 },
          { type: 'ads_management', call_count: '40', total_cputime: 55.5, total_time: 0, estimated_time_to_regain_access: 0 },
        ],
        act_2: [{ type: 'custom_audience', call_count: 3, total_cputime: 0, total_time: 0 }],
      }),
    });

    expect(readUsage(headers, '1')).toEqual([
      { scope: 'account', account: '1', useCase: 'ads_insights', percent: 100, regainMs: 19 * 60_000 },
      { scope: 'account', account: '1', useCase: 'ads_management', percent: 55.5 },
      { scope: 'account', account: '2', useCase: 'custom_audience', percent: 3 },
    ]);
  });

  it('holds a business’s use against the account of the call', () => {
    const headers = new Headers({ [BUSINESS]: '{"777":[{"type":"ads_management","call_count":80}]}' });

    expect(readUsage(headers, '1').map(({ account, percent }) => [account, percent])).toEqual([
      ['777', 80],
      ['1', 80],
    ]);
  });

  it('reads the load of insights, of the app and of the account', () => {
    const headers = new Headers({
      'x-fb-ads-insights-throttle': '{"app_id_util_pct":100,"acc_id_util_pct":"10","ads_api_access_tier":"development_access"}',
    });

    expect(readUsage(headers, '1')).toEqual([
      { scope: 'app', useCase: 'ads_insights', isLoad: true, percent: 100, tier: 'development_access' },
      { scope: 'account', account: '1', useCase: 'ads_insights', isLoad: true, percent: 10, tier: 'development_access' },
    ]);
  });

  it('keeps the limit on reach apart', () => {
    const headers = new Headers({ 'x-fb-ads-insights-reach-throttle': '{"app_id_util_pct":0,"acc_id_util_pct":90}' });

    expect(readUsage(headers, '1').map(({ useCase }) => useCase)).toEqual(['ads_insights_reach', 'ads_insights_reach']);
  });

  it.each([['{'], ['null'], ['[]'], ['"x"'], ['']])('takes nothing from the broken value %j', (value) => {
    const headers = new Headers({
      'x-app-usage': value,
      'x-ad-account-usage': value,
      [BUSINESS]: value,
      'x-fb-ads-insights-throttle': value,
    });

    expect(readUsage(headers, '1')).toEqual([]);
  });

  it('takes broken numbers for none', () => {
    const headers = new Headers({
      [BUSINESS]: '{"1":[{"type":7,"call_count":"many","total_time":-5,"estimated_time_to_regain_access":null},3]}',
    });

    expect(readUsage(headers, '1')).toEqual([{ scope: 'account', account: '1', percent: 0 }]);
  });
});

describe('readBatchUsage', () => {
  it('reads the headers inside the parts, where parts may be null and have none', () => {
    const body = [
      { code: 200, headers: [{ name: 'X-App-Usage', value: '{"call_count":5}' }, { name: 'Broken' }], body: '{}' },
      null,
      { code: 400, body: '{}' },
      { code: 200, headers: [{ name: 'x-ad-account-usage', value: '{"acc_id_util_pct":50}' }], body: '{}' },
    ];

    expect(readBatchUsage(body, '1')).toEqual([
      { scope: 'app', percent: 5 },
      { scope: 'account', account: '1', percent: 50 },
    ]);
  });

  it('finds none in an ordinary answer', () => {
    expect(readBatchUsage({ data: [] }, '1')).toEqual([]);
  });
});
