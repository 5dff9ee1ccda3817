import { GraphApiError } from '../graph-api-error.ts';

/** `code/subcode` of a report that can not be computed. Meta's page calls 1504038 and 1504044 synchronous; asynchronous runs show them too. */
export type ReportFailure = '-2/2490547' | '-3/1504045' | '2/1504038' | '2/1504043' | '2/1504044' | '100/1487534';

export const reportFailures: readonly ReportFailure[] = [
  '-2/2490547',
  '-3/1504045',
  '2/1504038',
  '2/1504043',
  '2/1504044',
  '100/1487534',
];

interface FailureText {
  readonly message: string;
  readonly title: string;
  readonly isTransient: boolean;
}

const userMessage = 'Try again later, or ask for less: a shorter time range, fewer fields, breakdowns or objects.';

const texts: Readonly<Record<ReportFailure, FailureText>> = {
  '-2/2490547': { message: 'Report Failed', title: 'Report Failed', isTransient: true },
  '-3/1504045': { message: 'Report Too Large', title: 'Report Too Large', isTransient: false },
  '2/1504038': { message: 'Service temporarily unavailable', title: 'Request Timed Out', isTransient: true },
  '2/1504043': { message: 'Service temporarily unavailable', title: 'Intermittent Error', isTransient: true },
  '2/1504044': { message: 'Service temporarily unavailable', title: 'Unknown Error', isTransient: true },
  '100/1487534': { message: 'Invalid parameter', title: 'Too many rows', isTransient: false },
};

/** The members a failed run has since v25; the code is signed. */
export interface RunError {
  readonly error_code: number;
  readonly error_subcode: number;
  readonly error_message: string;
  readonly error_user_title: string;
  readonly error_user_msg: string;
}

export function describeFailure(failure: ReportFailure): RunError {
  const [code, subcode] = splitFailure(failure);
  const { message, title } = texts[failure];
  return {
    error_code: code,
    error_subcode: subcode,
    error_message: message,
    error_user_title: title,
    error_user_msg: userMessage,
  };
}

/** The same failure as the answer to a call. */
export function createFailureError(failure: ReportFailure): GraphApiError {
  const [code, subcode] = splitFailure(failure);
  const { message, title, isTransient } = texts[failure];
  return new GraphApiError(message, { code, subcode, isTransient, userTitle: title, userMessage });
}

function splitFailure(failure: ReportFailure): readonly [code: number, subcode: number] {
  const [code, subcode] = failure.split('/');
  return [Number(code), Number(subcode)];
}
