import { describe, expect, it } from 'vitest';
import { compileCast } from '../../src/streams/cast-row.ts';

const nullable = (type: string, more: object = {}) => ({ type: ['null', type], ...more });
const SCHEMA = {
  type: 'object',
  properties: {
    id: nullable('string'),
    clicks: nullable('integer'),
    spend: nullable('number'),
    active: nullable('boolean'),
    open: {},
    sizes: nullable('array', { items: nullable('array', { items: nullable('integer') }) }),
    targeting: nullable('object', {
      properties: { age_min: nullable('integer'), countries: nullable('array', { items: nullable('string') }) },
    }),
  },
};

function cast(row: Record<string, unknown>): { row: Record<string, unknown>; uncastable: string[] } {
  const uncastable: string[] = [];
  compileCast(SCHEMA, (property) => uncastable.push(property))(row);
  return { row, uncastable };
}

describe('compileCast', () => {
  it('turns the strings that Meta sends into the numbers the schema names', () => {
    expect(cast({ clicks: '304', spend: '12.34', active: 'true' }).row).toEqual({ clicks: 304, spend: 12.34, active: true });
  });

  it('turns ids that come as numbers into strings', () => {
    expect(cast({ id: 120210000000001 }).row).toEqual({ id: '120210000000001' });
  });

  it('casts inside objects and nested arrays', () => {
    expect(cast({ sizes: [['1', 2]], targeting: { age_min: '18', countries: ['DE', 7], other: '1' } }).row).toEqual({
      sizes: [[1, 2]],
      targeting: { age_min: 18, countries: ['DE', '7'], other: '1' },
    });
  });

  it('leaves null, absent and open properties alone', () => {
    expect(cast({ clicks: null, open: { any: '1' }, unknown: '5' }).row).toEqual({
      clicks: null,
      open: { any: '1' },
      unknown: '5',
    });
  });

  it('passes on what it can not cast and says so', () => {
    const { row, uncastable } = cast({ clicks: 'many', spend: 'NaN', targeting: 'none' });
    expect(row).toEqual({ clicks: 'many', spend: 'NaN', targeting: 'none' });
    expect(uncastable).toEqual(['clicks', 'spend', 'targeting']);
  });

  it('does not round integers that a double can not hold', () => {
    expect(cast({ clicks: '9007199254740993' }).row).toEqual({ clicks: '9007199254740993' });
  });
});
