import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIdentifierInvalidByChance, isInvalidByChance } from '../../../src/emulator/audiences/row-chance.ts';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');

describe('a row that is invalid by chance', () => {
  it('is drawn by the strongest identifier, or by the whole row, whatever the order of the columns', () => {
    const rows = Array.from({ length: 200 }, (_, at) => [hash(`${at}`), hash('fn'), `customer ${at}`]);
    const chance = (keys: readonly string[], row: readonly string[]) => isInvalidByChance(keys, row, 50);
    for (const [mail = '', first = '', own = ''] of rows) {
      expect(chance(['FN', 'EMAIL'], [first, mail])).toBe(isIdentifierInvalidByChance(mail, 50));
      expect(chance(['EMAIL', 'EXTERN_ID'], [mail, own])).toBe(isIdentifierInvalidByChance(own, 50));
      expect(chance(['FN', 'LN'], [first, mail])).toBe(chance(['LN', 'FN'], [mail, first]));
    }
  });

  it('is never drawn at 0 %, and always at 100 %', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(isIdentifierInvalidByChance(text, 0)).toBe(false);
        expect(isIdentifierInvalidByChance(text, 100)).toBe(true);
      }),
    );
  });
});
