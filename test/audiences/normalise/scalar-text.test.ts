import { describe, expect, it } from 'vitest';
import { NOT_SCALAR, readScalar } from '../../../src/audiences/normalise/scalar-text.ts';

describe('readScalar', () => {
  it.each([
    'null',
    'NULL',
    'N/A',
    'n/a',
    '#N/A',
    'undefined',
    'NaN',
    'None',
    '(null)',
    '<null>',
    '\\N',
    '-',
    '--',
    '—',
    '?',
    '.',
    'unknown',
  ])('#2 takes %j for no value', (word) => {
    expect(readScalar(word)).toBe('');
    expect(readScalar(` ${word} `)).toBe('');
  });

  it.each(['', ' ', '\t\n', '\u00a0\u200b\ufeff', null, undefined])('#1 takes %j for no value', (value) => {
    expect(readScalar(value)).toBe('');
  });

  it('keeps words that are names, countries or states', () => {
    for (const word of ['Na', 'NA', 'Nil', 'Nuno', 'Nonet', 'Nullah']) expect(readScalar(word)).toBe(word);
  });

  it('cuts off what has no width, at both ends only', () => {
    expect(readScalar('\ufeff\u200b\u00a0 a\u200bb \u200e\u202c')).toBe('a\u200bb');
  });

  it.each([
    [1, '1'],
    [1.0, '1'],
    [-0, '0'],
    [94035, '94035'],
    [1.65e10, '16500000000'],
    [1e-7, '0.0000001'],
    [0.5, '0.5'],
    [12345678901234567890n, '12345678901234567890'],
  ])('#13 writes the number %s without an exponent', (number, text) => {
    expect(readScalar(number)).toBe(text);
  });

  it('#26 takes no whole number that was rounded', () => {
    for (const number of [2 ** 53, 1e21, -1e300]) expect(readScalar(number)).toEqual({ reason: 'out_of_range' });
  });

  it('can not use infinite numbers, truth values and very long texts', () => {
    expect(readScalar(Number.POSITIVE_INFINITY)).toEqual({ reason: 'out_of_range' });
    expect(readScalar(true)).toEqual({ reason: 'malformed' });
    expect(readScalar('a'.repeat(1_025))).toEqual({ reason: 'too_long' });
  });

  it('#31 tells lists and objects from scalars', () => {
    expect(readScalar(['a'])).toBe(NOT_SCALAR);
    expect(readScalar({ a: 1 })).toBe(NOT_SCALAR);
  });
});
