import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listMembers } from '../../src/text/members.ts';

const read = (text: string) =>
  listMembers(text, text.indexOf('{')).map(({ key, valueStart, end }) => [key, text.slice(valueStart, end)]);

describe('listMembers', () => {
  it('finds keys and values where they stand', () => {
    expect(read(' { "a" : 1.50 , "b":{"c":[1,{"d":"}"}]}, "e\\u0022":"x\\\\\\"y" }')).toEqual([
      ['a', '1.50'],
      ['b', '{"c":[1,{"d":"}"}]}'],
      ['e"', '"x\\\\\\"y"'],
    ]);
  });

  it('gives keys that come twice twice', () => {
    expect(read('{"a":1,"a":null}')).toEqual([
      ['a', '1'],
      ['a', 'null'],
    ]);
  });

  it('finds nothing in an empty object', () => {
    expect(read('{ }')).toEqual([]);
  });

  it('agrees with the parser on any object', () => {
    const object = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue());
    fc.assert(
      fc.property(object, fc.constantFrom(0, 1, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const found = listMembers(text, 0);
        expect(found.map(({ key }) => key)).toEqual(Object.keys(JSON.parse(text)));
        for (const { key, valueStart, end } of found)
          expect(JSON.parse(text.slice(valueStart, end))).toEqual(JSON.parse(text)[key]);
        for (const { key, start, valueStart } of found)
          expect(JSON.parse(text.slice(start, valueStart).replace(/\s*:\s*$/, ''))).toBe(key);
      }),
    );
  });

  it('walks a string of millions of escapes', () => {
    const text = JSON.stringify({ a: '\\"'.repeat(1_000_000), b: 1 });
    expect(listMembers(text, 0).map(({ key }) => key)).toEqual(['a', 'b']);
  });
});
