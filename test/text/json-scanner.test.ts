import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findValueEnd } from '../../src/text/find-value-end.ts';
import { JsonScanner, type Scan } from '../../src/text/json-scanner.ts';

/** What the text has become, where all of it was passed; undefined where it was not. */
function scan(text: string, pass: Scan): string | undefined {
  const scanner = new JsonScanner(Buffer.from(text));
  return pass(scanner) && scanner.at === scanner.input.length ? Buffer.from(scanner.input).toString() : undefined;
}

const passValue: Scan = (scanner) => scanner.passValue();

describe('JsonScanner', () => {
  it('passes over JSON as `JSON.stringify` writes it, and changes nothing', () => {
    const plain = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.string({ unit: 'grapheme' }),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.string(), tie('value'), { maxKeys: 4 }),
      ),
    })).value;
    fc.assert(
      fc.property(plain, (value) => {
        const text = JSON.stringify(value);
        expect(scan(text, passValue)).toBe(text);
        expect(findValueEnd(Buffer.from(`${text},`), 0)).toBe(Buffer.byteLength(text));
      }),
    );
  });

  it('passes over nothing that JSON.parse refuses, wherever a text is damaged', () => {
    const damage = fc.record({
      at: fc.nat(),
      length: fc.nat(2),
      put: fc.constantFrom('', '"', '\\', ',', ':', '{', ']', '0', '-', '.', 'e', 'n', ' ', '\n'),
    });
    fc.assert(
      fc.property(fc.jsonValue(), damage, (value, { at, length, put }) => {
        const text = JSON.stringify(value);
        const place = at % text.length;
        const damaged = `${text.slice(0, place)}${put}${text.slice(place + length)}`;
        if (scan(damaged, passValue) !== undefined) expect(() => JSON.parse(damaged)).not.toThrow();
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    ['"12"', ' 12 '],
    ['"0"', ' 0 '],
    ['"0.5"', ' 0.5 '],
    ['"-3.25"', ' -3.25 '],
    ['"12.00"', ' 12.00 '],
    ['"123456789012345"', ' 123456789012345 '],
  ])('takes the quotes of %s, which leaves %s', (text, expected) => {
    expect(scan(text, (scanner) => scanner.unquoteNumber(false))).toBe(expected);
  });

  it.each([
    '""',
    '"-"',
    '"-0"',
    '"-0.5"',
    '"007"',
    '"1."',
    '".5"',
    '"1.2.3"',
    '"1e5"',
    '"1E5"',
    '"1234567890123456"',
    '"12a"',
    '" 1"',
    '"1',
    '12',
  ])('leaves %s to the parser', (text) => {
    expect(scan(text, (scanner) => scanner.unquoteNumber(false))).toBeUndefined();
  });

  it('makes integers of numbers whose fraction is zero, and of no others', () => {
    expect(scan('"12.00"', (scanner) => scanner.unquoteNumber(true))).toBe(' 12    ');
    expect(scan('"12.50"', (scanner) => scanner.unquoteNumber(true))).toBeUndefined();
    expect(scan('12.0', (scanner) => scanner.passInteger())).toBeUndefined();
  });

  it('leaves ASCII that is written as escapes to the parser, for a secret might hide behind it', () => {
    for (const text of ['"\\u0045AAB"', '"\\u0031"', '"\\u007C"', '"\\u0025"']) expect(scan(text, passValue)).toBeUndefined();
    for (const text of ['"\\u000a \\/ \\u00e9 \\ud83c\\udf88"', '"\\n\\t\\"\\\\"']) expect(scan(text, passValue)).toBe(text);
  });

  it.each([
    '',
    '"',
    '"\\',
    '"\\u00',
    '"\\x"',
    '"a\nb"',
    '[1,',
    '[1,]',
    '{"a"null}',
    '{"a":1,}',
    '{a:1}',
    'nul',
    'tru',
    '01',
    '[1 ,2]',
    '{"a": 1}',
  ])('does not pass over %j', (text) => {
    expect(scan(text, passValue)).toBeUndefined();
  });

  it('goes only so deep', () => {
    expect(scan(`${'['.repeat(64)}${']'.repeat(64)}`, passValue)).toBeDefined();
    expect(scan(`${'['.repeat(10_000)}${']'.repeat(10_000)}`, passValue)).toBeUndefined();
  });
});

describe('findValueEnd', () => {
  it.each([
    ['{"a":"}]\\""},', 12],
    ['12]', 2],
    ['"a,b"}', 5],
    ['{"a":[1', undefined],
    ['"a', undefined],
    ['12', undefined],
    ['', undefined],
  ])('finds the end of the value that %j begins with', (text, end) => {
    expect(findValueEnd(Buffer.from(text), 0)).toBe(end);
  });
});
