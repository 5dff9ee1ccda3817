import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/source/parse-config.ts';

const CONFIG = { account_ids: ['1'], credentials: { auth_type: 'Service', access_token: 'SECRET' } };

function faultOf(config: object): string {
  try {
    parseConfig(config as never);
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
}

describe('parseConfig', () => {
  it('fills in the defaults', () => {
    const settings = parseConfig(CONFIG);
    expect(settings).toMatchObject({
      accessToken: 'SECRET',
      streams: { accountIds: ['1'], pageSize: 100, fetchThumbnailImages: false },
    });
    expect(settings.streams).not.toHaveProperty('startMs');
  });

  it('takes an empty or null end date for none', () => {
    expect(parseConfig({ ...CONFIG, end_date: '' }).streams).not.toHaveProperty('endMs');
    expect(parseConfig({ ...CONFIG, end_date: null }).streams).not.toHaveProperty('endMs');
  });

  it('names the app only where its id and secret are known', () => {
    const credentials = { auth_type: 'Client', access_token: 'SECRET', client_id: 'app', client_secret: 'hidden' };
    expect(parseConfig({ ...CONFIG, credentials }).appToken).toBe('app|hidden');
    expect(parseConfig(CONFIG).appToken).toBeUndefined();
  });

  it.each([
    ['no accounts', { ...CONFIG, account_ids: [] }, 'account_ids'],
    ['a prefix', { ...CONFIG, account_ids: ['act_1'] }, 'account_ids[0]'],
    ['an account twice', { ...CONFIG, account_ids: ['1', '1'] }, 'account_ids'],
    ['no credentials', { account_ids: ['1'] }, 'credentials is missing'],
    [
      'an unknown way to authenticate',
      { ...CONFIG, credentials: { auth_type: 'SECRET', access_token: 'SECRET' } },
      'credentials.auth_type',
    ],
    ['a date without time', { ...CONFIG, start_date: '2026-01-01' }, 'start_date'],
    ['a day that no calendar has', { ...CONFIG, start_date: '2026-13-45T00:00:00Z' }, 'start_date'],
    ['an unknown status', { ...CONFIG, ad_statuses: ['SECRET'] }, 'ad_statuses[0]'],
    ['pages of nothing', { ...CONFIG, page_size: 0 }, 'page_size'],
    ['a long lookback', { ...CONFIG, insights_lookback_window: 99 }, 'insights_lookback_window'],
    ['an empty token', { ...CONFIG, credentials: { auth_type: 'Service', access_token: ' ' } }, 'credentials.access_token'],
  ])('names the property and never the value: %s', (_, config, property) => {
    expect(faultOf(config)).toContain(property);
    expect(faultOf(config)).not.toContain('SECRET');
  });

  describe('takes earlier forms', () => {
    it('of one account', () => {
      const { streams } = parseConfig({ account_id: '5', credentials: CONFIG.credentials });
      expect(streams).toMatchObject({ accountIds: ['5'], legacyAccountId: '5' });
    });

    it('of include_deleted', () => {
      const { statuses } = parseConfig({ ...CONFIG, include_deleted: true }).streams;
      expect([statuses.campaign_statuses.length, statuses.adset_statuses.length, statuses.ad_statuses.length]).toEqual([
        6, 7, 12,
      ]);
      expect(parseConfig({ ...CONFIG, include_deleted: true, ad_statuses: ['ACTIVE'] }).streams.statuses.ad_statuses).toEqual([
        'ACTIVE',
      ]);
    });

    it('of a token outside credentials', () => {
      expect(parseConfig({ account_ids: ['1'], access_token: 'SECRET' }).accessToken).toBe('SECRET');
      const oauth = parseConfig({ account_ids: ['1'], access_token: 'SECRET', client_id: 'app', client_secret: 'hidden' });
      expect(oauth).toMatchObject({ accessToken: 'SECRET', appToken: 'app|hidden' });
    });

    it('and prefers the token inside credentials', () => {
      expect(parseConfig({ ...CONFIG, access_token: 'OLD' }).accessToken).toBe('SECRET');
    });
  });
});
