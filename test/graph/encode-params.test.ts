import { describe, expect, it } from 'vitest';
import { encodeParams } from '../../src/graph/encode-params.ts';

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
