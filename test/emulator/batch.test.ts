import { describe, expect, it } from 'vitest';
import { DEFAULT_TOKEN } from '../../src/emulator/options.ts';
import { ACCOUNT, createCaller, OTHER_ACCOUNT } from './caller.ts';

const read = (relative_url: string, more: object = {}) => ({ method: 'GET', relative_url, ...more });

describe('a batch', () => {
  it('answers its parts in order, each with status, headers and a body of text', async () => {
    const { batch, emulator } = createCaller();
    const answer = await batch([read('me'), read(`v25.0/act_${ACCOUNT}?fields=name`), read('act_5')]);
    expect(answer).toMatchObject([
      { code: 200 },
      { code: 200, headers: expect.arrayContaining([{ name: 'Content-Type', value: expect.any(String) }]) },
      { code: 400 },
    ]);
    const [me] = answer as { body: string }[];
    expect(JSON.parse(me?.body ?? '')).toHaveProperty('id');
    expect(emulator.counters).toMatchObject({ calls: 1, parts: 3, byEdge: { batch: 1, me: 1, node: 2 } });
  });

  it('takes 50 parts and no more, with an error that has no code and HTTP 200', async () => {
    const { batch } = createCaller();
    expect(await batch(Array.from({ length: 50 }, () => read('me')))).toHaveLength(50);
    const { error } = (await batch(Array.from({ length: 51 }, () => read('me')))) as { error: object };
    expect(error).toMatchObject({ type: 'GraphBatchException' });
    expect(error).not.toHaveProperty('code');
  });

  it('leaves out headers on demand', async () => {
    const { batch } = createCaller();
    expect(await batch([read('me')], { include_headers: 'false' })).toEqual([{ code: 200, body: expect.any(String) }]);
  });

  it('lets parts bring their own tokens', async () => {
    const { batch } = createCaller({ tokens: { [DEFAULT_TOKEN]: {}, second: { accounts: [OTHER_ACCOUNT] } } });
    const path = `act_${ACCOUNT}`;
    expect(await batch([read(path), read(path, { access_token: 'second' })])).toMatchObject([{ code: 200 }, { code: 403 }]);
  });

  it('answers an object when its own token is dead', async () => {
    const { batch } = createCaller({ tokens: { [DEFAULT_TOKEN]: { state: 'expired' } } });
    expect(await batch([read('me')])).toMatchObject({ error: { code: 190, error_subcode: 463 } });
  });

  it('feeds one part with the results of another, which it then omits', async () => {
    const { batch, emulator } = createCaller();
    const [campaign = ''] = emulator.truth.ids('campaigns', ACCOUNT);
    const filtering = encodeURIComponent('[{"field":"campaign.id","operator":"IN","value":["{result=one:$.id}"]}]');
    const parts = [read(campaign, { name: 'one' }), read(`act_${ACCOUNT}/campaigns?filtering=${filtering}`)];
    const [first, second] = (await batch(parts)) as [null, { body: string }];
    expect(first).toBeNull();
    expect(JSON.parse(second.body).data).toEqual([{ id: campaign }]);
    const [shown] = (await batch([{ ...parts[0], omit_response_on_success: false }, parts[1] ?? {}])) as unknown[];
    expect(shown).toMatchObject({ code: 200 });
  });

  it('aborts what depends on a failed part', async () => {
    const { batch } = createCaller();
    const answer = await batch([read('act_5', { name: 'one' }), read('me', { depends_on: 'one' })]);
    expect(answer).toMatchObject([{ code: 400 }, { code: 400, body: expect.stringContaining('"code":960') }]);
  });

  it('loses, aborts and strips parts where told to', async () => {
    const { batch } = createCaller({ batchNullEvery: 3, batchAbortEvery: 4, batchHeaderlessEvery: 5 });
    const answer = (await batch(Array.from({ length: 5 }, () => read('me')))) as (object | null)[];
    expect(answer[2]).toBeNull();
    expect(answer[3]).toMatchObject({ code: 400, body: expect.stringContaining('FacebookApiException') });
    expect(answer[4]).not.toHaveProperty('headers');
    expect(answer[0]).toHaveProperty('headers');
  });
});
