import { describe, expect, it } from 'vitest';
import { normaliseCity } from '../../../src/audiences/normalise/city.ts';
import { cellOf, normalise, reasonOf, sha256 } from './cells.ts';

describe('CT', () => {
  it.each([
    ['São Paulo', 'saopaulo'],
    ["St. John's", 'stjohns'],
    ['New York', 'newyork'],
    ['Łódź', 'lodz'],
    ['Tromsø', 'tromso'],
    ['Gießen', 'giessen'],
    ['Ærøskøbing', 'aeroskobing'],
    ['İstanbul', 'istanbul'],
    ['Đà Nẵng', 'danang'],
    ['東京 Tokyo', 'tokyo'],
    ['Paris 16', 'paris'],
  ])('#18 makes %j %j', (text, city) => {
    expect(normaliseCity(text)).toBe(city);
    expect(normaliseCity(text.normalize('NFD'))).toBe(city);
  });

  it('#18 is blank in another script', () => {
    expect(cellOf('CT', '東京')).toBeUndefined();
    expect(reasonOf('CT', '東京')).toBe('malformed');
  });
});

describe('ST', () => {
  it.each([
    ['New York', {}, 'ny'],
    ['NY', {}, 'ny'],
    ['ny', { COUNTRY: 'US' }, 'ny'],
    ['US-CA', {}, 'ca'],
    ['California', { COUNTRY: 'United States' }, 'ca'],
    ['DC', {}, 'dc'],
    ['Washington, D.C.', {}, 'dc'],
    ['District of Columbia', {}, 'dc'],
    ['Puerto Rico', { COUNTRY: 'US' }, 'pr'],
    ['New South Wales', {}, 'newsouthwales'],
    ['NSW', { COUNTRY: 'AU' }, 'newsouthwales'],
    ['WA', { COUNTRY: 'AU' }, 'westernaustralia'],
    ['ON', { COUNTRY: 'CA' }, 'ontario'],
    ['Québec', { COUNTRY: 'CA' }, 'quebec'],
    ['Nordrhein-Westfalen', { COUNTRY: 'DE' }, 'nordrheinwestfalen'],
    ['Georgia', { COUNTRY: 'GE' }, 'georgia'],
    ['NA', { COUNTRY: 'IT' }, 'na'],
  ])('#19 makes %j in %j %j', (text, others, state) => {
    expect(cellOf('ST', text, others)).toBe(sha256(state));
  });

  it('#19 is blank where the US have no such state, or it has no Latin letters', () => {
    expect(reasonOf('ST', 'Ontario', { COUNTRY: 'US' })).toBe('unknown_word');
    expect(reasonOf('ST', '東京都', { COUNTRY: 'JP' })).toBe('malformed');
    for (const name of ['constructor', '__proto__']) expect(cellOf('ST', name, { COUNTRY: 'CA' })).toMatch(/^[0-9a-f]{64}$/);
  });

  it('#84 is told in plain where it is a state of the US', () => {
    expect(normalise({ ST: 'California' }).usState).toBe('ca');
    expect(normalise({ COUNTRY: 'US', ST: 'tx' }).usState).toBe('tx');
    expect(normalise({ COUNTRY: 'CA', ST: 'CA' }).usState).toBeUndefined();
    expect(normalise({ ST: sha256('ca') }).usState).toBeUndefined();
    expect(normalise({ ST: 'CA' }, { hashing: 'hashed' }).usState).toBeUndefined();
    expect(normalise({ ST: 'Bavaria' }).usState).toBeUndefined();
  });
});

describe('ZIP', () => {
  it.each([
    ['94035-1234', {}, '94035'],
    [' 94035-1234', {}, '94035'],
    ['94035 1234', { COUNTRY: 'US' }, '94035'],
    ['940351234', { COUNTRY: 'US' }, '94035'],
    ['94035.0', {}, '94035'],
    ['00601-1234', { COUNTRY: 'PR' }, '00601'],
    [' 02134 ', {}, '02134'],
    [94035, {}, '94035'],
    ['M1 1AE', {}, 'm11ae'],
    ['SW1A 1AA', { COUNTRY: 'GB' }, 'sw1a1aa'],
    ['01310-100', { COUNTRY: 'BR' }, '01310100'],
    ['〒100-0001', { COUNTRY: 'JP' }, '1000001'],
    ['１００－０００１', { COUNTRY: 'JP' }, '1000001'],
    ['1010', { COUNTRY: 'AT' }, '1010'],
    [1010, { COUNTRY: 'AT' }, '1010'],
    ['2134', {}, '2134'],
  ])('#20 makes %j in %j %j', (value, others, zip) => {
    expect(cellOf('ZIP', value, others)).toBe(sha256(zip));
  });

  it.each([
    [2134, {}, 'too_short'],
    ['2134', { COUNTRY: 'US' }, 'too_short'],
    ['2134-1234', { COUNTRY: 'US' }, 'too_short'],
    ['21341234', { COUNTRY: 'US' }, 'malformed'],
    ['M1 1AE', { COUNTRY: 'US' }, 'malformed'],
    ['1600 Amphitheatre Parkway', {}, 'malformed'],
    ['東京', {}, 'malformed'],
  ])('#20 is blank for %j in %j: %s', (value, others, reason) => {
    expect(cellOf('ZIP', value, others)).toBeUndefined();
    expect(reasonOf('ZIP', value, others)).toBe(reason);
  });
});
