import { describe, expect, it } from 'vitest';
import { errorFaultKinds, errorFaults, type FaultKind } from '../../src/emulator/faults/fault-catalog.ts';
import type { FaultMatch } from '../../src/emulator/faults/fault-injector.ts';
import { unreachableFaults } from '../../src/emulator/faults/transport-kinds.ts';
import { ACCOUNT, createCaller, OTHER_ACCOUNT } from './caller.ts';

const path = `act_${ACCOUNT}/ads`;
const always = (kind: FaultKind) => createCaller({ faults: { script: [{ match: {}, kind }] } });

describe('injected faults', () => {
  it.each(errorFaultKinds)('%s has its own status, code and subcode', async (kind) => {
    const { code, subcode, status = 400 } = errorFaults[kind];
    const caller = always(kind);
    expect(await caller.fail(path)).toBe(`${status} ${subcode === undefined ? code : `${code}/${subcode}`}`);
    expect(caller.emulator.counters.faults[kind]).toBe(1);
  });

  it('hit the nth matching call of an edge and account, and no other', async () => {
    const { get, fail } = createCaller({
      faults: { script: [{ match: { edge: 'ads', account: ACCOUNT, nth: 2 }, kind: 'unknown_99' }] },
    });
    for (const other of [path, `act_${OTHER_ACCOUNT}/ads`, `act_${ACCOUNT}/adsets`])
      expect((await get(other)).error).toBeUndefined();
    expect(await fail(path)).toBe('500 1/99');
    expect((await get(path)).error).toBeUndefined();
  });

  it('hit first pages, later ones, an object or a method alone', async () => {
    const { get, fail, emulator } = createCaller();
    const [ad = ''] = emulator.truth.ids('ads', ACCOUNT);
    const kind = 'unknown_99';
    const aim = (match: FaultMatch) => emulator.configure({ faults: { script: [{ match, kind }] } });
    const { paging } = await get(path, { limit: '10' });
    const later = { limit: '10', after: paging?.cursors.after ?? '' };
    aim({ page: 'later' });
    expect((await get(path, { limit: '10' })).error).toBeUndefined();
    expect(await fail(path, later)).toBe('500 1/99');
    aim({ page: 'first' });
    expect((await get(path, later)).error).toBeUndefined();
    expect(await fail(path)).toBe('500 1/99');
    aim({ object: ad });
    expect((await get(path)).error).toBeUndefined();
    expect(await fail(ad)).toBe('500 1/99');
    aim({ method: 'POST' });
    expect((await get(ad)).error).toBeUndefined();
  });

  it('hit parts of a batch, or calls of their own, alone', async () => {
    const kind = 'unknown_99';
    const { batch, get, fail, emulator } = createCaller({ faults: { script: [{ match: { edge: 'me', inBatch: true }, kind }] } });
    const parts = [{ method: 'GET', relative_url: 'me' }];
    expect(await batch(parts)).toMatchObject([{ code: 500 }]);
    expect((await get('me')).error).toBeUndefined();
    emulator.configure({ faults: { script: [{ match: { edge: 'me', inBatch: false }, kind }] } });
    expect(await batch(parts)).toMatchObject([{ code: 200 }]);
    expect(await fail('me')).toBe('500 1/99');
  });

  it.each([
    ['bare', { code: 2, message: expect.stringContaining('unavailable'), is_transient: true }],
    ['message_only', { error: { message: expect.stringContaining('unavailable') } }],
    ['blame_object', { error: { code: 2, error_data: { blame_field_specs: [['fields']] } } }],
    ['blame_text', { error: { code: 2, error_data: '{"blame_field_specs":[["fields"]]}' } }],
    ['localised', { error: { code: 2, message: expect.stringContaining('solicitud') } }],
  ] as const)('come in a %s envelope, with any status', async (envelope, body) => {
    const { fetch } = createCaller({
      faults: { script: [{ match: {}, kind: 'service_unavailable_2', envelope, status: 403 }] },
    });
    const response = await fetch('/v25.0/me');
    expect(response.status).toBe(403);
    const answer = (await response.json()) as object & { readonly error: object };
    expect(answer).toMatchObject(body);
    if (envelope === 'message_only') expect(Object.keys(answer.error)).toEqual(['message']);
    if (envelope === 'bare') expect(answer).not.toHaveProperty('error');
  });

  it('hit parts of a batch', async () => {
    const { batch } = createCaller({
      faults: {
        script: [
          { match: { edge: 'me', nth: 2 }, kind: 'service_unavailable_2' },
          { match: { edge: 'node' }, kind: 'null_item' },
        ],
      },
    });
    const answer = await batch(['me', 'me', `act_${ACCOUNT}`].map((relative_url) => ({ method: 'GET', relative_url })));
    expect(answer).toMatchObject([{ code: 200 }, { code: 400, body: expect.stringContaining('"code":2') }, null]);
  });

  it('hit a batch as a whole', async () => {
    const { batch, emulator } = createCaller({ faults: { script: [{ match: { edge: 'batch' }, kind: 'unknown_99' }] } });
    expect(await batch([{ method: 'GET', relative_url: 'me' }])).toMatchObject({ error: { code: 1, error_subcode: 99 } });
    expect(emulator.counters.byEdge).toEqual({ batch: 1 });
  });

  it('come at the rate asked for, and the same each time', async () => {
    const run = async () => {
      const caller = createCaller({ faults: { rate: 0.2, seed: 7, kinds: ['unknown_99', 'http_502'] } });
      const statuses: number[] = [];
      for (let call = 0; call < 300; call++) statuses.push((await caller.fetch('/v25.0/me')).status);
      return statuses;
    };
    const statuses = await run();
    expect(await run()).toEqual(statuses);
    const failed = statuses.filter((status) => status !== 200).length;
    expect(failed).toBeGreaterThan(30);
    expect(failed).toBeLessThan(90);
  });

  it('are refused when there is no such kind', () => {
    expect(() => createCaller({ faults: { kinds: ['nonsense' as FaultKind] } })).toThrow(RangeError);
  });

  it.each(Object.entries(unreachableFaults))('%s keeps a call from arriving: %s', async (kind, code) => {
    const call = always(kind as FaultKind).fetch('/v25.0/me');
    await expect(call).rejects.toMatchObject({ name: 'TypeError', cause: { code } });
  });

  it('reject like the real fetch when the connection breaks', async () => {
    await expect(always('reset').fetch('/v25.0/me')).rejects.toMatchObject({ name: 'TypeError', cause: { code: 'ECONNRESET' } });
    const truncated = await always('truncated').fetch('/v25.0/me');
    await expect(truncated.text()).rejects.toThrow(TypeError);
  });

  it('keep a caller waiting until it gives up', async () => {
    const controller = new AbortController();
    const answer = always('black_hole').fetch('/v25.0/me', { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(answer).rejects.toThrow('enough');
  });

  it('delay the second half of a body on the clock', async () => {
    const caller = always('slow_body');
    const text = (await caller.fetch('/v25.0/me')).text();
    let isDone = false;
    void text.then(() => {
      isDone = true;
    });
    await caller.clock.advance(119_999);
    expect(isDone).toBe(false);
    await caller.clock.advance(1);
    expect(JSON.parse(await text)).toHaveProperty('id');
  });

  it.each([
    ['html', 500, /^<!DOCTYPE/],
    ['empty_body', 200, /^$/],
    ['empty_object', 200, /^\{\}$/],
    ['bad_json', 200, /^\{[^}]*$/],
    ['http_408', 408, /^<!DOCTYPE/],
    ['http_413', 413, /^<!DOCTYPE/],
    ['http_414', 414, /^<!DOCTYPE/],
    ['http_429', 429, /^<!DOCTYPE/],
    ['http_502', 502, /^<!DOCTYPE/],
    ['http_503', 503, /^<!DOCTYPE/],
    ['http_504', 504, /^<!DOCTYPE/],
    ['redirect', 302, /^<!DOCTYPE/],
    ['gateway_html_200', 200, /Service Unavailable/],
    ['error_without_wrapper', 400, /^\{"message"/],
  ] as const)('%s answers %i with an unusual body', async (kind, status, body) => {
    const response = await always(kind).fetch('/v25.0/me', { redirect: 'manual' });
    expect(response.status).toBe(status);
    expect(await response.text()).toMatch(body);
  });

  it('may only mislabel a good answer', async () => {
    const response = await always('wrong_content_type').fetch('/v25.0/me');
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.json()).toHaveProperty('id');
  });
});

describe('objects that spoil their page', () => {
  it('fail every page they are on unless only ids are asked for', async () => {
    const { emulator, get, fail } = createCaller();
    const [id = ''] = emulator.truth.ids('adcreatives', ACCOUNT);
    emulator.configure({ poisonedObjects: [id] });
    const edge = `act_${ACCOUNT}/adcreatives`;
    expect(await fail(edge, { fields: 'id,name', limit: '100' })).toBe('400 100/2446289');
    expect(await fail(id, { fields: 'name' })).toBe('400 100/2446289');
    expect((await get(edge, { fields: 'id', limit: '100' })).data.length).toBeGreaterThan(1);
    emulator.configure({ poisonedFields: ['object_story_spec'] });
    expect((await get(id, { fields: 'name' })).error).toBeUndefined();
    expect(await fail(id, { fields: 'name,object_story_spec' })).toBe('400 100/2446289');
  });

  it('fail pages of ads that expand them', async () => {
    const { fail, get } = createCaller({ poisonEvery: 5 });
    expect(await fail(path, { fields: 'id,creative{body}', limit: '100' })).toBe('400 100/2446289');
    expect((await get(path, { fields: 'id,creative', limit: '100' })).error).toBeUndefined();
  });

  it('include fields, large pages, long pages and giants', async () => {
    const { fail, get } = createCaller({
      failingFields: ['failed_delivery_checks'],
      maxPageBytes: 50_000,
      maxRowsPerCall: 40,
      giantEvery: 10,
    });
    expect(await fail(path, { fields: 'failed_delivery_checks' })).toBe('500 1');
    expect(await fail(path, { fields: 'id', limit: '45' })).toBe('400 100/1487534');
    expect(await fail(path, { fields: 'targeting', limit: '40' })).toBe('500 1');
    expect((await get(path, { fields: 'targeting', limit: '2' })).error).toBeUndefined();
    expect(await fail(path, { fields: 'recommendations', limit: '10' })).toBe('500 1');
  });
});
