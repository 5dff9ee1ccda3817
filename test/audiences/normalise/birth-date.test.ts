import { describe, expect, it } from 'vitest';
import { cellsOf, normalise, sha256, THIS_YEAR } from './cells.ts';

const hashes = (year: string, month: string, day: string) => ({ DOBY: sha256(year), DOBM: sha256(month), DOBD: sha256(day) });
const blanks = (data: Record<string, unknown>) => normalise(data).blanked?.map(({ key, reason }) => `${key} ${reason}`);

describe('DOB', () => {
  it.each([
    '1997-02-16',
    '1997-2-16',
    '1997/02/16',
    '1997-02-16T00:00:00.000000Z',
    '1997-02-16 23:30:00+02:00',
    '19970216',
    19970216,
    '2/16/1997',
    '16/02/1997',
    '16.2.1997',
    '16-02-1997',
    '16 Feb 1997',
    '16-FEB-1997',
    'February 16, 1997',
    'Feb. 16th, 1997',
    '16th of February 1997',
  ])('#23 takes %j apart', (value) => {
    expect(cellsOf({ DOB: value })).toEqual(hashes('1997', '02', '16'));
  });

  it.each([
    ['1997-02-30', 'not_a_date'],
    ['1900-02-29', 'not_a_date'],
    ['1899-12-31', 'out_of_range'],
    ['2099-01-01', 'out_of_range'],
    ['1997-13-01', 'out_of_range'],
    ['31/31/1997', 'out_of_range'],
    ['03/04/1997', 'ambiguous_date'],
    ['03.04.1997', 'ambiguous_date'],
    ['16/2.1997', 'malformed'],
    ['2/16/97', 'malformed'],
    ['1997', 'malformed'],
    ['16 Brumaire 1997', 'malformed'],
    ['yesterday', 'malformed'],
    [855964800000, 'malformed'],
  ])('#23 blanks all three parts for %j: %s', (value, reason) => {
    const { cells, blanked } = normalise({ DOB: value });
    expect(cells).toEqual(['', '', '']);
    expect(blanked).toHaveLength(3);
    expect(blanked?.map((cell) => cell.reason)).toContain(reason);
  });

  it('takes the same number twice for a day and a month', () => {
    expect(cellsOf({ DOB: '04/04/1997' })).toEqual(hashes('1997', '04', '04'));
  });

  it('knows leap years, and this one', () => {
    expect(cellsOf({ DOB: '2000-02-29' })).toEqual(hashes('2000', '02', '29'));
    expect(cellsOf({ DOB: `${THIS_YEAR}-01-01` })).toEqual(hashes(String(THIS_YEAR), '01', '01'));
  });

  it('#6 can not be a hash', () => {
    expect(blanks({ DOB: sha256('1997-02-16') })).toEqual(['DOBY wrong_hash', 'DOBM wrong_hash', 'DOBD wrong_hash']);
  });
});

describe('DOBY, DOBM and DOBD', () => {
  it('are padded, and months can have names', () => {
    expect(cellsOf({ DOBY: 1997, DOBM: 2, DOBD: '6' })).toEqual(hashes('1997', '02', '06'));
    expect(cellsOf({ DOBY: '1997.0', DOBM: 'Sept', DOBD: '06' })).toEqual(hashes('1997', '09', '06'));
  });

  it('can be alone', () => {
    expect(cellsOf({ DOBY: '1997' })).toEqual({ DOBY: sha256('1997') });
    expect(cellsOf({ DOBY: null, DOBM: '12', DOBD: '31' })).toEqual({ DOBM: sha256('12'), DOBD: sha256('31') });
  });

  it('#23 are all blank where one is bad', () => {
    expect(cellsOf({ DOBY: '1997', DOBM: '13', DOBD: '1' })).toEqual({});
    expect(blanks({ DOBY: '1997', DOBM: '13', DOBD: '1' })).toEqual(['DOBY not_a_date', 'DOBM out_of_range', 'DOBD not_a_date']);
    expect(blanks({ DOBY: 1899, DOBM: '1' })).toEqual(['DOBY out_of_range', 'DOBM not_a_date']);
  });

  it('#23 are blank where the month has no such day', () => {
    expect(cellsOf({ DOBY: '1997', DOBM: '2', DOBD: '30' })).toEqual({});
    expect(blanks({ DOBM: '2', DOBD: '30' })).toEqual(['DOBM not_a_date', 'DOBD not_a_date']);
    expect(cellsOf({ DOBM: '2', DOBD: '29' })).toEqual({ DOBM: sha256('02'), DOBD: sha256('29') });
  });

  it('pass as hashes, beside which the calendar tells nothing', () => {
    expect(cellsOf({ DOBY: '1997', DOBM: sha256('02'), DOBD: '30' })).toEqual(hashes('1997', '02', '30'));
  });

  it('fill in what a full date does not give', () => {
    expect(cellsOf({ DOBY: '1997', DOB: '03/04/1997' })).toEqual({});
    expect(cellsOf({ DOB: '1997-02-16', DOBY: '1960' })).toEqual(hashes('1997', '02', '16'));
    expect(cellsOf({ DOB: null, DOBY: '1960' })).toEqual({ DOBY: sha256('1960') });
  });
});
