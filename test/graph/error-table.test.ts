import { describe, expect, it } from 'vitest';
import { classifyError } from '../../src/graph/classify.ts';
import { CODE_ERRORS } from '../../src/graph/error-table.ts';
import { STATUS_ERRORS } from '../../src/graph/error-table-statuses.ts';
import { TEXT_ERRORS } from '../../src/graph/error-table-texts.ts';
import type { GraphError, GraphFailure, Remedy } from '../../src/graph/graph-error.ts';

interface Expectation {
  readonly status?: number;
  readonly code?: number;
  readonly subcode?: number;
  readonly message?: string;
  readonly isTransient?: boolean;
  readonly failure: GraphFailure;
  readonly remedy?: Remedy;
  readonly appWide?: boolean;
}

const REDUCE = "Please reduce the amount of data you're asking for, then retry your request";
const SUMMARY =
  "(#100) Cannot include actions in summary param because they weren't there while creating the report run. All available values are: ";

/** Written from Meta's documentation and from observed answers, row by row, and not from the table it tests. */
const EXPECTED: readonly Expectation[] = [
  { status: 500, code: 1, message: REDUCE, failure: 'too_much_data' },
  { status: 500, code: 1, subcode: 99, message: 'An unknown error occurred', failure: 'too_much_data' },
  { status: 500, code: 1, message: 'An unknown error occurred', failure: 'too_much_data' },
  { status: 400, code: 1, message: 'An unknown error occurred', failure: 'too_much_data' },
  { status: 400, code: 1, subcode: 2853001, failure: 'forbidden' },
  { status: 400, code: 2, isTransient: true, failure: 'transient' },
  { status: 503, code: 2, failure: 'transient' },
  { status: 400, code: 3, failure: 'forbidden' },
  { status: 400, code: 4, failure: 'throttled', appWide: true },
  { status: 400, code: 4, subcode: 1504022, failure: 'throttled', appWide: true },
  { status: 400, code: 4, subcode: 1504039, failure: 'throttled', appWide: true },
  { status: 400, code: 10, failure: 'forbidden' },
  { status: 403, code: 200, failure: 'forbidden' },
  { status: 403, code: 200, message: '(#200) Provide valid app ID', failure: 'forbidden' },
  { status: 403, code: 273, failure: 'forbidden' },
  { status: 403, code: 294, failure: 'forbidden' },
  { status: 403, code: 299, failure: 'forbidden' },
  { status: 400, code: 17, failure: 'throttled' },
  { status: 400, code: 17, subcode: 2446079, failure: 'throttled' },
  { status: 400, code: 17, subcode: 1885172, failure: 'invalid' },
  { status: 400, code: 32, failure: 'throttled' },
  { status: 400, code: 99, failure: 'transient' },
  { status: 400, code: 12345, subcode: 99, failure: 'transient' },
  {
    status: 400,
    code: 100,
    message: '(#100) Tried accessing nonexisting field (x) on node type (AdsInsights)',
    failure: 'invalid',
  },
  { status: 400, code: 100, message: 'Unsupported request - method type: get', failure: 'invalid' },
  { status: 400, code: 100, message: '(#100) Missing permissions', failure: 'forbidden' },
  { status: 400, code: 100, isTransient: true, failure: 'transient' },
  { status: 400, code: 100, subcode: 33, failure: 'missing' },
  { status: 400, code: 100, subcode: 1487534, failure: 'too_much_data' },
  { status: 400, code: 2, subcode: 1487534, failure: 'transient' },
  { status: 400, code: 12345, subcode: 1487534, failure: 'too_much_data' },
  { status: 400, code: 100, subcode: 1504018, failure: 'too_much_data' },
  { status: 400, code: 2, subcode: 1504038, failure: 'too_much_data' },
  { status: 400, code: 100, subcode: 3191001, failure: 'forbidden' },
  { status: 400, code: 100, subcode: 2446289, failure: 'invalid', remedy: 'isolate' },
  { status: 400, code: 100, subcode: 2446211, failure: 'invalid', remedy: 'isolate' },
  { status: 400, code: 100, subcode: 1443048, failure: 'invalid', remedy: 'isolate' },
  { status: 400, code: 100, message: SUMMARY, failure: 'transient', remedy: 'reread_report' },
  { status: 400, code: 100, message: 'Invalid appsecret_proof provided in the API argument', failure: 'expired_token' },
  { status: 400, code: 100, message: 'API calls from the server require an appsecret_proof argument', failure: 'expired_token' },
  { status: 400, code: 100, subcode: 36009, failure: 'invalid' },
  { status: 400, code: 101, failure: 'invalid' },
  { status: 400, code: 102, failure: 'expired_token' },
  { status: 400, code: 104, failure: 'expired_token' },
  { status: 400, code: 105, failure: 'too_much_data' },
  { status: 400, code: 190, failure: 'expired_token' },
  { status: 401, code: 190, subcode: 463, failure: 'expired_token' },
  ...[458, 459, 460, 463, 464, 467, 492, 493].map((subcode) => ({
    status: 400,
    code: 190,
    subcode,
    failure: 'expired_token' as const,
  })),
  { status: 400, code: 190, subcode: 12345, failure: 'expired_token' },
  { status: 400, code: 270, failure: 'forbidden' },
  { status: 400, code: 341, failure: 'throttled', appWide: true },
  { status: 400, code: 368, failure: 'forbidden', remedy: 'stop' },
  { status: 400, code: 613, failure: 'throttled' },
  ...[1487742, 5044001, 1487632, 1487225].map((subcode) => ({ status: 400, code: 613, subcode, failure: 'throttled' as const })),
  { status: 400, code: 960, failure: 'transient' },
  { status: 400, code: 2500, failure: 'invalid' },
  { status: 400, code: 2601, subcode: 1815107, isTransient: true, failure: 'transient', remedy: 'reread_report' },
  { status: 400, code: 2635, failure: 'invalid' },
  { status: 400, code: 2642, failure: 'invalid', remedy: 'restart_walk' },
  { status: 400, code: 3018, failure: 'invalid' },
  { status: 400, code: 100, subcode: 1815001, failure: 'invalid' },
  ...[80000, 80001, 80002, 80003, 80004, 80005, 80006, 80008, 80009, 80014].flatMap((code) => [
    { status: 400, code, failure: 'throttled' as const },
    { status: 400, code, subcode: 2446079, failure: 'throttled' as const },
  ]),
  { status: 400, code: -2, subcode: 2490547, failure: 'transient' },
  { status: 400, code: -3, subcode: 1504045, failure: 'too_much_data' },
  { status: 400, code: 2, subcode: 1504041, failure: 'invalid' },
  { status: 400, code: 2, subcode: 1504042, failure: 'invalid' },
  { status: 400, code: 2, subcode: 1504043, failure: 'transient' },
  { status: 400, code: 2, subcode: 1504044, failure: 'transient' },
  { status: 400, code: 200, subcode: 1870034, failure: 'forbidden', remedy: 'accept_terms' },
  { status: 400, code: 1870034, failure: 'forbidden', remedy: 'accept_terms' },
  { status: 400, code: 2655, failure: 'forbidden', remedy: 'accept_terms' },
  { status: 400, code: 2663, failure: 'forbidden', remedy: 'accept_terms' },
  { status: 400, code: 2650, failure: 'invalid' },
  { status: 400, code: 2650, subcode: 1870145, failure: 'transient', remedy: 'await_audience' },
  { status: 400, code: 2650, subcode: 1870158, failure: 'invalid', remedy: 'restart_replace' },
  { status: 403, code: 200, subcode: 1870047, failure: 'invalid', remedy: 'reject_rows' },
  { status: 400, code: 803, failure: 'missing', remedy: 'await_creation' },
  { status: 200, message: 'Too many requests in batch message. Maximum batch size is 50', failure: 'too_much_data' },
  { status: 400, message: 'Reach-related metric breakdowns are unavailable due to rate limit threshold.', failure: 'invalid' },
  { status: 500, failure: 'transient' },
  { status: 502, failure: 'transient' },
  { status: 503, failure: 'transient' },
  { status: 504, failure: 'transient' },
  { status: 408, failure: 'transient' },
  { status: 429, failure: 'throttled' },
  { status: 401, failure: 'expired_token' },
  { status: 403, failure: 'forbidden' },
  { status: 404, failure: 'missing' },
  { status: 413, failure: 'too_much_data' },
  { status: 400, failure: 'invalid' },
  { status: 400, isTransient: true, failure: 'transient' },
  { status: 200, failure: 'transient' },
  { status: 400, code: 99999, failure: 'invalid' },
  { status: 500, code: 99999, failure: 'transient' },
];

