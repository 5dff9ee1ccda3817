import type { EmulatorResponse } from '../emulator-request.ts';
import { createHtmlResponse as asHtml, HTML_TYPE } from '../html-page.ts';
import { type TransportFaultKind, unreachableFaults } from './transport-kinds.ts';

type Spoil = (answer: EmulatorResponse) => EmulatorResponse;

const lost = {
  reset: (answer) => ({ ...answer, delivery: 'reset' }),
  black_hole: (answer) => ({ ...answer, delivery: 'never' }),
  html: () => asHtml(500, 'Facebook | Error'),
  empty_body: (answer) => ({ ...answer, status: 200, body: '' }),
  http_502: () => asHtml(502, '502 Bad Gateway'),
} satisfies Readonly<Partial<Record<TransportFaultKind, Spoil>>>;

const unreachable = Object.fromEntries(
  Object.entries(unreachableFaults).map(([kind, networkCode]): [string, Spoil] => [
    kind,
    (answer) => ({ ...answer, delivery: 'unreachable', networkCode }),
  ]),
) as Record<keyof typeof unreachableFaults, Spoil>;

const spoilers: Readonly<Record<TransportFaultKind, Spoil>> = {
  ...lost,
  ...unreachable,
  applied_then_500: lost.html,
  applied_then_502: lost.http_502,
  applied_then_reset: lost.reset,
  applied_then_black_hole: lost.black_hole,
  applied_then_empty_body: lost.empty_body,
  slow_body: (answer) => ({ ...answer, delivery: 'slow' }),
  truncated: (answer) => ({ ...answer, delivery: 'truncated' }),
  empty_object: (answer) => ({ ...answer, status: 200, body: '{}' }),
  bad_json: (answer) => ({ ...answer, body: answer.body.slice(0, Math.floor(answer.body.length * 0.7)) }),
  wrong_content_type: (answer) => ({ ...answer, headers: { ...answer.headers, 'content-type': HTML_TYPE } }),
  http_408: () => asHtml(408, '408 Request Time-out'),
  http_413: () => asHtml(413, '413 Request Entity Too Large'),
  http_414: () => asHtml(414, '414 Request-URI Too Large'),
  http_429: () => ({ ...asHtml(429, 'Too Many Requests'), headers: { 'content-type': 'text/html', 'retry-after': '5' } }),
  http_503: () => asHtml(503, '503 Service Unavailable'),
  http_504: () => asHtml(504, '504 Gateway Time-out'),
  redirect: () => ({ ...asHtml(302, 'Found'), headers: { 'content-type': 'text/html', location: '/__emulator/login' } }),
  gateway_html_200: () => asHtml(200, 'Service Unavailable'),
  error_without_wrapper: (answer) => ({
    ...answer,
    status: 400,
    body: '{"message":"(#2) Service temporarily unavailable","type":"OAuthException","code":2,"is_transient":true}',
  }),
};

/** What becomes of an answer that meets the fault. */
export function spoilAnswer(kind: TransportFaultKind, answer: EmulatorResponse): EmulatorResponse {
  return spoilers[kind](answer);
}
