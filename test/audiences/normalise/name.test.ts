import { describe, expect, it } from 'vitest';
import { normaliseInitial, normaliseName } from '../../../src/audiences/normalise/name.ts';
import { cellOf, reasonOf, sha256 } from './cells.ts';

describe('FN and LN', () => {
  it('#15 are composed, so that one name has one hash', () => {
    expect(normaliseName('정')).toBe('정');
    expect(normaliseName('정'.normalize('NFD'))).toBe('정');
    expect(normaliseName('Vale\u0301ry')).toBe('val\u00e9ry');
  });

  it.each([
    ["O'Brien-Smith Jr.", 'obriensmithjr'],
    ['O’Brien', 'obrien'],
    ['O´Brien', 'obrien'],
    ['Mary 🌸', 'mary'],
    ['Mary 👩🏽‍🚀', 'mary'],
    ['Mary ❤️', 'mary'],
    ['1️⃣ Mary', '1mary'],
    ['\u200fמרים\u200e', 'מרים'],
    ['علی‌رضا', 'علیرضا'],
    ['İpek', 'i\u0307pek'],
    ['van der Berg', 'vanderberg'],
    ['Müller', 'müller'],
    ['Kaʻiulani', 'kaʻiulani'],
    ['Ὀδυσσεύς', 'ὀδυσσεύς'],
    ['ΟΔΥΣΣΕΥΣ', 'οδυσσευς'],
    ['Ｍａｒｙ', 'ｍａｒｙ'],
  ])('#16 make %j %j', (text, name) => {
    expect(normaliseName(text)).toBe(name);
  });

  it('#17 lose halves of surrogate pairs', () => {
    expect(normaliseName('Ma\ud83cry')).toBe('mary');
    expect(reasonOf('FN', '\udc00')).toBe('malformed');
  });

  it('are blank without a letter', () => {
    expect(cellOf('FN', '🌸')).toBeUndefined();
    expect(reasonOf('FN', '🌸')).toBe('malformed');
  });

  it('#2 are not the word null, not even in quotes', () => {
    for (const text of ['Null', 'NULL', '"null"', "'N.U.L.L'"]) expect(cellOf('LN', text)).toBeUndefined();
  });
});

describe('FI', () => {
  it('is the first character of a name', () => {
    expect(normaliseInitial('Mary')).toBe('m');
    expect(normaliseInitial(' (Élodie)')).toBe('é');
    expect(normaliseInitial('𝓜ary')).toBe('𝓜');
  });

  it('comes from its own column only', () => {
    expect(cellOf('FI', undefined, { FN: 'Mary' })).toBeUndefined();
    expect(cellOf('FI', 'M', { FN: 'Mary' })).toBe(sha256('m'));
  });
});
