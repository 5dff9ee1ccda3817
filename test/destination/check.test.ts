import { describe, expect, it } from 'vitest';
import { createEmulator } from '../../src/emulator/emulator.ts';
import type { EmulatorOptions } from '../../src/emulator/options.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { accountOf, audienceIds, type WriteOptions, type WriteResult, write } from '../support/write-records.ts';

function setUp(options: Partial<EmulatorOptions> = {}) {
  // It stands still: nothing of a check waits, and its deadline is not to come.
  const clock = new FakeClock();
  const emulator = createEmulator({ audiencesPerAccount: 40, ...options }, clock);
  const run = (command: 'check' | 'discover', config: object = {}, more: WriteOptions = {}) =>
    write(emulator, [], { clock, command, config, ...more });
  let told: WriteResult['errors'] = [];
  return {
    emulator,
    account: accountOf(emulator),
    check: async (config: object = {}) => {
      const { messages, exitCode } = await run('check', config);
      const [status] = messages.flatMap((message) => (message.type === 'CONNECTION_STATUS' ? [message.connectionStatus] : []));
      return { exitCode, status: status?.status, message: status?.message ?? '' };
    },
    errors: () => told,
    discover: async (config: object = {}) => {
      const { messages, errors } = await run('discover', config);
      told = errors;
      return messages.flatMap((message) =>
        message.type === 'DESTINATION_CATALOG' ? message.destination_catalog.operations : [],
      );
    },
  };
}

const mapped = (audience: object) => ({ audiences: [{ stream_name: 'people', ...audience }] });

describe('check', () => {
  it('succeeds without changing anything', async () => {
    const { emulator, check } = setUp();
    const [audience] = audienceIds(emulator);
    expect(await check(mapped({ audience_id: audience }))).toMatchObject({ exitCode: 0, status: 'SUCCEEDED' });
    expect(emulator.counters.writes).toBe(0);
  });

  it('takes an audience that is yet to be made, and an account with its prefix', async () => {
    const { account, check } = setUp();
    expect(await check({ ...mapped({ audience_name: 'VIP' }), account_id: `act_${account}` })).toMatchObject({
      status: 'SUCCEEDED',
    });
  });

  it('takes null for what was left empty, at any depth', async () => {
    const { check } = setUp();
    const nulls = { retention_days: null, replace: { on_empty: null, max_shrink_percent: null } };
    const columns = [{ column: 'a', match_key: 'EMAIL', hashing: null }];
    expect(await check({ ...nulls, ...mapped({ audience_id: null, columns }) })).toMatchObject({ status: 'SUCCEEDED' });
  });

  it.each(['200/1870034', '2663'] as const)('#48 tells where the terms are accepted: %s', async (refusal) => {
    const { emulator, account, check } = setUp();
    emulator.configure({ audienceRefusals: { [account]: refusal } });
    const { status, message, exitCode } = await check();
    expect({ status, exitCode }).toEqual({ status: 'FAILED', exitCode: 0 });
    expect(message).toContain(`https://business.facebook.com/ads/manage/customaudiences/tos/?act=${account}`);
  });

  it('#28 tells that values do not fit the audience', async () => {
    const { emulator, check } = setUp();
    const [audience] = audienceIds(emulator);
    const columns = [{ column: 'worth', match_key: 'LOOKALIKE_VALUE' }];
    expect(await check(mapped({ audience_id: audience, columns }))).toMatchObject({ status: 'FAILED' });
  });

  it('#50 tells that the audience is of another account, of another kind, or not there', async () => {
    const { emulator, check } = setUp();
    const [, other = ''] = emulator.truth.accounts();
    const foreign = emulator.truth
      .ids('customaudiences', other)
      .find((id) => emulator.truth.object(id)?.['subtype'] === 'CUSTOM');
    const lookalike = emulator.truth
      .ids('customaudiences', accountOf(emulator))
      .find((id) => emulator.truth.object(id)?.['subtype'] === 'LOOKALIKE');
    expect((await check(mapped({ audience_id: foreign }))).message).toMatch(/belongs to the ad account/);
    expect((await check(mapped({ audience_id: lookalike }))).message).toMatch(/of the kind LOOKALIKE/);
    expect(await check(mapped({ audience_id: '999' }))).toMatchObject({ status: 'FAILED' });
  });

  it('#51 tells that the audience is flagged', async () => {
    const { emulator, check } = setUp();
    const [audience = ''] = audienceIds(emulator);
    emulator.configure({ audienceStates: { [audience]: { flagged: true } } });
    expect((await check(mapped({ audience_id: audience }))).message).toMatch(/flagged/);
  });

  it('tells that the user may not change the audience', async () => {
    const { emulator, check } = setUp();
    const [audience = ''] = audienceIds(emulator);
    emulator.touch('audience', audience, { patch: { permission_for_actions: { can_edit: false, can_see_insight: 'EVERYONE' } } });
    expect((await check(mapped({ audience_id: audience }))).message).toMatch(/may not be changed/);
  });

  it('tells of a dead token and of an account without rights', async () => {
    const { emulator, account, check } = setUp();
    expect(await check({ credentials: { auth_type: 'Service', access_token: 'EAABdeadToken' } })).toMatchObject({
      status: 'FAILED',
    });
    emulator.configure({ deniedAccounts: { [account]: '200' } });
    expect((await check()).message).toContain(`Ad account ${account}`);
  });

  it('asks for the permission to write, where the app can be asked', async () => {
    const { check } = setUp({ tokens: { EAABreadOnly: { scopes: ['ads_read'] } } });
    const credentials = {
      auth_type: 'Client',
      client_id: '119211728144504',
      client_secret: 'emulator-app-secret',
      access_token: 'EAABreadOnly',
    };
    expect((await check({ credentials })).message).toMatch(/lacks the ads_management permission/);
  });

  it('warns of an account that is not active, and of an account at its limit', async () => {
    const { emulator, account, check } = setUp();
    emulator.configure({ disabledAccounts: [account] });
    expect(await check()).toMatchObject({ status: 'SUCCEEDED', message: expect.stringMatching(/not active/) });
    const { check: limited } = setUp({ faults: { script: [{ match: { edge: 'node', nth: 1 }, kind: 'account_limit_17' }] } });
    expect(await limited()).toMatchObject({ status: 'SUCCEEDED', message: expect.stringMatching(/rate limit/) });
  });

  it('#81 tries the place for rejected rows', async () => {
    const { check } = setUp();
    expect(await check({ rejects_folder: '/proc/no-such-folder/rejects' })).toMatchObject({ status: 'FAILED' });
  });

  it.each([
    [{ account_id: 'abc' }, /account_id must match/],
    [{ audiences: [{}] }, /audiences\[0\]\.stream_name is missing/],
    [mapped({ columns: [{ column: 'a', match_key: 'SHOE_SIZE' }] }), /match_key must be one of/],
    [mapped({ columns: [{ column: 'a', match_key: 'PAGEUID' }] }), /page_id is missing/],
    [
      mapped({
        page_id: '1',
        columns: [
          { column: 'a', match_key: 'PAGEUID' },
          { column: 'b', match_key: 'EMAIL' },
        ],
      }),
      /takes such ids alone/,
    ],
    [{ audiences: [{ stream_name: 'a' }, { stream_name: 'a' }] }, /another entry/],
    [{ default_phone_region: 'UK' }, /default_phone_region is no country .* GB for the United Kingdom/],
    [{ operation_field: '' }, /operation_field must match/],
    [{ limited_data_use: { mode: 'column', column: ' ' } }, /limited_data_use\.column must match/],
    [{ object_storage_config: { storage_type: 'S3' } }, /s3_bucket_name is missing/],
    [
      { retention_days: 0, default_phone_region: 'USA', max_reject_ratio: 2 },
      /default_phone_region must match.*retention_days must be >= 1.*max_reject_ratio must be <= 1/,
    ],
  ])('tells what is wrong with %j', async (config, expected) => {
    const { check } = setUp();
    const { status, message, exitCode } = await check(config);
    expect({ status, exitCode }).toEqual({ status: 'FAILED', exitCode: 0 });
    expect(message.replaceAll('\n', ' ')).toMatch(expected);
  });
});

