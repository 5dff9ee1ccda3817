import { describe, expect, it } from 'vitest';
import { encodeForm, encodeParams } from '../../src/graph/encode-params.ts';
import { EncodedParam } from '../../src/graph/encoded-param.ts';

describe('encodeParams', () => {
  it('sends strings as they are, all else as JSON, and drops what is undefined', () => {
    const params = encodeParams({
      fields: 'id,name',
      limit: 25,
      is_completed: false,
      filtering: [{ field: 'ad.id', operator: 'IN', value: ['1'] }],
      time_range: { since: '2026-01-01', until: '2026-01-31' },
      after: undefined,
    });

    expect(Object.fromEntries(new URLSearchParams(params))).toEqual({
      fields: 'id,name',
      limit: '25',
      is_completed: 'false',
      filtering: '[{"field":"ad.id","operator":"IN","value":["1"]}]',
      time_range: '{"since":"2026-01-01","until":"2026-01-31"}',
    });
  });

  it('escapes what a query would misread', () => {
    expect(encodeParams({ name: 'A&B #1=?' })).toBe('name=A%26B+%231%3D%3F');
  });
});

describe('encodeForm', () => {
  const payload = new EncodedParam(Buffer.from(encodeURIComponent('{"a":"b&c"}')));
  const read = (form: string | Uint8Array) => Object.fromEntries(new URLSearchParams(String(form)));

  it('takes a value that is encoded already as it is, in bytes', () => {
    const form = encodeForm({ payload, session: { id: 1 }, after: undefined });
    expect(form).toBeInstanceOf(Uint8Array);
    expect(read(form)).toEqual({ payload: '{"a":"b&c"}', session: '{"id":1}' });
    expect(read(encodeForm({ payload }))).toEqual({ payload: '{"a":"b&c"}' });
  });

  it('is a text like a query without one', () => {
    expect(encodeForm({ name: 'A&B' })).toBe('name=A%26B');
  });

  it('is the only place for such a value', () => {
    expect(() => encodeParams({ payload })).toThrow('payload');
  });
});
