import type { EmulatorResponse } from '../emulator-request.ts';
import type { TransportFaultKind } from './fault-catalog.ts';

const html = (title: string) =>
  `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;
const asHtml = (status: number, title: string): EmulatorResponse => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: html(title),
  delivery: 'whole',
});

type Spoil = (answer: EmulatorResponse) => EmulatorResponse;

const spoilers: Readonly<Record<TransportFaultKind, Spoil>> = {
  reset: (answer) => ({ ...answer, delivery: 'reset' }),
  black_hole: (answer) => ({ ...answer, delivery: 'never' }),
  slow_body: (answer) => ({ ...answer, delivery: 'slow' }),
  truncated: (answer) => ({ ...answer, delivery: 'truncated' }),
  html: () => asHtml(500, 'Facebook | Error'),
  empty_body: (answer) => ({ ...answer, status: 200, body: '' }),
  empty_object: (answer) => ({ ...answer, status: 200, body: '{}' }),
  bad_json: (answer) => ({ ...answer, body: answer.body.slice(0, Math.floor(answer.body.length * 0.7)) }),
  wrong_content_type: (answer) => ({ ...answer, headers: { ...answer.headers, 'content-type': 'text/html; charset=utf-8' } }),
  http_429: () => ({ ...asHtml(429, 'Too Many Requests'), headers: { 'content-type': 'text/html', 'retry-after': '5' } }),
  http_502: () => asHtml(502, '502 Bad Gateway'),
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

/** What becomes of a good answer that meets the fault. */
export function spoilAnswer(kind: TransportFaultKind, answer: EmulatorResponse): EmulatorResponse {
  return spoilers[kind](answer);
}