describe('discover', () => {
  it('lists the audiences that can be written to, with all that can be done to them', async () => {
    const { emulator, discover } = setUp();
    const [audience = ''] = audienceIds(emulator);
    const operations = await discover();
    const own = operations.filter(({ object_name: name }) => name === audience);
    expect(own.map(({ sync_mode: mode }) => mode).sort()).toEqual(['append', 'append_dedup', 'overwrite', 'soft_delete']);
    expect(own[0]?.matching_keys).toEqual([['EXTERN_ID'], ['EMAIL'], ['PHONE'], ['MADID']]);
    expect(own[0]?.json_schema).toMatchObject({ type: 'object', properties: { EMAIL: { type: ['null', 'string'] } } });
    // A column of such a name would be left out: its page or its apps are not known.
    expect(JSON.stringify(own)).not.toMatch(/PAGEUID|APPUID/);
    const names = new Set(operations.map(({ object_name: name }) => name));
    for (const id of audienceIds(emulator)) expect(names).toContain(id);
    const lookalike = emulator.truth
      .ids('customaudiences', accountOf(emulator))
      .find((id) => emulator.truth.object(id)?.['subtype'] === 'LOOKALIKE');
    expect(names).not.toContain(lookalike);
  });

  it('leaves out flagged audiences, and offers new ones', async () => {
    const { emulator, discover } = setUp();
    const [audience = ''] = audienceIds(emulator);
    emulator.configure({ audienceStates: { [audience]: { flagged: true } } });
    const operations = await discover(mapped({ audience_name: 'VIP', is_value_based: true }));
    const names = operations.map(({ object_name: name }) => name);
    expect(names).not.toContain(audience);
    expect(names).toContain('new:VIP');
    expect(names).toContain('new');
    const vip = operations.find(({ object_name: name }) => name === 'new:VIP');
    expect(vip?.json_schema).toMatchObject({ properties: { LOOKALIKE_VALUE: { type: ['null', 'number'] } } });
  });

  it('does not wait for a limit', async () => {
    const script = [{ match: { edge: 'customaudiences', nth: 1 }, kind: 'too_many_calls_80003' as const }];
    const { discover, errors } = setUp({ faults: { script } });
    expect(await discover()).toEqual([]);
    expect(errors()).toMatchObject([{ failure_type: 'transient_error' }]);
  });

  it('reads an account with hundreds of audiences whole', async () => {
    const { emulator, discover } = setUp({ audiencesPerAccount: 300, pageStyle: 'empty_pages' });
    const names = new Set((await discover()).map(({ object_name: name }) => name));
    for (const id of audienceIds(emulator)) expect(names).toContain(id);
  });
});
