import { describe, expect, it } from 'vitest';
import { normaliseEmail } from '../../../src/audiences/normalise/email.ts';
import { cellOf, normalise, reasonOf, sha256 } from './cells.ts';

describe('EMAIL', () => {
  it('#3 is lower case, without what can not be seen around and in it', () => {
    const digits = 'f1904cf1a9d73a55fa5de0ac823c4403ded71afd4c3248d00bdcd0866552bb79';
    for (const text of [
      'MARY@Example.com',
      '\u00a0mary@example.com\u200b',
      '\ufeffMary@EXAMPLE.COM \t',
      'mary\u200b@exam\u00adple.com',
    ]) {
      expect(cellOf('EMAIL', text)).toBe(digits);
    }
  });

  it('keeps dots and tags', () => {
    expect(normaliseEmail('John.Smith+News@Gmail.com')).toBe('john.smith+news@gmail.com');
  });

  it('takes addresses of any script, composed', () => {
    expect(normaliseEmail('JOSE\u0301@CORREO.ES')).toBe('jos\u00e9@correo.es');
    expect(normaliseEmail('用户@例子.广告')).toBe('用户@例子.广告');
  });

  it.each([
    'mary',
    'mary.example.com',
    'mary@@example.com',
    'mary@home@example.com',
    'mary smith@example.com',
    'mary@example .com',
    '@example.com',
    'mary@',
    'mary@localhost',
    'mary@example.',
    'mary@.com',
    'mary@example..com',
    'Mary <mary@example.com>',
    'mailto:mary@example.com',
    'mary@example.com;john@example.com',
    'mary@example.com,',
    '"mary"@example.com',
    'mary\ud800@example.com',
  ])('#4 can not be %j', (text) => {
    expect(cellOf('EMAIL', text)).toBeUndefined();
    expect(reasonOf('EMAIL', text)).toBe('malformed');
  });

  it('#4 that is malformed leaves the row its other keys', () => {
    const { cells, reject } = normalise({ EMAIL: 'nobody', FN: 'Mary' });
    expect(cells).toEqual(['', sha256('mary')]);
    expect(reject).toBeUndefined();
  });
});
