import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPlainNumber } from '../../src/streams/plain-number.ts';

describe('readPlainNumber', () => {
  it('reads what Number reads, to the last bit', () => {
    const digits = (max: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: max });
    fc.assert(
      fc.property(digits(7), fc.option(digits(7), { nil: undefined }), (whole, part) => {
        const text = part === undefined ? whole : `${whole}.${part}`;
        expect(readPlainNumber(text)).toBe(Number(text));
      }),
      { numRuns: 5_000 },
    );
  });

  it.each(['', '.', '1.', '.5', '1.2.3', '1,5', '-1', '+1', '1e5', ' 1', '1 ', '0x10', '١', 'NaN', '1234567890123456'])(
    'leaves %j to others',
    (text) => expect(readPlainNumber(text)).toBe(-1),
  );
});
