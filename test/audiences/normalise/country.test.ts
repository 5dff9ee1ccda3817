import codes from 'i18n-iso-countries/codes.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import { CountryNormaliser } from '../../../src/audiences/normalise/country.ts';
import { cellOf, reasonOf, sha256 } from './cells.ts';

const countries = new CountryNormaliser();

describe('COUNTRY', () => {
  it.each([
    ['UK', 'gb'],
    ['USA', 'us'],
    ['us', 'us'],
    ['U.S.A.', 'us'],
    ['United States', 'us'],
    ['The United States of America', 'us'],
    ['england', 'gb'],
    ['Deutschland', 'de'],
    ['España', 'es'],
    ['Allemagne', 'de'],
    ['日本', 'jp'],
    ['Россия', 'ru'],
    ["Côte d'Ivoire", 'ci'],
    ['Ivory Coast', 'ci'],
    ['Korea, Republic of', 'kr'],
    ['The Netherlands', 'nl'],
    ['NA', 'na'],
    ['Niger', 'ne'],
    ['Nigeria', 'ng'],
    ['Guinea-Bissau', 'gw'],
    ['Theodor', undefined],
  ])('#21 takes %j for %s', (text, code) => {
    expect(countries.normalise(text)).toEqual(code ?? { reason: 'unknown_word' });
  });

  it('knows all codes of ISO 3166', () => {
    for (const [alpha2 = '', alpha3 = ''] of codes) {
      expect(countries.normalise(alpha2)).toBe(alpha2.toLowerCase());
      expect(countries.normalise(alpha3.toLowerCase())).toBe(alpha2.toLowerCase());
    }
  });

  it.each(['XX', 'Congo', 'Kongo', 'Atlantis', '🇺🇸', '840', 'Mỹ', 'constructor'])(
    '#21 is blank for %j, which is none or could be two',
    (text) => {
      expect(cellOf('COUNTRY', text)).toBeUndefined();
      expect(reasonOf('COUNTRY', text)).toBe('unknown_word');
    },
  );

  it('is known to the row where it comes hashed', () => {
    expect(cellOf('PHONE', '030 123456', { COUNTRY: sha256('de') }, { defaultRegion: 'US' })).toBe(sha256('4930123456'));
    expect(cellOf('ZIP', '94035-1234', { COUNTRY: sha256('us') })).toBe(sha256('94035'));
  });
});
