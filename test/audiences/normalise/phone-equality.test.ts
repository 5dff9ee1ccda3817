import fc from 'fast-check';
import { getExampleNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import metadata from 'libphonenumber-js/max/metadata';
import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, it } from 'vitest';
import { PhoneNormaliser } from '../../../src/audiences/normalise/phone.ts';
import { PhoneDigits } from '../../../src/audiences/normalise/phone-digits.ts';
import { METADATA_VERSION, type RawPlan } from '../../../src/audiences/normalise/phone-plan.ts';
import { PhonePlans } from '../../../src/audiences/normalise/phone-plans.ts';

type Region = keyof typeof metadata.countries & string;
const REGIONS = Object.keys(metadata.countries) as Region[];
const planOf = (region: Region): RawPlan => metadata.countries[region] ?? [];
const callingCodeOf = (region: Region): string => String(planOf(region)[0]);

/** What the library makes of a text, alone. */
function askLibrary(text: string, region?: Region): string {
  const number = parsePhoneNumberFromString(text, region === undefined ? undefined : { defaultCountry: region });
  return number?.isPossible() ? number.number.slice(1) : '';
}

const randomDigits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 18 });
const regions = fc.constantFrom(...REGIONS);

/** Digits that the region's own pattern takes for a number, or nearly so. */
const PATTERNS = new Map(REGIONS.map((region) => [region, fc.stringMatching(new RegExp(`^(?:${String(planOf(region)[2])})$`))]));
const nationalDigits = (region: Region) =>
  fc.oneof(
    PATTERNS.get(region) ?? randomDigits,
    (PATTERNS.get(region) ?? randomDigits).map((digits) => digits.slice(0, -1)),
    (PATTERNS.get(region) ?? randomDigits).map((digits) => `${digits}7`),
    randomDigits,
  );

/** What people put before a number: the way to dial abroad or within the country, the calling code, both, or another region's. */
const prefixes = (region: Region) => {
  const code = callingCodeOf(region);
  const national = typeof planOf(region)[5] === 'string' ? String(planOf(region)[5]) : '0';
  return fc.constantFrom(
    '',
    national,
    code,
    `${code}${national}`,
    `00${code}`,
    `011${code}`,
    `00${code}${national}`,
    '0',
    '1',
    '15',
    '810',
    '00',
  );
};

const numbers = regions.chain((region) =>
  fc
    .tuple(fc.constant(region), prefixes(region), nationalDigits(region))
    .map(([of, prefix, digits]) => ({ region: of, digits: prefix + digits })),
);

const separators = fc.array(fc.constantFrom('', '', '', ' ', '-', '.', '/', '(', ')', ') ', ' (', '[', ']', ' - '), {
  minLength: 24,
  maxLength: 24,
});
const punctuate = (text: string, marks: readonly string[]) =>
  [...text].map((digit, index) => (marks[index] ?? '') + digit).join('');

describe('phone numbers of digits alone', () => {
  it('are read as the library reads them, in all regions', () => {
    const quick = new PhoneDigits();
    let asked = 0;
    fc.assert(
      fc.property(numbers, fc.option(regions, { nil: undefined }), ({ region, digits }, other) => {
        const found = quick.readNational(digits, other ?? region);
        if (found === undefined) asked += 1;
        else expect([other ?? region, digits, found]).toEqual([other ?? region, digits, askLibrary(digits, other ?? region)]);
      }),
      { numRuns: 15_000 },
    );
    // It is of use only where the library is rarely asked.
    expect(asked).toBeLessThan(15_000 * 0.1);
  });

  it('are read as the library reads them, with a calling code', () => {
    const quick = new PhoneDigits();
    let asked = 0;
    const national = numbers.map(({ region, digits }) => callingCodeOf(region) + digits);
    const nonGeographic = fc
      .tuple(fc.constantFrom(...Object.keys(metadata.nonGeographic)), randomDigits)
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof({ weight: 6, arbitrary: national }, nonGeographic, randomDigits), (digits) => {
        const found = quick.readInternational(digits);
        if (found === undefined) asked += 1;
        else expect([digits, found]).toEqual([digits, askLibrary(`+${digits}`)]);
      }),
      { numRuns: 15_000 },
    );
    expect(asked).toBeLessThan(15_000 * 0.1);
  });

  it('have a plan for every region and calling code', () => {
    const plans = new PhonePlans();
    expect(metadata.version).toBe(METADATA_VERSION);
    for (const region of REGIONS) {
      expect(plans.ofRegion(region)).toBeDefined();
      expect(plans.ofCallingCode(callingCodeOf(region))).toBeDefined();
    }
    for (const code of Object.keys(metadata.nonGeographic)) expect(plans.ofCallingCode(code)).toBeDefined();
  });
});

describe('phone numbers with punctuation', () => {
  it('are read as the library reads them', () => {
    const normalisers = new Map(REGIONS.map((region) => [region, new PhoneNormaliser({ defaultRegion: region })]));
    fc.assert(
      fc.property(numbers, separators, fc.constantFrom('', '+', '(+', ' + '), ({ region, digits }, marks, plus) => {
        const text = plus === '' ? punctuate(digits, marks) : plus + callingCodeOf(region) + punctuate(digits, marks);
        const found = normalisers.get(region)?.normalise(text, '');
        // Beside the library's ways, `00` before a calling code is understood in every region.
        const abroad = text.replace(/\D+/g, '').match(/^00(.*)/)?.[1];
        const expected = askLibrary(text, region) || (abroad !== undefined && plus === '' && askLibrary(`+${abroad}`)) || '';
        if (text.endsWith('.0') || (text.match(/\d/g) ?? []).length < 4) return;
        expect([region, text, typeof found === 'string' ? found : '']).toEqual([region, text, expected]);
      }),
      { numRuns: 10_000 },
    );
  });

  it('are found in the usual notations of every region', () => {
    const normaliser = new PhoneNormaliser({});
    for (const region of REGIONS) {
      const number = getExampleNumber(region, examples);
      const country = region.toLowerCase();
      if (number === undefined) continue;
      const digits = number.number.slice(1);
      expect(normaliser.normalise(number.number, '')).toBe(digits);
      expect(normaliser.normalise(number.formatInternational(), '')).toBe(digits);
      expect([region, normaliser.normalise(number.formatNational(), country)]).toEqual([region, digits]);
      expect(normaliser.normalise(number.getURI(), '')).toBe(digits);
    }
  });
});
