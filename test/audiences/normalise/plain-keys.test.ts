import { describe, expect, it } from 'vitest';
import { cellOf, normalise, reasonOf, sha256 } from './cells.ts';

const IDFA = '38400000-8cf0-11bd-b23e-10b96e40000d';

describe('MADID', () => {
  it('#24 is lower case with hyphens, and goes unhashed', () => {
    expect(cellOf('MADID', IDFA.toUpperCase())).toBe(IDFA);
    expect(cellOf('MADID', ` ${IDFA} `, {}, { hashing: 'hashed' })).toBe(IDFA);
  });

  it.each([
    [IDFA.replaceAll('-', ''), 'wrong_hash'],
    [`{${IDFA}}`, 'malformed'],
    [sha256(IDFA), 'wrong_hash'],
    ['12345', 'malformed'],
  ])('#24 is blank for %j', (text, reason) => {
    expect(cellOf('MADID', text)).toBeUndefined();
    expect(reasonOf('MADID', text)).toBe(reason);
  });

  it('#24 of a device that gives none is no value', () => {
    const person = normalise({ MADID: '00000000-0000-0000-0000-000000000000', FN: 'Mary' });
    expect(person).toEqual({ cells: ['', sha256('mary')] });
  });
});

describe('EXTERN_ID', () => {
  it.each([
    ['Abc 12 ', 'Abc 12'],
    ['001', '001'],
    [1.0, '1'],
    [1e15, '1000000000000000'],
    ['12345678901234567890', '12345678901234567890'],
    [sha256('7'), sha256('7')],
    [sha256('7').toUpperCase(), sha256('7').toUpperCase()],
  ])('#26 is %j as it is', (value, id) => {
    expect(cellOf('EXTERN_ID', value)).toBe(id);
  });

  it('#26 is never a rounded number', () => {
    expect(cellOf('EXTERN_ID', 2 ** 53)).toBeUndefined();
    expect(reasonOf('EXTERN_ID', 1e21)).toBe('out_of_range');
    expect(cellOf('EXTERN_ID', Number.MAX_SAFE_INTEGER)).toBe('9007199254740991');
  });

  it('#25 is blank where it is absent', () => {
    for (const value of ['', ' ', null, 'N/A', 'na', 'NIL'])
      expect(normalise({ EXTERN_ID: value, FN: 'Mary' }).cells).toEqual(['', sha256('mary')]);
  });

  it('is blank for what would be the id of many, or of none', () => {
    expect(reasonOf('EXTERN_ID', true)).toBe('malformed');
    expect(reasonOf('EXTERN_ID', sha256('null'))).toBe('hash_of_nothing');
    expect(reasonOf('EXTERN_ID', 'a\ud800')).toBe('malformed');
  });
});

describe('PAGEUID and APPUID', () => {
  it('are digits', () => {
    expect(cellOf('PAGEUID', '1234567890123456')).toBe('1234567890123456');
    expect(cellOf('APPUID', 42)).toBe('42');
  });

  it('give the row up where they are anything else', () => {
    const { reject } = normalise({ APPUID: 'mary', EMAIL: 'mary@example.com' });
    expect(reject).toEqual({ code: 'invalid_id', message: 'APPUID is not made of digits', field: 'APPUID' });
    expect(normalise({ PAGEUID: true, EMAIL: 'mary@example.com' }).reject?.code).toBe('invalid_id');
  });

  it('are blank where they are absent', () => {
    expect(normalise({ PAGEUID: null, FN: 'Mary' })).toEqual({ cells: [sha256('mary'), ''] });
  });
});

describe('LOOKALIKE_VALUE', () => {
  it.each([
    ['5', 5],
    [5, 5],
    [' 12.50 ', 12.5],
    [0, 0],
    ['0', 0],
    [19.999, 20],
    [0.125, 0.13],
    ['1e3', 1_000],
    ['.5', 0.5],
    [1e300, 1e300],
  ])('#27 is a number for %j', (value, number) => {
    expect(cellOf('LOOKALIKE_VALUE', value, { FN: 'Mary' })).toBe(number);
    expect(normalise({ FN: 'Mary', LOOKALIKE_VALUE: value }).reject).toBeUndefined();
  });

  it.each([-1, -0.001, '-1', null, undefined, '', 'five', '5 €', '1,5', '$5', true, 'NaN', Number.POSITIVE_INFINITY, '1e400'])(
    '#27 gives the row up for %j, and never sends a zero instead',
    (value) => {
      const { reject } = normalise({ FN: 'Mary', LOOKALIKE_VALUE: value });
      expect(reject).toMatchObject({ code: 'invalid_value', field: 'LOOKALIKE_VALUE' });
    },
  );

  it('#1 identifies nobody', () => {
    expect(normalise({ EMAIL: '', LOOKALIKE_VALUE: 5 }).reject?.code).toBe('no_identifier');
    expect(normalise({ LOOKALIKE_VALUE: 5 }).reject?.code).toBe('no_identifier');
  });
});
