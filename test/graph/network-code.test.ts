import { describe, expect, it } from 'vitest';
import { findNetworkCode, isUnsent } from '../../src/graph/network-code.ts';

describe('findNetworkCode', () => {
  it('finds the code in the cause of what fetch throws', () => {
    expect(findNetworkCode(new TypeError('fetch failed', { cause: { code: 'UND_ERR_SOCKET' } }))).toBe('UND_ERR_SOCKET');
  });

  it('finds the first address’s code where several were tried', () => {
    const cause = new AggregateError([Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), new Error('y')]);

    expect(findNetworkCode(new TypeError('fetch failed', { cause }))).toBe('ECONNREFUSED');
  });

  it.each([[new Error('x')], [undefined], ['ECONNRESET'], [{ code: 7 }], [{ code: 'https://x/?access_token=1' }]])(
    'finds none in %j',
    (error) => {
      expect(findNetworkCode(error)).toBeUndefined();
    },
  );

  it('is not caught in a circle of causes', () => {
    const error = new Error('x');
    error.cause = error;

    expect(findNetworkCode(error)).toBeUndefined();
  });
});

describe('isUnsent', () => {
  it('is sure of a refused connection, not of one that was lost', () => {
    expect([isUnsent('ECONNREFUSED'), isUnsent('ECONNRESET'), isUnsent(undefined)]).toEqual([true, false, false]);
  });
});
