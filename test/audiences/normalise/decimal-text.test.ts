import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeDecimal } from '../../../src/audiences/normalise/decimal-text.ts';

describe('writeDecimal', () => {
  it.each([
    [0, '0'],
    [1.5, '1.5'],
    [1e21, '1000000000000000000000'],
    [1.5e22, '15000000000000000000000'],
    [-1.25e-9, '-0.00000000125'],
    [5e-324, `0.${'0'.repeat(323)}5`],
  ])('writes %s as %s', (number, text) => {
    expect(writeDecimal(number)).toBe(text);
  });

  it('writes digits alone, which are the same number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        const text = writeDecimal(number);
        expect(text).toMatch(/^-?\d+(?:\.\d+)?$/);
        expect(Number(text)).toBe(number + 0);
      }),
    );
  });
});
