import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { foldDigits } from '../../../src/audiences/normalise/fold-digits.ts';
import { PhoneNormaliser, type PhoneOptions } from '../../../src/audiences/normalise/phone.ts';
import { cellOf, normalise, reasonOf, sha256 } from './cells.ts';

const read = (text: string, country = '', options: PhoneOptions = {}) => new PhoneNormaliser(options).normalise(text, country);
const LONDON = '442079460958';

describe('PHONE', () => {
  it('#9 is blank without a country', () => {
    expect(cellOf('PHONE', '(650) 555-1212')).toBeUndefined();
    expect(reasonOf('PHONE', '(650) 555-1212')).toBe('no_region');
    expect(reasonOf('PHONE', '6505551212', { COUNTRY: null })).toBe('no_region');
  });

  it('#10 is read by the country of the row, and else by the default one', () => {
    expect(cellOf('PHONE', '(650) 555-1212', { COUNTRY: 'US' })).toBe(sha256('16505551212'));
    expect(cellOf('PHONE', '(650) 555-1212', {}, { defaultRegion: 'us' })).toBe(sha256('16505551212'));
    expect(cellOf('PHONE', '020 7946 0958', { COUNTRY: 'UK' }, { defaultRegion: 'US' })).toBe(sha256(LONDON));
    expect(cellOf('PHONE', '020 7946 0958', { COUNTRY: '' }, { defaultRegion: 'GB' })).toBe(sha256(LONDON));
  });

  it('#10 is not read by the default country beside one that nobody knows', () => {
    expect(reasonOf('PHONE', '6505551212', { COUNTRY: 'XX' }, { defaultRegion: 'US' })).toBe('no_region');
    expect(reasonOf('PHONE', '6505551212', { COUNTRY: 'Antarctica' }, { defaultRegion: 'US' })).toBe('no_region');
    expect(reasonOf('PHONE', '6505551212', { COUNTRY: sha256('Utopia') }, { defaultRegion: 'US' })).toBe('no_region');
    expect(cellOf('PHONE', '6505551212', { COUNTRY: sha256('') }, { defaultRegion: 'US' })).toBe(sha256('16505551212'));
  });

  it.each([
    ['+44 (0)20 7946 0958', ''],
    ['+442079460958', 'us'],
    ['0044 20 7946 0958', ''],
    ['0044 20 7946 0958', 'de'],
    ['0044 20 7946 0958', 'us'],
    ['011 44 20 7946 0958', 'us'],
    ['(020) 7946-0958', 'gb'],
    ['44 20 7946 0958', 'gb'],
    ['+44 20 7946 0958 ext. 12', ''],
    ['+44 20 7946 0958 x12', ''],
    ['020 7946 0958;ext=12', 'gb'],
    ['tel:+44-20-7946-0958', ''],
    ['Tel. +44 20 7946 0958', ''],
    ['+44 20 7946 0958 (home)', ''],
    ['+44\u00a020\u00a07946\u00a00958', ''],
    ['+44\u200920\u20117946\u20110958', ''],
    ['＋４４ ２０ ７９４６ ０９５８', ''],
    ['+٤٤٢٠٧٩٤٦٠٩٥٨', ''],
    ['۰۰۴۴۲۰۷۹۴۶۰۹۵۸', ''],
    ['+४४ २० ७९४६ ०९५८', ''],
    ['+442079460958.0', ''],
    ['020 7946 0958', 'gb'],
  ])('#11 finds the digits of %j in %j', (text, country) => {
    expect(read(text, country)).toBe(LONDON);
  });

  it.each([
    ['+0000000000', ''],
    ['1-800-FLOWERS', 'us'],
    ['1-800-FLOWERS', ''],
    ['+49 8000 FLOWERS', ''],
    ['650-555-CALL1', 'us'],
    ['call me', 'us'],
    ['+', 'us'],
    ['+1', ''],
    ['12', 'us'],
    ['0000', 'us'],
    ['+999 123 4567', ''],
    ['+1 650 555 1212 / 650 555 1213', ''],
    ['+1 650 555', ''],
    ['00 44', ''],
    [`+1${' '.repeat(250)}6505551212`, ''],
    ['+1 650\ud800', ''],
  ])('#12 is blank for %j in %j', (text, country) => {
    expect(read(text, country)).toHaveProperty('reason');
  });

  it('#12 that is bad leaves the row its other keys', () => {
    const person = normalise({ PHONE: '1-800-FLOWERS', COUNTRY: 'US', FN: 'Mary' });
    expect(person.cells).toEqual(['', sha256('mary'), sha256('us')]);
    expect(person.blanked).toEqual([{ key: 'PHONE', reason: 'not_possible' }]);
    expect(person.reject).toBeUndefined();
  });

  it('#13 can be a number', () => {
    expect(cellOf('PHONE', 1.65e10, {}, { assumeInternational: true })).toBe(sha256('16500000000'));
    expect(cellOf('PHONE', 6505551212, { COUNTRY: 'US' })).toBe(sha256('16505551212'));
    expect(cellOf('PHONE', '16505551212.0', { COUNTRY: 'US' })).toBe(sha256('16505551212'));
  });

  it('#14 keeps the zero of Italian numbers', () => {
    expect(read('+39 06 69882022')).toBe('390669882022');
    expect(read('06 69882022', 'it')).toBe('390669882022');
  });

  it('takes possible numbers that are not valid any more', () => {
    expect(read('+52 1 55 1234 5678')).toEqual({ reason: 'not_possible' });
    expect(read('+1 555 987 6543')).toBe('15559876543');
  });

  it('takes digits for international where that is said, and by the region where they can not be', () => {
    const options = { assumeInternational: true, defaultRegion: 'DE' };
    expect(read('442079460958', '', options)).toBe(LONDON);
    expect(read('00442079460958', '', options)).toBe(LONDON);
    expect(read('6591234567', 'us', options)).toBe('6591234567');
    expect(read('0171 5551234', '', options)).toBe('491715551234');
    expect(read('0171 5551234', '', { assumeInternational: true })).toEqual({ reason: 'not_possible' });
  });

  it('reads the numbers that devices in Argentina and the Caribbean show', () => {
    for (const [text, country] of [
      ['011 15 2345 6789', 'ar'],
      ['460 1234', 'ag'],
      ['8 (800) 555-35-35', 'ru'],
      ['800 555 35 35', 'ru'],
    ] as const) {
      const number = parsePhoneNumberFromString(text, { defaultCountry: country.toUpperCase() as 'AR' });
      expect(read(text, country)).toBe(number?.number.slice(1));
    }
  });
});

describe('foldDigits', () => {
  it('knows the digits of every script', () => {
    const digits = Array.from({ length: 0x110000 }, (_, code) => code)
      .filter((code) => code < 0xd800 || code > 0xdfff)
      .map((code) => String.fromCodePoint(code))
      .filter((character) => /\p{Nd}/u.test(character));
    expect(digits.length).toBeGreaterThan(600);
    for (let index = 0; index < digits.length; index += 10) {
      expect(foldDigits(digits.slice(index, index + 10).join(''))).toBe('0123456789');
    }
  });
});
