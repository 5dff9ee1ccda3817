import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createEmulator } from '../../src/emulator/emulator.ts';
import { DEFAULT_TOKEN } from '../../src/emulator/options.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { ACCOUNT, type Body, createCaller, OTHER_ACCOUNT } from './caller.ts';

describe('versions', () => {
  it.each([
    ['/v24.0/me', 2635],
    ['/me', 2635],
    ['/v99.0/me', 2500],
  ])('%s answers %i', async (url, code) => {
    const response = await createCaller().fetch(url);
    expect(response.status).toBe(400);
    expect(((await response.json()) as Body).error.code).toBe(code);
  });

  it('upgrades silently where told to', async () => {
    const { fetch } = createCaller({ deadVersionPolicy: 'upgrade', unversionedPolicy: 'latest' });
    expect((await fetch('/v24.0/me')).status).toBe(200);
    expect((await fetch('/me')).status).toBe(200);
  });

  it('reads ids= until the day the old protocol ends', async () => {
    const read = async (version: string, startMs: number) => {
      const emulator = createEmulator({}, new FakeClock({ startMs }));
      return (await emulator.fetch(`http://graph.test/${version}/?ids=act_${ACCOUNT}&access_token=${DEFAULT_TOKEN}`)).status;
    };
    expect(await read('v25.0', Date.UTC(2026, 9, 26))).toBe(200);
    expect(await read('v26.0', Date.UTC(2026, 9, 26))).toBe(400);
    expect(await read('v25.0', Date.UTC(2026, 9, 27))).toBe(400);
    expect(await createCaller().fail('me', { date_format: 'U' })).toBe('400 100');
  });
});

describe('tokens', () => {
  it('are taken from the header, the query and the form', async () => {
    const { emulator } = createCaller();
    const url = 'http://graph.test/v25.0/me';
    expect((await emulator.fetch(url)).status).toBe(400);
    expect((await emulator.fetch(url, { headers: { authorization: `Bearer ${DEFAULT_TOKEN}` } })).status).toBe(200);
    expect((await emulator.fetch(`${url}?access_token=${DEFAULT_TOKEN}`)).status).toBe(200);
    const body = new URLSearchParams({ method: 'GET', access_token: DEFAULT_TOKEN });
    expect((await emulator.fetch(url, { method: 'POST', body })).status).toBe(200);
  });

  it.each([
    ['expired', '190/463'],
    ['invalid', '190/467'],
    ['checkpointed', '190/459'],
    ['password_changed', '190/460'],
    ['app_removed', '190/458'],
    ['unconfirmed_user', '190/464'],
    ['unused_90_days', '190/493'],
    ['data_access_expired', '190'],
  ] as const)('answer %s with %s and a challenge', async (state, label) => {
    const { fail, fetch } = createCaller({ tokens: { [DEFAULT_TOKEN]: { state } }, authErrorStatus: 401 });
    expect(await fail('me')).toBe(`401 ${label}`);
    expect((await fetch('/v25.0/me')).headers.get('www-authenticate')).toContain('OAuth');
  });

  it('die after the calls they were given', async () => {
    const { get, fail } = createCaller({ tokens: { [DEFAULT_TOKEN]: { diesAfterCalls: 2, diesAs: 'password_changed' } } });
    expect((await get('me')).error).toBeUndefined();
    expect((await get('me')).error).toBeUndefined();
    expect(await fail('me')).toBe('400 190/460');
  });

  it('need a right appsecret_proof where there is one, or must be', async () => {
    const { get, fail, emulator } = createCaller({ requireAppsecretProof: true });
    const proof = createHmac('sha256', emulator.options.appSecret).update(DEFAULT_TOKEN).digest('hex');
    expect((await get('me', { appsecret_proof: proof })).error).toBeUndefined();
    expect(await fail('me', { appsecret_proof: 'beef' })).toBe('400 100');
    expect(await fail('me')).toBe('400 100');
  });

  it('are described by debug_token, dead or alive', async () => {
    const { emulator } = createCaller({ tokens: { [DEFAULT_TOKEN]: { state: 'expired', scopes: ['ads_read'] } } });
    const { appId, appSecret } = emulator.options;
    const app = encodeURIComponent(`${appId}|${appSecret}`);
    const response = await emulator.fetch(`http://graph.test/v25.0/debug_token?input_token=${DEFAULT_TOKEN}&access_token=${app}`);
    expect(await response.json()).toMatchObject({
      data: { app_id: appId, is_valid: false, scopes: ['ads_read'], error: { code: 190, subcode: 463 }, expires_at: 0 },
    });
  });

  it('show only their own accounts', async () => {
    const { get, fail } = createCaller({ tokens: { [DEFAULT_TOKEN]: { accounts: [OTHER_ACCOUNT] } } });
    expect((await get('me/adaccounts')).data.map(({ id }) => id)).toEqual([`act_${OTHER_ACCOUNT}`]);
    expect(await fail(`act_${ACCOUNT}/ads`)).toBe('403 200');
  });

  it('tell the permissions, users and tasks behind them', async () => {
    const { get } = createCaller({ tokens: { [DEFAULT_TOKEN]: { scopes: ['ads_read'] } } });
    expect((await get('me/permissions')).data).toContainEqual({ permission: 'business_management', status: 'declined' });
    const me = await get('me');
    expect((await get('me/business_users')).data[0]?.id).toBe(me['id']);
    expect((await get(`act_${ACCOUNT}/assigned_users`, { business: '1' })).data[0]).toMatchObject({
      tasks: expect.arrayContaining(['MANAGE']),
    });
  });
});

