import { describe, expect, it } from 'vitest';
import { encodeParams } from '../../src/graph/encode-params.ts';
import { draftOf } from '../support/draft-of.ts';

describe('FormDraft', () => {
  it('takes what is written as it is, and parameters after it, anew for each try', () => {
    const draft = draftOf(`payload=${encodeURIComponent('{"a":"b&c"}')}`);
    for (const id of [100, 2]) {
      const form = new URLSearchParams(Buffer.from(draft.complete(encodeParams({ session: { id } }))).toString());
      expect(Object.fromEntries(form)).toEqual({ payload: '{"a":"b&c"}', session: `{"id":${id}}` });
    }
    expect(Buffer.from(draft.bytes).toString()).toBe('payload=%7B%22a%22%3A%22b%26c%22%7D');
  });

  it('may be all there is', () => {
    expect(Buffer.from(draftOf('a=1').complete('')).toString()).toBe('a=1');
  });
});
