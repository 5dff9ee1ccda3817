import { describe, expect, it } from 'vitest';
import { laterTime, parseMetaTime } from '../../src/streams/meta-time.ts';

describe('Meta time', () => {
  it('reads an offset without a colon', () => {
    expect(parseMetaTime('2025-03-21T22:33:56-0700')).toBe(Date.UTC(2025, 2, 22, 5, 33, 56));
    expect(parseMetaTime('2025-03-21T22:33:56+0000')).toBe(Date.UTC(2025, 2, 21, 22, 33, 56));
  });

  it('compares by instant, not by text', () => {
    expect(laterTime('2025-03-21T23:00:00-0700', '2025-03-22T05:00:00+0000')).toBe('2025-03-21T23:00:00-0700');
  });

  it('never lets what is no time win', () => {
    expect(laterTime('2025-03-21T23:00:00-0700', undefined)).toBe('2025-03-21T23:00:00-0700');
    expect(laterTime(undefined, 'soon')).toBeUndefined();
  });
});