describe('permissions', () => {
  it.each([
    ['200', '403 200'],
    ['33', '400 100/33'],
    ['190', '400 190'],
  ] as const)('an account denied with %s answers %s, the other one reads on', async (denial, label) => {
    const { fail, get } = createCaller({ deniedAccounts: { [ACCOUNT]: denial } });
    expect(await fail(`act_${ACCOUNT}/campaigns`)).toBe(label);
    expect((await get(`act_${OTHER_ACCOUNT}/campaigns`)).data.length).toBeGreaterThan(0);
  });

  it('refuse single fields of single accounts', async () => {
    const { fail, get } = createCaller({ ownerDeniedAccounts: [ACCOUNT], fundingSourceDeniedAccounts: [ACCOUNT] });
    expect(await fail(`act_${ACCOUNT}`, { fields: 'id,owner' })).toBe('403 200');
    expect(await fail(`act_${ACCOUNT}`, { fields: 'id,funding_source_details' })).toBe('400 100');
    expect((await get(`act_${OTHER_ACCOUNT}`, { fields: 'owner' }))['owner']).toBeDefined();
  });

  it('do not matter for what does not exist', async () => {
    const { fail } = createCaller();
    expect(await fail('act_5/ads')).toBe('400 100/33');
    expect(await fail('120230000999999999')).toBe('400 100/33');
    expect(await fail('no/such/path')).toBe('400 2500');
    expect(await fail(`act_${ACCOUNT}/nothing`)).toBe('400 100');
  });
});

describe('control requests', () => {
  it('reset counters, change options and objects, and tell the truth', async () => {
    const { fetch, get, emulator } = createCaller();
    await get(`act_${ACCOUNT}/ads`);
    expect(await (await fetch('/__emulator/counters')).json()).toMatchObject({
      calls: 1,
      byEdge: { ads: 1 },
      byAccount: { [ACCOUNT]: 1 },
    });
    const post = (path: string, body: object) => fetch(`/__emulator/${path}`, { method: 'POST', body: JSON.stringify(body) });
    await post('reset', {});
    expect(emulator.counters).toMatchObject({ calls: 0, bytes: 0, byEdge: {} });
    await post('configure', { defaultLimit: 3 });
    expect((await get(`act_${ACCOUNT}/adimages`)).data).toHaveLength(3);
    const { ids } = (await (await fetch(`/__emulator/truth?edge=campaigns&account=${ACCOUNT}`)).json()) as { ids: string[] };
    expect(ids).toEqual(emulator.truth.ids('campaigns', ACCOUNT));
    const id = ids[0] ?? '';
    await post('touch', { kind: 'campaign', id, patch: { name: 'New' } });
    expect(emulator.truth.object(id)).toMatchObject({ name: 'New' });
    await post('remove', { kind: 'campaign', id });
    expect(emulator.truth.ids('campaigns', ACCOUNT)).not.toContain(id);
    expect((await post('configure', { nonsense: 1 })).status).toBe(400);
    expect((await post('touch', { kind: 'ad', id })).status).toBe(400);
  });
});
