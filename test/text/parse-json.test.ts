import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../src/text/parse-json.ts';

describe('parseJson', () => {
  it('keeps an id beyond 2^53 whole, as a string', () => {
    expect(parseJson('{"report_run_id": 6023920149050123456}')).toEqual({ report_run_id: '6023920149050123456' });
    expect(parseJson('[6023920149050123456,-9007199254740993]')).toEqual(['6023920149050123456', '-9007199254740993']);
    expect(parseJson('{"a":[\n 6023920149050123456 ]}')).toEqual({ a: ['6023920149050123456'] });
  });

  it('leaves long numbers alone that a number holds', () => {
    expect(parseJson('[9007199254740991,1000000000000000]')).toEqual([9007199254740991, 1000000000000000]);
  });

  it('leaves fractions and exponents alone', () => {
    for (const literal of ['0.12345678901234567', '12345678901234567.5', '1e300'])
      expect(parseJson(`[${literal}]`)).toEqual([Number(literal)]);
  });

  it('leaves digits inside a string alone', () => {
    expect(parseJson('{"text":"order: 60239201490501234567, paid","n":1}')).toEqual({
      text: 'order: 60239201490501234567, paid',
      n: 1,
    });
  });

  it('refuses what is not JSON', () => {
    expect(() => parseJson('{"a":')).toThrow(SyntaxError);
  });

  it('is JSON.parse for everything without a big integer', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        fc.pre(!/\d{16}/.test(text));
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('loses no digit of any integer', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), (id) => {
        const { value } = parseJson(`{"value":${id}}`) as { value: string | number };
        expect(BigInt(value)).toBe(id);
      }),
    );
  });
});
