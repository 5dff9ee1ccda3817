import { describe, expect, it } from 'vitest';
import { escapeAsMeta } from '../../src/text/meta-escape.ts';

describe('escapeAsMeta', () => {
  it('escapes slashes and what is not ASCII, and nothing else', () => {
    expect(escapeAsMeta('a/b|"é 🎈')).toBe('a\\/b|"\\u00e9 \\ud83c\\udf88');
  });
});
