import { describe, expect, it } from 'vitest';
import { cellOf, reasonOf, sha256 } from './cells.ts';

describe('GEN', () => {
  it.each([
    ['m', 'm'],
    ['Male', 'm'],
    ['MAN', 'm'],
    ['f', 'f'],
    ['female', 'f'],
    ['Woman', 'f'],
  ])('#22 takes %j for %s', (text, gender) => {
    expect(cellOf('GEN', text)).toBe(sha256(gender));
  });

  it.each(['other', 'X', 'count', 'god', 'mw', 1])('#22 is blank for %j', (value) => {
    expect(cellOf('GEN', value)).toBeUndefined();
    expect(reasonOf('GEN', value)).toBe('unknown_word');
  });
});
