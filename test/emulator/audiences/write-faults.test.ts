import { describe, expect, it } from 'vitest';
import {
  errorFaultKinds,
  type FaultKind,
  transientFaultKinds,
  transientWriteFaultKinds,
} from '../../../src/emulator/faults/fault-catalog.ts';
import { ACCOUNT } from '../caller.ts';
import { CREATION, createAudienceCaller, email, emails, labelOf } from './audience-caller.ts';

/** A caller whose writes to the users edge all meet the fault, and the id of an audience. */
async function setUp(kind: FaultKind) {
  const caller = createAudienceCaller();
  const id = await caller.create();
  caller.emulator.configure({ faults: { script: [{ match: { edge: 'users' }, kind }] } });
  const body = new URLSearchParams({ payload: JSON.stringify(emails('a')) });
  return { ...caller, id, upload: () => caller.fetch(`/v25.0/${id}/users`, { method: 'POST', body, redirect: 'manual' }) };
}

describe('a write that meets a fault', () => {
  it.each([
    ['applied_then_500', 500, /^<!DOCTYPE/],
    ['applied_then_502', 502, /^<!DOCTYPE/],
    ['applied_then_empty_body', 200, /^$/],
  ] as const)('%s is done, and its answer lost', async (kind, status, text) => {
    const { upload, members, id, emulator } = await setUp(kind);
    const response = await upload();
    expect(response.status).toBe(status);
    expect(await response.text()).toMatch(text);
    expect(members(id)).toEqual([email('a')]);
    expect(emulator.counters.faults[kind]).toBe(1);
    expect(emulator.audiences.uploads(id)).toHaveLength(1);
  });

  it('is done where the connection breaks afterwards', async () => {
    const { upload, members, id } = await setUp('applied_then_reset');
    await expect(upload()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect(members(id)).toEqual([email('a')]);
  });

  it('is done where nobody ever answers', async () => {
    const { id, fetch, members } = await setUp('applied_then_black_hole');
    const controller = new AbortController();
    const body = new URLSearchParams({ payload: JSON.stringify(emails('a')) });
    const answer = fetch(`/v25.0/${id}/users`, { method: 'POST', body, signal: controller.signal });
    const waiting = expect(answer).rejects.toThrow('enough');
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort(new Error('enough'));
    await waiting;
    expect(members(id)).toEqual([email('a')]);
  });

  it.each([
    ['html', 500],
    ['empty_body', 200],
    ['empty_object', 200],
    ['http_408', 408],
    ['http_413', 413],
    ['http_414', 414],
    ['http_429', 429],
    ['http_502', 502],
    ['http_503', 503],
    ['http_504', 504],
    ['redirect', 302],
    ['gateway_html_200', 200],
    ['error_without_wrapper', 400],
  ] as const)('%s is not done, as something else than the API answers, but it counts', async (kind, status) => {
    const { upload, members, id, emulator } = await setUp(kind);
    expect((await upload()).status).toBe(status);
    expect(members(id)).toEqual([]);
    expect(emulator.audiences.uploads(id)).toEqual([]);
    expect(emulator.counters.writes).toBe(2);
  });

  it.each(['truncated', 'bad_json', 'wrong_content_type'] as const)('%s is done, as the fault is in its answer', async (kind) => {
    const { upload, members, id } = await setUp(kind);
    await (await upload()).text().catch(() => '');
    expect(members(id)).toEqual([email('a')]);
  });

  it.each(errorFaultKinds)('%s is refused by the API', async (kind) => {
    const { upload, members, id } = await setUp(kind);
    expect((await upload()).status).not.toBe(200);
    expect(members(id)).toEqual([]);
  });
});

describe('faults of writes', () => {
  it('can make an audience twice, whose creation was answered once', async () => {
    const { post, emulator } = createAudienceCaller({
      faults: { script: [{ match: { edge: 'customaudiences', isWrite: true, nth: 1 }, kind: 'applied_then_500' }] },
    });
    const before = emulator.truth.ids('customaudiences', ACCOUNT).length;
    await expect(post(`act_${ACCOUNT}/customaudiences`, CREATION)).rejects.toThrow();
    expect(labelOf(await post(`act_${ACCOUNT}/customaudiences`, CREATION))).toBe('ok');
    expect(emulator.truth.ids('customaudiences', ACCOUNT).length).toBe(before + 2);
  });

  it('never meet a read, nor a report', async () => {
    const { get, fetch } = createAudienceCaller({ faults: { script: [{ match: {}, kind: 'applied_then_500' }] } });
    expect((await get(`act_${ACCOUNT}/customaudiences`)).error).toBeUndefined();
    expect((await fetch(`/v25.0/act_${ACCOUNT}/insights`, { method: 'POST' })).status).toBe(200);
  });

  it('can be told from reads of the same edge', async () => {
    const { get, post } = createAudienceCaller({
      faults: { script: [{ match: { edge: 'customaudiences', isWrite: true }, kind: 'unknown_1' }] },
    });
    expect((await get(`act_${ACCOUNT}/customaudiences`)).error).toBeUndefined();
    expect(labelOf(await post(`act_${ACCOUNT}/customaudiences`, CREATION))).toBe('1');
  });

  it('come at random from the list of those an uploader survives, and uploading again brings everybody in', async () => {
    const { create, fetch, emulator } = createAudienceCaller();
    const id = await create();
    emulator.configure({ faults: { rate: 0.5, kinds: 'transient_writes', seed: 3 } });
    for (let at = 0; at < 100; at++) {
      const body = new URLSearchParams({ payload: JSON.stringify(emails(`person${at}`)) });
      for (let isDone = false; !isDone; ) {
        const answer = fetch(`/v25.0/${id}/users`, { method: 'POST', body }).then((response) => response.text());
        isDone = await answer.then(
          (text) => text.startsWith('{"audience_id"') && text.endsWith('}'),
          () => false,
        );
      }
    }
    expect(emulator.audiences.countMembers(id)).toBe(100);
    expect(Object.keys(emulator.counters.faults).length).toBeGreaterThan(20);
  });

  it('have a list of their own beside the one of reads', () => {
    const applied = transientWriteFaultKinds.filter((kind) => kind.startsWith('applied_then_'));
    expect(applied).toHaveLength(4);
    expect(transientFaultKinds.some((kind) => kind.startsWith('applied_then_'))).toBe(false);
  });
});
