import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSecretScrubber } from '../../src/protocol/secret-scrubber.ts';

const AWKWARD = 'p"w\\d/+ *~é&=100%';

describe('createSecretScrubber', () => {
  it.each([
    ['as it is', AWKWARD],
    ['URL-encoded', encodeURIComponent(AWKWARD)],
    ['URL-encoded with small hex digits', encodeURIComponent(AWKWARD).replace(/%../g, (code) => code.toLowerCase())],
    ['encoded as a whole URL', encodeURI(AWKWARD)],
    ['encoded as a form', new URLSearchParams({ a: AWKWARD }).toString().slice(2)],
    ['within quoted JSON', JSON.stringify({ token: AWKWARD })],
  ])('hides a secret %s', (_name, form) => {
    const { scrubText, scrubData } = createSecretScrubber([AWKWARD]);
    const line = JSON.stringify({ message: `before ${form} after` });
    for (const scrub of [scrubText, scrubData]) {
      const { message } = JSON.parse(scrub(line)) as { message: string };
      expect(message).toMatch(/^before .*\*\*\*\*.* after$/);
      expect(scrub(line)).not.toContain(JSON.stringify(form).slice(1, -1));
    }
  });

  it('hides a secret in lines that are UTF-8 already, and leaves the others as they are', () => {
    const { scrubBytes } = createSecretScrubber([AWKWARD, 'EAABtoken']);
    const line = Buffer.from(JSON.stringify({ message: `é EAABtoken ${AWKWARD} ü` }));
    expect(JSON.parse(Buffer.from(scrubBytes(line)).toString())).toEqual({ message: 'é **** **** ü' });
    const other = Buffer.from('{"message":"é"}');
    expect(scrubBytes(other)).toBe(other);
  });

  it('hides a secret with slashes where they are escaped, as Meta does', () => {
    const { scrubText, scrubBytes } = createSecretScrubber(['abc/def/012345']);
    expect(scrubText('{"a":"abc\\/def\\/012345"}')).toBe('{"a":"****"}');
    expect(Buffer.from(scrubBytes(Buffer.from('{"a":"abc\\/def\\/012345"}'))).toString()).toBe('{"a":"****"}');
  });

  it('hides the longer of two secrets that begin alike, and leaves nothing of it', () => {
    const { scrubText } = createSecretScrubber(['EAABtoken', 'EAABtoken-and-more']);
    expect(scrubText('x EAABtoken-and-more y EAABtoken z')).toBe('x **** y **** z');
  });

  it('takes the signs of patterns for what they are', () => {
    const { scrubText } = createSecretScrubber(['a.c*e+g?(i)[k]{m}|o^$']);
    expect(scrubText('aXc*e+g?(i)[k]{m}|o^$')).toBe('aXc*e+g?(i)[k]{m}|o^$');
    expect(scrubText('<a.c*e+g?(i)[k]{m}|o^$>')).toBe('<****>');
  });

  it('leaves the id of an app in the records, as text and as number, and hides it in what people read', () => {
    const { scrubText, scrubData } = createSecretScrubber(['1234567890123']);
    const line = '{"application_id":"1234567890123","app":1234567890123}';
    expect(scrubData(line)).toBe(line);
    expect(scrubText('app 1234567890123 failed')).toBe('app **** failed');
  });

  it('does not take short values for secrets, which would be found in the names of the protocol', () => {
    const line = '{"type":"RECORD"}';
    const { scrubText, scrubData } = createSecretScrubber(['type', 'RECORD', '']);
    expect([scrubText(line), scrubData(line)]).toEqual([line, line]);
  });

  it('keeps every line valid JSON and free of the secret, whatever stands around it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 8 }).filter((secret) => /[a-z]/i.test(secret) && !/^[\\nrtbfu"]/.test(secret)),
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme' }),
        (secret, before, after) => {
          const { scrubText } = createSecretScrubber([secret]);
          const clean = JSON.parse(scrubText(JSON.stringify({ text: before + secret + after }))) as { text: string };
          for (const piece of clean.text.split('****')) expect(piece).not.toContain(secret);
        },
      ),
    );
  });
});
