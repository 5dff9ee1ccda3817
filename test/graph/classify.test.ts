import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyError } from '../../src/graph/classify.ts';

describe('classifyError', () => {
  it('finds no error in a success', () => {
    for (const body of [{ data: [] }, { id: '1' }, { success: true }, [null, { code: 200, body: '{}' }], true]) {
      expect(classifyError({ status: 200, body })).toBeUndefined();
    }
  });

  it('finds no error in an object that has a message of its own', () => {
    expect(classifyError({ status: 200, body: { id: '1', message: 'Buy now', code: 190 } })).toBeUndefined();
  });

  it('finds an error that comes with HTTP 200', () => {
    const error = classifyError({ status: 200, body: { error: { message: '(#190) expired', code: 190, error_subcode: 463 } } });

    expect(error).toMatchObject({ failure: 'expired_token', label: '190/463', message: '(#190) expired' });
  });

  it('finds an error that lacks the wrapper', () => {
    const body = { message: '(#80004) There have been too many calls', type: 'OAuthException', code: 80004, fbtrace_id: 'A1' };

    expect(classifyError({ status: 400, body })).toMatchObject({
      failure: 'throttled',
      details: { code: 80004, fbtraceId: 'A1' },
    });
    expect(classifyError({ status: 200, body })?.failure).toBe('throttled');
  });

  it('reads codes given as strings', () => {
    const error = classifyError({ status: 400, body: { error: { code: '100', error_subcode: '1487534', message: 'x' } } });

    expect(error).toMatchObject({ failure: 'too_much_data', label: '100/1487534' });
  });

  it('keeps what Meta says to the user', () => {
    const error = classifyError({
      status: 400,
      body: {
        error: {
          message: 'm',
          code: 100,
          error_user_title: 'Anuncio incompleto',
          error_user_msg: 'La publicación se eliminó',
          fbtrace_id: 'F',
        },
      },
    });

    expect(error?.details).toMatchObject({
      userTitle: 'Anuncio incompleto',
      userMessage: 'La publicación se eliminó',
      fbtraceId: 'F',
      status: 400,
    });
  });

  it.each([
    ['an object', { blame_field_specs: [['filtering'], ['time_range', 'since']] }],
    ['the JSON of one', '{"blame_field_specs":[["filtering"],["time_range","since"]]}'],
  ])('names the parameters at fault where error_data is %s', (_name, errorData) => {
    const error = classifyError({
      status: 400,
      body: { error: { message: 'Invalid parameter', code: 100, error_data: errorData } },
    });

    expect(error?.message).toBe('Invalid parameter (blamed: filtering, time_range.since)');
  });

  it.each([['not JSON'], [''], ['[1]'], [7], [null], [{ blame_field_specs: 'x' }]])(
    'is not put off by the error_data %j',
    (errorData) => {
      expect(classifyError({ status: 400, body: { error: { message: 'm', code: 100, error_data: errorData } } })?.message).toBe(
        'm',
      );
    },
  );

  it.each([
    [200, undefined, 'an empty body'],
    [200, '<!DOCTYPE html><html>', 'an HTML page'],
    [502, '<html>Bad Gateway</html>', 'an HTML page'],
    [400, '<html>Sorry, something went wrong</html>', 'an HTML page'],
    [200, 'Service Unavailable', 'text'],
    [200, '{"data":[{"id":"1"', 'broken or cut off'],
    [200, null, 'an empty body'],
  ])('takes HTTP %i with the body %j for a passing fault', (status, body, words) => {
    const error = classifyError({ status, body });

    expect(error?.failure).toBe('transient');
    expect(error?.message).toContain(words);
  });

  it('goes by the status of an unreadable body where it tells', () => {
    expect(classifyError({ status: 413, body: '<html>' })?.failure).toBe('too_much_data');
    expect(classifyError({ status: 429, body: '' })?.failure).toBe('throttled');
  });

  it('takes an empty object for a passing fault where a GET is answered, and for an answer elsewhere', () => {
    expect(classifyError({ status: 200, body: {} })?.failure).toBe('transient');
    expect(classifyError({ status: 200, body: {}, method: 'POST' })).toBeUndefined();
  });

  it('refuses a redirect', () => {
    expect(classifyError({ status: 302, body: '' })?.failure).toBe('invalid');
  });

  it('serves the parts of a batch', () => {
    const part = { code: 400, body: '{"error":{"code":100,"error_subcode":33,"message":"m"}}' };

    expect(classifyError({ status: part.code, body: JSON.parse(part.body) })?.failure).toBe('missing');
  });

  describe('the waiting hint', () => {
    const throttle = (headers: Record<string, string>, code = 80004) =>
      classifyError({ status: 400, headers: new Headers(headers), body: { error: { message: 'm', code } } })?.details
        .retryAfterMs;
    const useCases = (minutes: number) =>
      JSON.stringify({
        '1': [
          { type: 'ads_insights', call_count: 1 },
          { type: 'ads_management', call_count: 100, estimated_time_to_regain_access: minutes },
        ],
      });

    it('takes the time to regain access for minutes, from any entry', () => {
      expect(throttle({ 'x-business-use-case-usage': useCases(19) })).toBe(19 * 60_000);
    });

    it('takes the time to the reset for seconds', () => {
      expect(throttle({ 'x-ad-account-usage': '{"acc_id_util_pct":100,"reset_time_duration":100}' }, 17)).toBe(100_000);
    });

    it('prefers Retry-After, in seconds', () => {
      expect(throttle({ 'retry-after': '7', 'x-business-use-case-usage': useCases(19) })).toBe(7_000);
    });

    it('measures a date in Retry-After against the answer’s own date', () => {
      const headers = { date: 'Sat, 21 Nov 2026 12:00:00 GMT', 'retry-after': 'Sat, 21 Nov 2026 12:01:30 GMT' };

      expect(throttle(headers)).toBe(90_000);
    });

    it.each([[{}], [{ 'retry-after': 'soon' }], [{ 'retry-after': '-3' }], [{ 'x-business-use-case-usage': '{' }]])(
      'is absent for %j',
      (headers) => {
        expect(throttle(headers)).toBeUndefined();
      },
    );

    it('does not apply an account’s hint to the app', () => {
      expect(throttle({ 'x-business-use-case-usage': useCases(19) }, 4)).toBeUndefined();
    });

    it('is absent from failures that are no limit', () => {
      expect(throttle({ 'x-business-use-case-usage': useCases(19) }, 100)).toBeUndefined();
    });
  });

  it('never repeats what looks like a token or a proof', () => {
    const text = fc.stringMatching(/^[A-Za-z0-9 ]{0,20}$/);
    const secret = fc.oneof(fc.stringMatching(/^EAA[A-Za-z0-9]{20,60}$/), fc.stringMatching(/^[0-9a-f]{64}$/));
    fc.assert(
      fc.property(text, secret, text, (before, token, after) => {
        const message = `${before} ${token} ${after}?access_token=${token}&x=1`;
        const error = classifyError({
          status: 400,
          body: {
            error: {
              message,
              code: 190,
              error_user_title: message,
              error_user_msg: message,
              error_data: { blame_field_specs: [[token]] },
            },
          },
        });
        expect(`${error?.message} ${JSON.stringify(error?.details)}`).not.toContain(token);
      }),
    );
  });

  it('answers any JSON without throwing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), fc.jsonValue(), (status, body) => {
        const error = classifyError({ status, body });
        if (status >= 300) expect(error).toBeDefined();
      }),
    );
  });

  it.each([
    { code: 190, subcode: undefined, account: '1', isTokenCertain: false },
    { code: 190, subcode: undefined, account: undefined, isTokenCertain: true },
    { code: 190, subcode: 99_999, account: '1', isTokenCertain: false },
    { code: 102, subcode: undefined, account: '1', isTokenCertain: true },
    ...[458, 459, 460, 461, 463, 464, 465, 467, 492, 493].map((subcode) => {
      return { code: 190, subcode, account: '1', isTokenCertain: true };
    }),
  ])('tells of $code/$subcode for account $account whether the token is at fault: $isTokenCertain', (row) => {
    const body = { error: { message: 'm', code: row.code, error_subcode: row.subcode } };
    const error = classifyError({ status: 400, body, account: row.account });
    expect(error?.details).toMatchObject({ failure: 'expired_token', isTokenCertain: row.isTokenCertain });
  });

  it('says nothing of the token where the failure is another', () => {
    const error = classifyError({ status: 400, body: { error: { message: 'm', code: 17 } }, account: '1' });
    expect(error?.details).not.toHaveProperty('isTokenCertain');
  });
});
