import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonScanner, passAny, type Scan } from '../../src/text/json-scanner.ts';
import { KnownName } from '../../src/text/known-name.ts';
import { mixByte, NameTable } from '../../src/text/name-table.ts';
import { ObjectShape } from '../../src/text/object-shape.ts';

const NAME = fc.string({ unit: fc.constantFrom('a', 'b', '_', '1', ' '), minLength: 1, maxLength: 20 });

describe('ObjectShape', () => {
  it('calls for each member what belongs to its name, whatever came in the objects before', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(NAME, { maxLength: 8 }),
        fc.array(fc.array(NAME, { maxLength: 8 }), { maxLength: 8 }),
        (known, objects) => {
          const seen: string[] = [];
          const note =
            (name: string): Scan =>
            (scanner) =>
              seen.push(name) > 0 && passAny(scanner);
          const shape = new ObjectShape(known.map((name) => [name, note(name)] as const));
          const mixed = objects.map((names, place) => [...names, ...known.slice(place % 3)]);
          const texts = mixed.map((names) => `{${names.map((name, place) => `${JSON.stringify(name)}:${place}`).join(',')}}`);
          const scanner = new JsonScanner(Buffer.from(texts.join('')));
          for (const _ of texts) expect(shape.pass(scanner)).toBe(true);
          expect(scanner.at).toBe(scanner.input.length);
          expect(seen).toEqual(mixed.flat().filter((name) => known.includes(name)));
        },
      ),
    );
  });

  it.each(['{', '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}', '{"a" :1}', '{"a":x}', '{"\\u0061":1}', '{"é":1}', '[]'])(
    'does not pass over %s',
    (text) => {
      const shape = new ObjectShape([['a', passAny]]);
      expect(shape.pass(new JsonScanner(Buffer.from('{"a":1}')))).toBe(true);
      expect(shape.pass(new JsonScanner(Buffer.from(text)))).toBe(false);
    },
  );
});

describe('KnownName', () => {
  it('stands where its bytes do, and nowhere else', () => {
    fc.assert(
      fc.property(NAME, NAME, fc.nat(3), (name, other, before) => {
        const text = `${' '.repeat(before)}"${other}":`;
        const bytes = Buffer.from(text);
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
        expect(new KnownName(name).standsAt(view, before)).toBe(text.startsWith(`"${name}":`, before));
        expect(new KnownName(other).standsAt(view, before)).toBe(true);
        expect(new KnownName(other).standsAt(view, before + 1)).toBe(false);
      }),
    );
  });
});

describe('NameTable', () => {
  it('finds what a map of the names would', () => {
    fc.assert(
      fc.property(fc.uniqueArray(NAME, { maxLength: 100 }), fc.array(NAME), (names, others) => {
        const table = new NameTable(names.map((name, place) => [name, place] as const));
        for (const name of [...names, ...others]) {
          const input = Buffer.from(`x${name}y`);
          const nameHash = input.subarray(1, -1).reduce(mixByte, 0);
          const place = names.indexOf(name);
          expect(table.find({ input, nameFrom: 1, nameTo: input.length - 1, nameHash })).toBe(place < 0 ? undefined : place);
        }
      }),
    );
  });
});
