import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AsciiBuffer } from '../../src/text/ascii-buffer.ts';

describe('AsciiBuffer', () => {
  it('holds what was appended, however much was expected', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary-ascii' })), fc.nat(100), (texts, expectedBytes) => {
        const buffer = new AsciiBuffer(expectedBytes);
        for (const text of texts) buffer.append(text);
        expect(buffer.bytes.toString('latin1')).toBe(texts.join(''));
        expect(buffer.length).toBe(texts.join('').length);
        buffer.truncate(3);
        buffer.append('end');
        expect(buffer.bytes.toString('latin1')).toBe(`${texts.join('').slice(0, 3)}end`);
      }),
    );
  });
});