function classify(expected: Expectation, text?: string): GraphError | undefined {
  const { code, subcode, isTransient } = expected;
  return classifyError({
    status: expected.status ?? 400,
    body: {
      error: {
        message: text ?? expected.message ?? `(#${code}) Something went wrong`,
        ...(code === undefined ? {} : { code }),
        ...(subcode === undefined ? {} : { error_subcode: subcode }),
        ...(isTransient === undefined ? {} : { is_transient: isTransient }),
      },
    },
  });
}

function nameOf({ status, code, subcode, message }: Expectation): string {
  return `HTTP ${status} ${code ?? '-'}/${subcode ?? '-'} ${message ?? ''}`.trim();
}

describe('the error table', () => {
  it.each(EXPECTED.map((expected) => [nameOf(expected), expected.failure, expected] as const))(
    'takes %s for %s',
    (_name, failure, expected) => {
      const error = classify(expected);

      expect(error?.failure).toBe(failure);
      expect(error?.details.remedy).toBe(expected.remedy);
      expect(error?.details.appWide ?? false).toBe(expected.appWide ?? false);
      expect(error?.details.advice).toMatch(/^[A-Z].{20,}\.$/);
    },
  );

  it('knows an error by its codes in any language', () => {
    for (const expected of EXPECTED.filter(({ message, code }) => message === undefined && code !== undefined)) {
      expect(classify(expected, 'Ocurrió un error desconocido. Vuelve a intentarlo.')?.failure, nameOf(expected)).toBe(
        expected.failure,
      );
    }
  });

  it('has each subcode of a dead token told in its own words', () => {
    const advice = [458, 459, 460, 463, 464, 467, 492, 493].map(
      (subcode) => classify({ code: 190, subcode, failure: 'expired_token' })?.details.advice,
    );

    expect(new Set(advice).size).toBe(8);
  });

  it('names no pair of codes twice', () => {
    const keys = CODE_ERRORS.map(({ code, subcode }) => `${code}/${subcode}`);

    expect(keys).toEqual([...new Set(keys)]);
  });

  it('has advice on every row', () => {
    for (const row of [...CODE_ERRORS, ...TEXT_ERRORS, ...STATUS_ERRORS]) expect(row.advice).toMatch(/^[A-Z].{20,}[.]$/);
  });

  it('lets English text decide only where no subcode does', () => {
    const error = classify({ status: 400, code: 1, subcode: 2853001, message: REDUCE, failure: 'forbidden' });

    expect(error?.failure).toBe('forbidden');
  });
});
