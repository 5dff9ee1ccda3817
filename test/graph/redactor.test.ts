import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/graph/redactor.ts';

describe('createRedactor', () => {
  it('takes out secrets as they are, URL-encoded and as JSON writes them', () => {
    const secret = 'a/b "c" d+e';
    const redact = createRedactor([secret, undefined, 'short']);
    for (const form of [secret, encodeURIComponent(secret), JSON.stringify({ secret })]) {
      expect(redact(`before ${form} after short`)).toMatch(/^before .*\*\*\*.* after short$/);
      expect(redact(form)).not.toMatch(/a\/b|a%2Fb/);
    }
  });

  it('takes a secret with half a character in it, as a broken paste leaves it', () => {
    expect(createRedactor(['secret-\uD800-half'])('the secret-\uD800-half of it')).toBe('the *** of it');
  });
});
