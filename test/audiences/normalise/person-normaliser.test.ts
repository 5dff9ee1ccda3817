import { describe, expect, it } from 'vitest';
import { PersonNormaliser } from '../../../src/audiences/normalise/person-normaliser.ts';
import { cellsOf, createNormaliser, normalise, sha256, THIS_YEAR } from './cells.ts';

describe('PersonNormaliser', () => {
  it('#1 gives up rows in which nothing tells who the person is', () => {
    for (const data of [
      { EMAIL: null, PHONE: '' },
      { EMAIL: ' ', PHONE: undefined },
      { EMAIL: 'N/A', PHONE: '-' },
    ]) {
      const { cells, reject, blanked } = normalise(data);
      expect(cells).toEqual(['', '']);
      expect(blanked).toBeUndefined();
      expect(reject?.code).toBe('no_identifier');
    }
    expect(createNormaliser(['EMAIL', 'FN']).normalise({}).reject?.code).toBe('no_identifier');
    expect(normalise({ EMAIL: 'nobody' })).toMatchObject({
      reject: { code: 'no_identifier' },
      blanked: [{ key: 'EMAIL', reason: 'malformed' }],
    });
  });

  it('#2 takes words for nothing as no value, in any case', () => {
    expect(
      cellsOf({
        EMAIL: 'null',
        PHONE: 'N/A',
        FN: 'undefined',
        LN: 'NaN',
        CT: 'NONE',
        ZIP: '-',
        EXTERN_ID: 'Null',
        COUNTRY: 'us',
      }),
    ).toEqual({
      COUNTRY: sha256('us'),
    });
  });

  it('#28 has a cell for the value where a column is mapped to it, and nowhere else', () => {
    expect(createNormaliser(['EMAIL', 'LOOKALIKE_VALUE']).keys).toEqual(['EMAIL', 'LOOKALIKE_VALUE']);
    expect(createNormaliser(['EMAIL']).normalise({ EMAIL: 'mary@example.com', LOOKALIKE_VALUE: 5 }).cells).toHaveLength(1);
  });

  it('#29 makes rows as wide as the keys, whatever columns a record has', () => {
    const normaliser = createNormaliser(['LN', 'EMAIL', 'DOB']);
    expect(normaliser.keys).toEqual(['EMAIL', 'LN', 'DOBY', 'DOBM', 'DOBD']);
    for (const data of [
      {},
      { EMAIL: 'a@b.cc' },
      { a: 1, b: 2, EMAIL: 'a@b.cc', LN: 'x', DOB: '1997-02-16', PHONE: '+16505551212' },
    ]) {
      expect(normaliser.normalise(data).cells).toHaveLength(5);
    }
  });

  it('#30 puts cells in the order of the keys, whatever the order of a record', () => {
    const normaliser = createNormaliser(['COUNTRY', 'FN', 'EMAIL']);
    const row = [sha256('mary@example.com'), sha256('mary'), sha256('us')];
    expect(normaliser.normalise({ EMAIL: 'mary@example.com', FN: 'Mary', COUNTRY: 'US' }).cells).toEqual(row);
    expect(normaliser.normalise({ COUNTRY: 'US', FN: 'Mary', EMAIL: 'mary@example.com' }).cells).toEqual(row);
  });

  it('#31 gives up rows with a list or an object in place of a value', () => {
    for (const key of ['EMAIL', 'PHONE', 'EXTERN_ID', 'DOB', 'PAGEUID', 'LOOKALIKE_VALUE'] as const) {
      for (const value of [['mary@example.com'], { value: 1 }, []]) {
        const { reject } = normalise({ FN: 'Mary', [key]: value });
        expect(reject).toEqual({ code: 'not_scalar', message: `${key} is to be one value, not a list or an object`, field: key });
      }
    }
  });

  it('takes the first column with a usable value', () => {
    const columns = ['work', 'home', 'other'].map((column) => ({ column, role: 'EMAIL' as const, hashing: 'auto' as const }));
    const normaliser = new PersonNormaliser({ columns, currentYear: THIS_YEAR });
    expect(normaliser.keys).toEqual(['EMAIL']);
    expect(normaliser.normalise({ work: null, home: 'nobody', other: 'mary@example.com' })).toEqual({
      cells: [sha256('mary@example.com')],
    });
    expect(normaliser.normalise({ work: 'a@b.cc', home: 'mary@example.com' }).cells).toEqual([sha256('a@b.cc')]);
    expect(normaliser.normalise({ work: 'a b@c.dd', home: sha256('') }).blanked).toEqual([{ key: 'EMAIL', reason: 'malformed' }]);
  });

  it('counts each blank cell once', () => {
    const { blanked } = normalise({ EMAIL: 'x', PHONE: '6505551212', ZIP: 2134, COUNTRY: 'XX', FN: 'Mary' });
    expect(blanked).toEqual([
      { key: 'COUNTRY', reason: 'unknown_word' },
      { key: 'EMAIL', reason: 'malformed' },
      { key: 'PHONE', reason: 'no_region' },
      { key: 'ZIP', reason: 'too_short' },
    ]);
  });

  it('says why a row is given up without any of its values', () => {
    for (const data of [
      { PAGEUID: 'secret' },
      { EMAIL: ['secret'] },
      { FN: 'secret', LOOKALIKE_VALUE: 'secret' },
      { EMAIL: 'secret' },
    ]) {
      expect(JSON.stringify(normalise(data).reject)).not.toContain('secret');
    }
  });

  it('knows no more than its columns', () => {
    const normaliser = createNormaliser(['EMAIL']);
    normaliser.normalise({ EMAIL: 'mary@example.com' });
    expect(normaliser.normalise({}).cells).toEqual(['']);
  });
});

