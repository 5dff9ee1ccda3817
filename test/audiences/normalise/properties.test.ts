import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MATCH_KEYS, PLAIN_KEYS } from '../../../src/audiences/keys/match-key.ts';
import { normaliseCity } from '../../../src/audiences/normalise/city.ts';
import { CountryNormaliser } from '../../../src/audiences/normalise/country.ts';
import { normaliseEmail } from '../../../src/audiences/normalise/email.ts';
import { normaliseGender } from '../../../src/audiences/normalise/gender.ts';
import { normaliseInitial, normaliseName } from '../../../src/audiences/normalise/name.ts';
import type { NormalForm } from '../../../src/audiences/normalise/normal-form.ts';
import { normaliseState } from '../../../src/audiences/normalise/state.ts';
import { normaliseZip } from '../../../src/audiences/normalise/zip.ts';
import { HASHED_KEYS, scalars, texts } from './arbitraries.ts';
import { cellsOf, createNormaliser } from './cells.ts';

const countries = new CountryNormaliser();
const RULES: Readonly<Record<string, (text: string) => NormalForm>> = {
  EMAIL: normaliseEmail,
  FN: normaliseName,
  FI: normaliseInitial,
  GEN: normaliseGender,
  CT: normaliseCity,
  COUNTRY: (text) => countries.normalise(text),
  'ST of an unknown country': (text) => normaliseState(text, ''),
  'ST of the US': (text) => normaliseState(text, 'us'),
  'ST of Canada': (text) => normaliseState(text, 'ca'),
  'ZIP of an unknown country': (text) => normaliseZip(text, { country: '', isNumber: false }),
  'ZIP of the US': (text) => normaliseZip(text, { country: 'us', isNumber: false }),
  'ZIP of the UK': (text) => normaliseZip(text, { country: 'gb', isNumber: false }),
};
const likelyTexts = fc.oneof(
  texts,
  fc.constantFrom(
    'New York',
    'on',
    'ON',
    'US-CA',
    '94035-1234',
    'SW1A 1AA',
    'Côte d’Ivoire',
    'Mary@Example.com',
    'JOSÉ@CORREO.ES',
    'Female',
  ),
  fc.emailAddress(),
);

describe('every normal form', () => {
  it.each(Object.entries(RULES))('is its own normal form: %s', (_name, rule) => {
    fc.assert(
      fc.property(likelyTexts, (text) => {
        const form = rule(text);
        if (typeof form === 'string' && form !== '') expect(rule(form)).toBe(form);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(Object.entries(RULES))('is the same for composed and decomposed text: %s', (_name, rule) => {
    fc.assert(
      fc.property(likelyTexts, (text) => {
        expect(rule(text.normalize('NFD'))).toEqual(rule(text.normalize('NFC')));
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(['FN', 'CT', 'EMAIL'])('does not depend on case: %s', (key) => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'abcxyzäöüñéçøłβγж .@-') }), (text) => {
        expect(RULES[key]?.(text.toUpperCase())).toEqual(RULES[key]?.(text));
      }),
    );
  });
});

describe('a name', () => {
  const latin = fc.string({
    unit: fc.integer({ min: 0x20, max: 0x24f }).map((code) => String.fromCodePoint(code)),
    minLength: 1,
  });

  it('is the same with a dash, which no shorter way is open to', () => {
    fc.assert(
      fc.property(
        fc.oneof(latin, fc.constantFrom('\u212aelvin', '\u212bngstr\u00f6m', '\u1e9e', '\u0178', '\u0130', 'e\u0301', '\ufb01')),
        (text) => {
          const name = normaliseName(text);
          expect(normaliseName(`${text}\u2013`)).toEqual(name);
          if (typeof name === 'string') expect(name).toBe(name.normalize('NFC'));
        },
      ),
      { numRuns: 5_000 },
    );
  });
});

describe('every row', () => {
  const rows = fc.dictionary(fc.constantFrom(...MATCH_KEYS, 'DOB'), scalars, { noNullPrototype: true });

  it.each(['auto', 'raw', 'hashed'] as const)(
    'is made without an error, and its cells are what Meta takes, in mode %s',
    (hashing) => {
      const normaliser = createNormaliser([...MATCH_KEYS, 'DOB'], { hashing, defaultRegion: 'US' });
      fc.assert(
        fc.property(rows, (data) => {
          const { cells } = normaliser.normalise(data);
          expect(cells).toHaveLength(MATCH_KEYS.length);
          normaliser.keys.forEach((key, slot) => {
            const cell = cells[slot];
            if (!PLAIN_KEYS.has(key)) expect(cell).toMatch(/^(?:[0-9a-f]{64})?$/);
            else if (key === 'LOOKALIKE_VALUE')
              expect(cell === '' || (typeof cell === 'number' && cell >= 0 && Number.isFinite(cell))).toBe(true);
            else expect(typeof cell === 'string' && cell.isWellFormed()).toBe(true);
          });
        }),
        { numRuns: 2_000 },
      );
    },
  );

  it('is the same when what is hashed already is given once more', () => {
    fc.assert(
      fc.property(fc.record(Object.fromEntries(HASHED_KEYS.map((key) => [key, likelyTexts]))), (data) => {
        const cells = cellsOf(data, { defaultRegion: 'US' });
        expect(cellsOf(cells, { hashing: 'hashed' })).toEqual(cells);
      }),
    );
  });
});
