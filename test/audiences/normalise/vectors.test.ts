import { describe, expect, it } from 'vitest';
import type { MatchKey } from '../../../src/audiences/keys/match-key.ts';
import { cellOf, sha256 } from './cells.ts';

/** The first ones are published by Meta; the others were made with another program. */
const VECTORS: readonly (readonly [MatchKey, string, string])[] = [
  ['EMAIL', 'mary@example.com', 'f1904cf1a9d73a55fa5de0ac823c4403ded71afd4c3248d00bdcd0866552bb79'],
  ['PHONE', '+1 (555) 987-6543', '1ef970831d7963307784fa8688e8fce101a15685d62aa765fed23f3a2c576a4e'],
  ['EMAIL', '    John_Smith@gmail.com    ', '62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f'],
  ['PHONE', '+1 (650)-555-1212', 'e323ec626319ca94ee8bff2e4c87cf613be6ea19919ed1364124e16807ab3176'],
  ['FN', 'Mary', '6915771be1c5aa0c886870b6951b03d7eafc121fea0e80a5ea83beb7c449f4ec'],
  ['FN', '정', '8fa8cd9c440be61d0151429310034083132b35975c4bea67fdd74158eb51db14'],
  ['FN', 'Val\u00e9ry', '08e1996b5dd49e62a4b4c010d44e4345592a863bb9f8e3976219bac29417149c'],
  ['FN', 'Vale\u0301ry', '08e1996b5dd49e62a4b4c010d44e4345592a863bb9f8e3976219bac29417149c'],
  ['COUNTRY', 'US', '79adb2a2fce5c6ba215fe5f27f532d4e7edbac4b6a5e09e1ef3a08084a904621'],
  ['GEN', 'male', '62c66a7a5dd70c3146618063c344e531e6d4b59e379808443ce962b3abd63c5a'],
  ['GEN', 'F', '252f10c83610ebca1a059c0bae8255eba2f95be4d1d7bcfa89d7248a82d9f111'],
  ['ST', 'New York', '1b06e2003f8420d6fa42badd8f77ec0f706b976b7a48b13c567dc5a559681683'],
  ['ZIP', '94035-1234', '1794327a4d443904421f5ca1f3d72d0a62ba2f0770d80755ec2220fc0efb052e'],
  ['ZIP', 'M1 1AE', '1dc694c2070e697769fb959b50671d76cafd430d8ca191fbdd0affcaea344ac5'],
];

describe('published vectors', () => {
  it.each(VECTORS)('%s %j has its known hash', (key, value, digits) => {
    expect(cellOf(key, value)).toBe(digits);
  });

  it('hashes the birth date in three parts, where the Conversions API has one', () => {
    expect(sha256('19970216')).toBe('01acdbf6ec7b4f478a225f1a246e5d6767eeab1a7ffa17f025265b5b94f40f0c');
    expect(cellOf('DOBY', '1997')).toBe(sha256('1997'));
    expect(cellOf('DOBM', '2')).toBe(sha256('02'));
    expect(cellOf('DOBD', '16')).toBe(sha256('16'));
  });

  it('never makes the hash of the decomposed name', () => {
    expect(cellOf('FN', 'vale\u0301ry')).not.toMatch(/^0aac459e/);
  });
});
