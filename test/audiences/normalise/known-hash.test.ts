import { describe, expect, it } from 'vitest';
import { HASHED_KEYS } from './arbitraries.ts';
import { cellOf, reasonOf, sha256 } from './cells.ts';

const HASH = sha256('mary@example.com');
const BASE64 = Buffer.from(HASH, 'hex').toString('base64');
const WRONG: Readonly<Record<string, string>> = {
  '63 hex digits': HASH.slice(1),
  '65 hex digits': `${HASH}a`,
  MD5: '9e107d9d372bb6826bd81d3542a419d6',
  'SHA-1': '2fd4e1c67a2d28fced849ee1bb76e7391b93eb12',
  'SHA-512': HASH + HASH,
  'SHA-256 in base64': BASE64,
  'SHA-256 in the base64 of URLs': BASE64.replaceAll('+', '-').replaceAll('/', '_').replace('=', ''),
  'SHA-1 in base64': 'L9ThxnotKPzthJ7hu3bnORuT6xI=',
  'MD5 in base64': 'nhB9nTcrtoJr2B01QqQZ1g==',
};

describe('hashed values', () => {
  it.each(HASHED_KEYS)('#5 passes 64 hex digits as %s in lower case, and hashes them never again', (key) => {
    for (const hashing of ['auto', 'hashed'] as const) {
      expect(cellOf(key, HASH, {}, { hashing })).toBe(HASH);
      expect(cellOf(key, ` ${HASH.toUpperCase()} `, {}, { hashing })).toBe(HASH);
      expect(cellOf(key, HASH.slice(0, 32).toUpperCase() + HASH.slice(32), {}, { hashing })).toBe(HASH);
    }
  });

  it.each(Object.entries(WRONG))('#6 leaves the cell of a hash that Meta does not take blank: %s', (_name, text) => {
    for (const key of HASHED_KEYS) {
      for (const hashing of ['auto', 'hashed'] as const) {
        expect([key, cellOf(key, text, {}, { hashing })]).toEqual([key, undefined]);
        expect([key, reasonOf(key, text, {}, { hashing })]).toEqual([key, 'wrong_hash']);
      }
    }
  });

  it.each([
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b',
    'eb045d78d273107348b0300c01d29b7552d622abbc6faf81b3ec55359aa9950c',
    '9b2d5b4678781e53038e91ea5324530a03f27dc1d0e5f6c9bc9d493a23be9de0',
    sha256('NULL').toUpperCase(),
    sha256('None'),
  ])('#7 leaves the cell of a hashed nothing blank: %s', (digits) => {
    expect(cellOf('EMAIL', digits)).toBeUndefined();
    expect(reasonOf('EMAIL', digits, {}, { hashing: 'hashed' })).toBe('hash_of_nothing');
  });

  it('#8 hashes 64 hex digits like any text in mode raw, where the key allows them', () => {
    expect(cellOf('FN', HASH, {}, { hashing: 'raw' })).toBe(sha256(HASH));
    expect(reasonOf('EMAIL', HASH, {}, { hashing: 'raw' })).toBe('malformed');
  });

  it('#8 takes no plain text in mode hashed', () => {
    for (const key of HASHED_KEYS) {
      expect([key, cellOf(key, 'mary@example.com', {}, { hashing: 'hashed' })]).toEqual([key, undefined]);
      expect([key, reasonOf(key, 'mary@example.com', {}, { hashing: 'hashed' })]).toEqual([key, 'not_a_hash']);
    }
  });

  it('takes a long word for no hash', () => {
    expect(cellOf('FN', 'Wolfeschlegelsteinhausenbergerdorffwelchevo')).toBe(
      sha256('wolfeschlegelsteinhausenbergerdorffwelchevo'),
    );
    expect(cellOf('EMAIL', 'a1B2c3D4e5F6g7H8i9J0k1L2m3@example.com')).toBe(sha256('a1b2c3d4e5f6g7h8i9j0k1l2m3@example.com'));
  });
});