/** What other connectors get wrong. */
describe('faults of others', () => {
  it.each([
    ['finds New York in its table', { ST: 'New York' }, { ST: 'ny' }],
    ['codes California', { ST: 'California', COUNTRY: 'US' }, { ST: 'ca', COUNTRY: 'us' }],
    ['keeps both letters of São', { CT: 'São Paulo' }, { CT: 'saopaulo' }],
    ['cuts the space before a ZIP+4', { ZIP: ' 94035-1234' }, { ZIP: '94035' }],
    ['cuts the four digits of a ZIP+4', { ZIP: '94035-1234', COUNTRY: 'us' }, { ZIP: '94035', COUNTRY: 'us' }],
    ['takes a woman for no man', { GEN: 'woman' }, { GEN: 'f' }],
    ['keeps states longer than two letters', { ST: 'New South Wales' }, { ST: 'newsouthwales' }],
    ['takes Washington DC for no state of Washington', { ST: 'Washington DC' }, { ST: 'dc' }],
    ['drops apostrophes of cities', { CT: "St. John's" }, { CT: 'stjohns' }],
    ['takes Germany for no Georgia', { COUNTRY: 'Germany' }, { COUNTRY: 'de' }],
    ['keeps dots of addresses', { EMAIL: 'mary.smith@example.com' }, { EMAIL: 'mary.smith@example.com' }],
    ['keeps accents of names', { FN: 'valéry' }, { FN: 'valéry' }],
    ['drops spaces in postal codes', { ZIP: 'sw1a 1aa' }, { ZIP: 'sw1a1aa' }],
    ['drops the zero in brackets', { PHONE: '+44 (0)20 7946 0958' }, { PHONE: '442079460958' }],
    ['drops dots of phone numbers', { PHONE: '1.650.253.0000', COUNTRY: 'us' }, { PHONE: '16502530000', COUNTRY: 'us' }],
    ['adds the calling code', { PHONE: '6502530000', COUNTRY: 'us' }, { PHONE: '16502530000', COUNTRY: 'us' }],
  ])('%s', (_name, data, forms) => {
    expect(cellsOf(data)).toEqual(Object.fromEntries(Object.entries(forms).map(([key, form]) => [key, sha256(form)])));
  });

  it('leaves a city in another script blank, and goes on', () => {
    expect(normalise({ CT: '東京', FN: 'Mary' })).toEqual({
      cells: [sha256('mary'), ''],
      blanked: [{ key: 'CT', reason: 'malformed' }],
    });
  });

  it('hashes no empty cell and no advertising id', () => {
    const { cells } = normalise({ EMAIL: null, MADID: '38400000-8CF0-11BD-B23E-10B96E40000D', GEN: 'other' });
    expect(cells).toEqual(['', '38400000-8cf0-11bd-b23e-10b96e40000d', '']);
  });

  it('leaves gender blank rather than guess, and gives up bad values rather than send 0', () => {
    expect(cellsOf({ GEN: 'other', FN: 'Mary' })).toEqual({ FN: sha256('mary') });
    expect(normalise({ FN: 'Mary', LOOKALIKE_VALUE: 'high' }).reject?.code).toBe('invalid_value');
  });
});
